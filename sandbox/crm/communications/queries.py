"""What was said and is to be done, as pages ask for it: lights of lists, the timeline and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from sandbox.crm.communications.models import Activity, kind_label
from sandbox.crm.lists import label
from sandbox.extensions import db
from sandbox.ledger import Event, registry
from sandbox.ledger.feed import sentence
from sandbox.ledger.undoing import undone_numbers
from sandbox.spaces import Colleague, InSpace, current_space, every
from sandbox.web.formatting import clock_time, date_short

ICONS = {"task": "checkbox", "call": "phone", "meeting": "users", "email": "mail", "note": "note"}
SHOWN = 12
# What these did stands in the timeline as the activity itself.
_TOLD_BY_ACTIVITY = ("call.", "task.", "meeting.", "mail.", "note.")
_KINDS_OF_VIEW = {"calls": "call", "mail": "email", "notes": "note"}


@dataclass(frozen=True)
class Light:
    """The activity light of a record: `kind` is planned, today, overdue or none."""

    kind: str
    words: str


@dataclass(frozen=True)
class Told:
    """One line of a timeline; `contact` when something was exchanged with the customer."""

    icon: str
    title: str
    at: datetime
    text: str | None = None
    contact: bool = False
    by: str | None = None
    id: str | None = None
    undone: bool = False


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
    found = {record.id: Light(NOTHING, _("nothing planned")) for record in records}
    waiting = db.session.scalars(open_activities().where(column.in_(list(found))))
    for activity in reversed(list(waiting)):
        found[getattr(activity, column.key)] = light_of(activity)
    return found


def light_of(activity: Activity) -> Light:
    """The light of one open activity, such as “Call, 16 Nov”."""
    due, space = activity.due, current_space()
    what = kind_label(activity.kind)
    if due is None:
        return Light(NOTHING, what)
    if activity.is_overdue(space.now()):
        days = (space.today() - due).days
        late = ngettext("%(what)s overdue %(num)d day", "%(what)s overdue %(num)d days", days, what=what)
        return Light("overdue", late if days else _("%(what)s overdue today", what=what))
    if due == space.today():
        if activity.kind == "meeting":
            return Light("today", _("%(what)s today, %(time)s", what=what, time=clock_time(activity.due_at)))
        return Light("today", _("%(what)s today", what=what))
    return Light("planned", _("%(what)s, %(day)s", what=what, day=date_short(due)))


def next_of(record: InSpace) -> list[tuple[Activity, Light]]:
    """What is next on a record, each open activity with its light."""
    mine = open_activities().where(_about(record)).options(joinedload(Activity.assignee))
    return [(activity, light_of(activity)) for activity in db.session.scalars(mine)]


def timeline_of(record: Any, show: str = "all", limit: int | None = SHOWN) -> tuple[list[Told], int]:
    """What happened on a record, newest first, and how many older lines there are; `show` narrows it."""
    lines: list[Told] = []
    if show != "changes":
        lines += _said(record, _KINDS_OF_VIEW.get(show))
    if show in ("all", "changes"):
        lines += _changed(record)
    lines.sort(key=lambda line: line.at, reverse=True)
    shown = lines[:limit] if limit else lines
    return shown, len(lines) - len(shown)


def _about(record: InSpace) -> Any:
    return getattr(Activity, f"{record.__record__}_id") == record.id


def _said(record: Any, kind: str | None) -> list[Told]:
    past = every(Activity).where(
        _about(record), Activity.done_at.is_not(None) | Activity.cancelled_at.is_not(None)
    )
    if kind:
        past = past.where(Activity.kind == kind)
    past = past.options(joinedload(Activity.assignee))
    return [_line(activity) for activity in db.session.scalars(past)]


def _line(activity: Activity) -> Told:
    at = activity.done_at or activity.cancelled_at or activity.created_at
    text = "\n".join(words for words in (activity.note, activity.result) if words) or None
    return Told(
        icon=ICONS[activity.kind] if activity.done else "x",
        title=_what(activity),
        at=at,
        text=text,
        contact=activity.done and activity.kind in ("call", "meeting", "email"),
        by=activity.assignee.name if activity.assignee else None,
        id=f"activity-{activity.n}",
    )


def _what(activity: Activity) -> str:
    what, subject = kind_label(activity.kind), activity.subject
    if activity.cancelled:
        return (
            _("%(what)s called off: %(subject)s", what=what, subject=subject)
            if subject
            else (_("%(what)s called off", what=what))
        )
    if activity.outcome:
        outcome = label("call_outcomes", activity.outcome)
        if subject:
            return _("%(what)s, %(outcome)s: %(subject)s", what=what, outcome=outcome, subject=subject)
        return _("%(what)s, %(outcome)s", what=what, outcome=outcome)
    return _("%(what)s: %(subject)s", what=what, subject=subject) if subject else what


def _undone() -> set[int]:
    """The numbers of the space's events that a later undo or a step back took away."""
    return undone_numbers(db.session.scalars(every(Event).where(Event.undoes.is_not(None))))


def _changed(record: Any) -> list[Told]:
    table = record.__table__.name
    told = every(Event).where(Event.record_table == table, Event.record_n == record.n)
    lines = []
    has_beginning, undone = False, _undone()
    for event in db.session.scalars(told.order_by(Event.id)):
        declared = registry.actions.get(event.action)
        if (declared is None and not event.undoes) or event.action.startswith(_TOLD_BY_ACTIVITY):
            continue
        has_beginning = has_beginning or (declared is not None and declared.creates)
        icon = declared.icon if declared else "arrow-back-up"
        lines.append(Told(icon, sentence(event), event.at, id=f"event-{event.n}", undone=event.n in undone))
    if not has_beginning:
        maker = db.session.get(Colleague, record.created_by_id) if record.created_by_id else None
        made = _("%(by)s made the record", by=maker.name) if maker else _("The record was made")
        lines.append(Told("plus", made, record.created_at))
    return lines
