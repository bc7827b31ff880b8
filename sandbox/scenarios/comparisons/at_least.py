"""`amount: {at_least: 1000}`."""

from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.comparisons.base import NUMBERS, Comparison
from sandbox.scenarios.kinds import Kind
from sandbox.scenarios.kinds.number import as_decimal


class AtLeast(Comparison):
    """This number or more."""

    word: ClassVar[str] = "at_least"
    takes: ClassVar[str] = "value"
    suits: ClassVar[frozenset[str]] = NUMBERS

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        number, least = as_decimal(value), as_decimal(args[0])
        return number is not None and least is not None and number >= least
