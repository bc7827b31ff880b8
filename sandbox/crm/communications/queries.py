"""What is to be done, as pages ask for it: the lights of lists, and what is next on a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, bindparam
from sqlalchemy.orm import joinedload, load_only

from sandbox.crm.communications.models import Activity, kind_label
from sandbox.extensions import db
from sandbox.spaces import InSpace, current_space, every, kept
from sandbox.web.formatting import clock_time, date_short, day_word

ICONS = {"task": "checkbox", "call": "phone", "meeting": "users", "email": "mail", "note": "note"}


@dataclass(frozen=True)
class Light:
    """The activity light of a record: `kind` is planned, today, overdue, done or none."""

    kind: str
    words: str


NOTHING = "none"


def open_activities() -> Select[Any]:
    """Activities still to be done, the earliest first."""
    return (
        every(Activity)
        .where(Activity.done_at.is_(None), Activity.cancelled_at.is_(None), Activity.due_at.is_not(None))
        .order_by(Activity.due_at, Activity.id)
    )


def lights(records: Sequence[InSpace]) -> dict[int, Light]:
    """The light of each record by its id, with one query for all of them."""
    if not records:
        return {}
    column = getattr(Activity, f"{records[0].__record__}_id")
    found = dict.fromkeys([record.id for record in records], Light(NOTHING, _("nothing planned")))
    waiting = db.session.scalars(_open_on(str(records[0].__record__)), {"ids": list(found)})
    first = {getattr(activity, column.key): activity for activity in reversed(list(waiting))}
    now = current_space().now()
    return found | {record: light_of(activity, now) for record, activity in first.items()}


@cache
def _open_on(kind: str) -> Any:
    """The statement for the records of a kind, with a place for their ids; it reads what a light needs."""
    column: Any = getattr(Activity, f"{kind}_id")
    needed = load_only(Activity.kind, Activity.due_at, Activity.done_at, Activity.cancelled_at, column)
    ids: Any = bindparam("ids", expanding=True)
    return kept(open_activities().where(column.in_(ids)).options(needed))


def light_of(activity: Activity, now: datetime | None = None) -> Light:
    """The light of one activity, such as “Call, 16 Nov”; `now` spares asking the clock for each of many."""
    now = now or current_space().now()
    due, today = activity.due, now.astimezone(current_space().zone).date()
    what = kind_label(activity.kind)
    if activity.done_at is not None:
        return Light("done", _("%(what)s, done %(day)s", what=what, day=day_word(activity.done_at)))
    if due is None:
        return Light(NOTHING, what)
    if activity.is_overdue(now):
        days = (today - due).days
        late = ngettext("%(what)s overdue %(num)d day", "%(what)s overdue %(num)d days", days, what=what)
        return Light("overdue", late if days else _("%(what)s overdue today", what=what))
    if due == today:
        if activity.hour is not None:
            return Light("today", _("%(what)s today, %(time)s", what=what, time=clock_time(activity.due_at)))
        return Light("today", _("%(what)s today", what=what))
    day = date_short(due)
    if activity.hour is not None and activity.kind != "meeting":
        hour = clock_time(activity.due_at)
        return Light("planned", _("%(what)s, %(day)s, %(time)s", what=what, day=day, time=hour))
    return Light("planned", _("%(what)s, %(day)s", what=what, day=day))


def next_of(record: InSpace) -> list[tuple[Activity, Light]]:
    """What is next on a record, each open activity with its light."""
    waiting = db.session.scalars(_next_on(str(record.__record__)), {"on": record.id})
    return [(activity, light_of(activity)) for activity in waiting]


@cache
def _next_on(kind: str) -> Any:
    """The statement for a kind of record, with a place for which one."""
    mine = open_activities().where(getattr(Activity, f"{kind}_id") == bindparam("on"))
    return kept(mine.options(joinedload(Activity.assignee)))


def about(record: InSpace) -> Any:
    """The clause for activities about a record."""
    return getattr(Activity, f"{record.__record__}_id") == record.id
