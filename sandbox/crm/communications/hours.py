"""When the played company works: its next morning, whether a moment is at work, and time counted in work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sandbox.spaces import current_space

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FAR = 400


def is_working_day(day: date) -> bool:
    """Whether the firm works on a day of the week."""
    return _DAYS[day.weekday()] in current_space().company.working_hours.days


def working_days() -> list[date]:
    """A day of each weekday on which the firm works, for naming them."""
    monday = date(2024, 1, 1)
    week = [monday + timedelta(days=number) for number in range(7)]
    return [day for day in week if is_working_day(day)]


def at_work(starts: datetime, ends: datetime) -> bool:
    """Whether a span of time lies within one working day."""
    zone, hours = current_space().zone, current_space().company.working_hours
    begins, over = starts.astimezone(zone), ends.astimezone(zone)
    same_day = begins.date() == over.date()
    return (
        same_day
        and is_working_day(begins.date())
        and hours.begins <= begins.time()
        and over.time() <= hours.ends
    )


def next_morning(at: datetime) -> datetime:
    """When the firm begins to work on the next working day."""
    space = current_space()
    day = at.astimezone(space.zone).date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, space.company.working_hours.begins, space.zone).astimezone(UTC)


def after_work(at: datetime, span: timedelta) -> datetime:
    """The moment by which so much working time has passed since `at`."""
    left = span
    for begins, ends in _shifts(at):
        if ends - begins >= left:
            return (begins + left).astimezone(UTC)
        left -= ends - begins
    raise ValueError("the span is longer than a year of work")


def worked_between(start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments; below zero when the second is earlier."""
    if end < start:
        return -worked_between(end, start)
    spent = timedelta()
    for begins, ends in _shifts(start):
        if begins >= end:
            break
        spent += min(ends, end) - begins
    return spent


def before_work(at: datetime, span: timedelta) -> datetime:
    """The latest moment since which so much working time has passed at `at`."""
    left = span
    for begins, ends in _days(at, -1):
        over = min(ends, at)
        if over - begins >= left:
            return (over - left).astimezone(UTC)
        left -= max(over - begins, timedelta())
    raise ValueError("the span is longer than a year of work")


def _shifts(at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The spans of work from a moment on, day by day."""
    for begins, ends in _days(at, 1):
        if ends > at:
            yield max(begins, at.astimezone(UTC)), ends


def _days(at: datetime, step: int) -> Iterator[tuple[datetime, datetime]]:
    """When work begins and ends on the day of a moment and on those after it, or before it."""
    space = current_space()
    hours, day = space.company.working_hours, at.astimezone(space.zone).date()
    for number in range(_FAR):
        today = day + timedelta(days=step * number)
        if is_working_day(today):
            begins = datetime.combine(today, hours.begins, space.zone).astimezone(UTC)
            yield begins, datetime.combine(today, hours.ends, space.zone).astimezone(UTC)
