"""`amount: {between: [1000, 2000]}`: both ends count."""

from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.comparisons.base import NUMBERS, TIMES, Comparison
from sandbox.scenarios.comparisons.order import precedes
from sandbox.scenarios.kinds import Kind
from sandbox.scenarios.kinds.number import as_decimal


class Between(Comparison):
    """Between two numbers, days or times, the ends included."""

    word: ClassVar[str] = "between"
    takes: ClassVar[str] = "pair"
    suits: ClassVar[frozenset[str]] = NUMBERS | TIMES

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        if kind.family == "times":
            return value is not None and not (precedes(value, args[0], now) or precedes(args[1], value, now))
        number, low, high = as_decimal(value), as_decimal(args[0]), as_decimal(args[1])
        return number is not None and low is not None and high is not None and low <= number <= high
