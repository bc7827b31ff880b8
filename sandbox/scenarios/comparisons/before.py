"""`due: {before: today}`."""

from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.comparisons.base import TIMES, Comparison
from sandbox.scenarios.comparisons.order import precedes
from sandbox.scenarios.kinds import Kind


class Before(Comparison):
    """Earlier than the day or the time, which itself does not count."""

    word: ClassVar[str] = "before"
    takes: ClassVar[str] = "value"
    suits: ClassVar[frozenset[str]] = TIMES

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        return precedes(value, args[0], now)
