"""The calendar: what a colleague has planned, by day, week and month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import joinedload

from sandbox.crm.communications.hours import is_working_day
from sandbox.crm.communications.models import ABOUT, Activity
from sandbox.extensions import db
from sandbox.kernel.clock import at_work
from sandbox.spaces import Colleague, current_space, every

WEEK = 7
MIDNIGHT = time.min


@dataclass
class Day:
    """One day of the calendar: what has an hour, and what is only due by its end."""

    date: date
    works: bool
    timed: list[Activity] = field(default_factory=list)
    due: list[Activity] = field(default_factory=list)

    def at_hour(self, hour: int) -> list[Activity]:
        """What begins in an hour of the day."""
        zone = current_space().zone
        return [one for one in self.timed if one.due_at and one.due_at.astimezone(zone).hour == hour]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is planned on it."""
        return not self.timed and not self.due


def days_of(who: Colleague, first: date, count: int) -> list[Day]:
    """So many days from `first` on, with everything that a colleague has planned or met on them."""
    space = current_space()
    begins = at_work(first, space.company.timezone, MIDNIGHT)
    ends = at_work(first + timedelta(days=count), space.company.timezone, MIDNIGHT)
    by_day: dict[date, list[Activity]] = defaultdict(list)
    for activity in db.session.scalars(_planned(who, begins, ends)):
        by_day[activity.due or first].append(activity)
    days = []
    for number in range(count):
        day = first + timedelta(days=number)
        planned = by_day[day]
        timed = [one for one in planned if has_hour(one)]
        days.append(Day(day, is_working_day(day), timed, [one for one in planned if one not in timed]))
    return days


def has_hour(activity: Activity) -> bool:
    """Whether it takes place at an hour: a meeting does, a task where one was named."""
    return activity.hour is not None


def month_of(day: date) -> tuple[date, int]:
    """The Monday on which the weeks of a month begin, and how many days they have."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    start = monday_of(first)
    end = monday_of(following - timedelta(days=1)) + timedelta(days=WEEK)
    return start, (end - start).days


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def month_later(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def hours_of(days: list[Day]) -> list[int]:
    """The hours that a week shows: those of work, and those at which something takes place."""
    space = current_space()
    hours = space.company.working_hours
    shown = set(range(hours.begins.hour, hours.ends.hour))
    shown |= {one.due_at.astimezone(space.zone).hour for day in days for one in day.timed if one.due_at}
    return list(range(min(shown), max(shown) + 1))


def meetings_of(who: Colleague) -> list[Activity]:
    """The meetings of a colleague for the calendar feed, those that were called off among them."""
    about = [joinedload(getattr(Activity, name)) for name in ABOUT]
    query = every(Activity).where(Activity.kind == "meeting", Activity.assignee_id == who.id)
    return list(db.session.scalars(query.options(*about).order_by(Activity.due_at)))


def _planned(who: Colleague, begins: datetime, ends: datetime) -> Any:
    about = [joinedload(getattr(Activity, name)) for name in ABOUT]
    return (
        every(Activity)
        .where(
            Activity.assignee_id == who.id,
            Activity.due_at >= begins,
            Activity.due_at < ends,
            Activity.cancelled_at.is_(None),
        )
        .options(*about)
        .order_by(Activity.due_at, Activity.id)
    )
