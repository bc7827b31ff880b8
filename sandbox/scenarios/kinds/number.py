"""A number: a quantity, a percentage, days."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from sandbox.scenarios.kinds.base import Kind, NotAValue


class NumberKind(Kind):
    """Equal by value: 12, 12.0 and "12" are one number."""

    name: ClassVar[str] = "number"
    family: ClassVar[str] = "numbers"
    ordered: ClassVar[bool] = True
    expects: ClassVar[str] = "expected a number"

    def read(self, raw: object, choices: tuple[str, ...] | None) -> Decimal:
        number = None if isinstance(raw, bool) else as_decimal(raw)
        if number is None:
            raise NotAValue(self.expects)
        return number

    def same(self, value: object, expected: object, now: datetime) -> bool:
        left, right = as_decimal(value), as_decimal(expected)
        return left is not None and left == right

    def wrong(self, value: object, choices: Sequence[str], twins: Sequence[object]) -> list[object]:
        number = as_decimal(value) or Decimal(0)
        return [*twins, number + 1, number * 10 or Decimal(10), *([number - 1] if number > 1 else [])]


def as_decimal(value: object) -> Decimal | None:
    """A finite number, however it is held; None when it is none."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
