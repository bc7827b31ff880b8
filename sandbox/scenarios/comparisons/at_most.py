"""`percent: {at_most: 10}`."""

from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.comparisons.base import NUMBERS, Comparison
from sandbox.scenarios.kinds import Kind
from sandbox.scenarios.kinds.number import as_decimal


class AtMost(Comparison):
    """This number or less."""

    word: ClassVar[str] = "at_most"
    takes: ClassVar[str] = "value"
    suits: ClassVar[frozenset[str]] = NUMBERS

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        number, most = as_decimal(value), as_decimal(args[0])
        return number is not None and most is not None and number <= most
