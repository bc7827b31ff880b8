"""Which of two times comes first."""

from datetime import date, datetime

from sandbox.scenarios.times import day_of


def precedes(left: object, right: object, now: datetime) -> bool:
    """Whether one time comes before another; by days as soon as one of them is a day; False for no time."""
    if not isinstance(left, date) or not isinstance(right, date):
        return False
    if isinstance(left, datetime) and isinstance(right, datetime):
        return left < right
    return day_of(left, now) < day_of(right, now)
