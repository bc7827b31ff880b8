"""A telephone number, kept as E.164."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import phonenumbers

from sandbox.scenarios.kinds.base import Kind, NotAValue


class PhoneKind(Kind):
    """Equal when they ring the same telephone: 8 (912)…, +7 912… and 7-912-… are one number."""

    name: ClassVar[str] = "phone"

    def read(self, raw: object, choices: tuple[str, ...] | None) -> str:
        if isinstance(raw, str | int) and not isinstance(raw, bool) and (number := e164(str(raw))):
            return number
        raise NotAValue("expected a telephone number such as +79123456789")

    def same(self, value: object, expected: object, now: datetime) -> bool:
        left, right = (e164(str(side or "")) or str(side or "") for side in (value, expected))
        return left == right

    def wrong(self, value: object, choices: Sequence[str], twins: Sequence[object]) -> list[object]:
        digits = str(value)
        swapped = digits[:-2] + digits[-1] + digits[-2] if digits[-2:] else digits
        other = digits[:-1] + str((int(digits[-1]) + 1) % 10) if digits[-1:].isdigit() else f"{digits}1"
        return [*twins, *([swapped] if swapped != digits else []), other]


def e164(written: str) -> str | None:
    """A number as E.164, Russian where it names no country; None when it is no number at all."""
    try:
        number = phonenumbers.parse(written, "RU")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
