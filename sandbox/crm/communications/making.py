"""Activities made inside a running action, whatever record they are about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from sandbox.crm.communications.mentions import ask, named_in
from sandbox.crm.communications.models import INTERNAL, PUBLIC, Activity
from sandbox.crm.record import stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.spaces import Colleague, InSpace, current_space, every, first

MEETING_LASTS = timedelta(hours=1)


def log_call(
    on: InSpace,
    *,
    outcome: str,
    note: str | None = None,
    direction: str | None = None,
    by: Colleague,
    at: datetime,
) -> Activity:
    """A call that was made or taken just now."""
    return _make(
        on,
        by,
        at,
        kind="call",
        outcome=outcome,
        note=note,
        direction=direction or "out",
        done_at=at,
        assignee=by,
    )


def set_task(
    on: InSpace,
    *,
    subject: str,
    due: date,
    kind: str | None = None,
    assignee: Colleague | None = None,
    note: str | None = None,
    by: Colleague,
    at: datetime,
) -> Activity:
    """Something to do by the end of work on `due`; refused with `due_in_past`."""
    return _make(
        on,
        by,
        at,
        kind=kind or "task",
        subject=subject,
        due_at=end_of(due, at),
        note=note,
        assignee=assignee or by,
    )


def plan_meeting(
    on: InSpace,
    *,
    subject: str,
    starts: datetime,
    assignee: Colleague | None = None,
    note: str | None = None,
    by: Colleague,
    at: datetime,
) -> Activity:
    """A meeting ahead; refused with `due_in_past`, and with `clash` when its person is to be elsewhere."""
    if starts < at:
        raise Refused("due_in_past", _("This moment has passed. Choose one ahead."))
    who = assignee or by
    other = _meeting_at(starts, who)
    if other is not None:
        raise Refused(
            "clash",
            _(
                "%(colleague)s is at another meeting then: %(meeting)s. Choose another time.",
                colleague=who.name,
                meeting=other.title,
            ),
        )
    return _make(on, by, at, kind="meeting", subject=subject, due_at=starts, note=note, assignee=who)


def note_mail(
    on: InSpace,
    *,
    subject: str,
    note: str | None = None,
    direction: str | None = None,
    by: Colleague,
    at: datetime,
) -> Activity:
    """An e-mail that was sent or received."""
    return _make(
        on,
        by,
        at,
        kind="email",
        subject=subject,
        note=note,
        direction=direction or "out",
        done_at=at,
        assignee=by,
    )


def write_note(
    on: InSpace,
    *,
    note: str,
    visibility: str | None = None,
    mention: Colleague | None = None,
    by: Colleague,
    at: datetime,
) -> Activity:
    """A note, and a question to each colleague whom it names by `@` or whom `mention` adds."""
    with db.session.no_autoflush:
        asked = [*named_in(note), *([mention] if mention else [])]
        if asked and visibility == PUBLIC:
            raise Refused(
                "question_in_public",
                _("The customer may read this note. Ask colleagues in an internal one."),
            )
    made = _make(
        on, by, at, kind="note", note=note, visibility=visibility or INTERNAL, done_at=at, assignee=by
    )
    ask(asked, made, by, at)
    return made


def cancel_open(on: InSpace, by: Colleague | None, at: datetime) -> list[Activity]:
    """Call off everything that is still to be done about a record; what was called off."""
    found = open_on(on)
    for activity in found:
        activity.cancelled_at = at
        activity.changed_at = at
        activity.changed_by_id = by.id if by else None
    return found


def open_on(on: InSpace) -> list[Activity]:
    """What is still to be done about a record, the most urgent first."""
    about = getattr(Activity, f"{on.__record__}_id")
    query = every(Activity).where(about == on.id, Activity.done_at.is_(None), Activity.cancelled_at.is_(None))
    return list(db.session.scalars(query.order_by(Activity.due_at, Activity.id)))


def end_of(day: date, at: datetime) -> datetime:
    """When work ends on `day`, or its last minute when work is over already; refused when the day is past."""
    space = current_space()
    if day < at.astimezone(space.zone).date():
        raise Refused("due_in_past", _("This day has passed. Choose today or a day ahead."))
    ends = datetime.combine(day, space.company.working_hours.ends, space.zone)
    return (ends if ends > at else ends.replace(hour=23, minute=59)).astimezone(UTC)


def _meeting_at(starts: datetime, who: Colleague) -> Activity | None:
    return first(
        every(Activity).where(
            Activity.kind == "meeting",
            Activity.assignee_id == who.id,
            Activity.done_at.is_(None),
            Activity.cancelled_at.is_(None),
            Activity.due_at > starts - MEETING_LASTS,
            Activity.due_at < starts + MEETING_LASTS,
        )
    )


def _make(on: InSpace, by: Colleague | None, at: datetime, **fields: Any) -> Activity:
    activity = Activity(**fields)
    activity.on = on
    stamp_new(activity, by, at)
    db.session.add(activity)
    return activity
