"""A day of the calendar."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar

from sandbox.scenarios.kinds.base import Kind, NotAValue
from sandbox.scenarios.times import EXAMPLES, day_of, read_moment


class DateKind(Kind):
    """Equal when it is the same day in the company's zone."""

    name: ClassVar[str] = "date"
    family: ClassVar[str] = "times"
    ordered: ClassVar[bool] = True

    def read(self, raw: object, choices: tuple[str, ...] | None) -> object:
        if isinstance(raw, date):
            return raw
        if isinstance(raw, str):
            if moment := read_moment(raw):
                return moment
            try:
                return datetime.fromisoformat(raw) if "T" in raw else date.fromisoformat(raw)
            except ValueError:
                pass
        examples = ", ".join(f'"{words}"' for words in EXAMPLES)
        raise NotAValue(f"expected a day such as 2026-05-31, {examples}")

    def same(self, value: object, expected: object, now: datetime) -> bool:
        return (
            isinstance(value, date)
            and isinstance(expected, date)
            and day_of(value, now) == day_of(expected, now)
        )

    def wrong(self, value: object, choices: Sequence[str], twins: Sequence[object]) -> list[object]:
        day = timedelta(days=1)
        return [*twins, *([value + day, value + 30 * day, value - day] if isinstance(value, date) else [])]

    def shown(self, value: object) -> str | None:
        return value.isoformat() if isinstance(value, date) else None
