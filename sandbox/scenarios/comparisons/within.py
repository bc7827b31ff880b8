"""`due: {within: 7 days}`: from now on, no later than that."""

from datetime import date, datetime
from typing import ClassVar

from sandbox.scenarios.comparisons.base import TIMES, Comparison
from sandbox.scenarios.comparisons.order import precedes
from sandbox.scenarios.kinds import Kind
from sandbox.scenarios.times import shift
from sandbox.scenarios.values import Span


class Within(Comparison):
    """In the time from now to then; today counts, and so does the last day."""

    word: ClassVar[str] = "within"
    takes: ClassVar[str] = "span"
    suits: ClassVar[frozenset[str]] = TIMES

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        span = args[0]
        if not isinstance(span, Span) or not isinstance(value, date):
            return False
        end: date = shift(now, span)
        start: date = now
        if span.unit not in ("minute", "hour"):
            start, end = now.date(), shift(now, span).date()  # a check an hour later judges the same
        return not precedes(value, start, now) and not precedes(end, value, now)
