"""A point in time."""

from datetime import date, datetime
from typing import ClassVar

from sandbox.scenarios.kinds.date import DateKind
from sandbox.scenarios.times import day_of


class DateTimeKind(DateKind):
    """Equal to the minute; a day is met by any time of that day."""

    name: ClassVar[str] = "datetime"

    def same(self, value: object, expected: object, now: datetime) -> bool:
        if isinstance(value, datetime) and isinstance(expected, datetime):
            return value.replace(second=0, microsecond=0) == expected.replace(second=0, microsecond=0)
        return (
            isinstance(value, date)
            and isinstance(expected, date)
            and day_of(value, now) == day_of(expected, now)
        )
