"""Activities made inside a running action, whatever record they are about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _

from sandbox.crm.communications.meeting_rules import insist_on_time
from sandbox.crm.communications.mentions import ask, named_in
from sandbox.crm.communications.models import INTERNAL, LAST_MINUTE, MEETING_MINUTES, PUBLIC, Activity
from sandbox.crm.record import stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.spaces import Colleague, InSpace, current_space, every


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
    hour: str | None = None,
    kind: str | None = None,
    assignee: Colleague | None = None,
    note: str | None = None,
    by: Colleague,
    at: datetime,
) -> Activity:
    """Something to do by an hour of `due`, or by the end of work then; refused with `due_in_past`."""
    return _make(
        on,
        by,
        at,
        kind=kind or "task",
        subject=subject,
        due_at=by_hour(due, hour, at),
        note=note,
        assignee=assignee or by,
    )


def plan_meeting(
    on: InSpace,
    *,
    subject: str,
    starts: datetime,
    lasts: str | None = None,
    remind: str | None = None,
    assignee: Colleague | None = None,
    note: str | None = None,
    by: Colleague,
    at: datetime,
) -> Activity:
    """A meeting ahead, at work and when its person is free; `lasts` and `remind` are minutes as text."""
    who, minutes = assignee or by, int(lasts or MEETING_MINUTES)
    insist_on_time(starts, minutes, who, at)
    remind_at = starts - timedelta(minutes=int(remind)) if remind and remind.isdecimal() else None
    return _make(
        on,
        by,
        at,
        kind="meeting",
        subject=subject,
        due_at=starts,
        minutes=minutes,
        remind_at=remind_at,
        note=note,
        assignee=who,
    )


def move_meeting(meeting: Activity, *, starts: datetime, lasts: str | None, at: datetime) -> None:
    """Another time for a meeting, under the same rules; its reminder moves along."""
    if not meeting.is_open:
        raise Refused("not_open", _("This meeting is over or called off. Plan a new one."))
    minutes = int(lasts or meeting.minutes or MEETING_MINUTES)
    insist_on_time(starts, minutes, meeting.assignee, at, but=meeting)
    if meeting.remind_at is not None and meeting.due_at is not None:
        meeting.remind_at = starts - (meeting.due_at - meeting.remind_at)
    meeting.due_at, meeting.minutes = starts, minutes


def send_answer(case: Any, *, text: str, by: Colleague, at: datetime) -> Activity:
    """An e-mail to the customer out of a case; it stands in the case's thread and is public."""
    subject = f"Re: {case.title}"
    return _make(
        case,
        by,
        at,
        kind="email",
        subject=subject,
        note=text,
        direction="out",
        visibility=PUBLIC,
        done_at=at,
        assignee=by,
    )


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


def insist_on_customers(who: Colleague) -> None:
    """Refuse with `cannot_look_after` when a colleague's job role does not keep customers."""
    if "customers" not in current_space().company.rights(who.job_role):
        raise Refused(
            "cannot_look_after",
            _("%(colleague)s does not look after customers. Choose somebody who does.", colleague=who.name),
        )


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


def by_hour(day: date, hour: str | None, at: datetime) -> datetime:
    """The moment of an hour such as 14:30, or the end of work without one; refused when it is past."""
    ends = end_of(day, at)
    if hour is None:
        return ends
    moment = datetime.combine(day, time.fromisoformat(hour), current_space().zone).astimezone(UTC)
    if moment <= at:
        raise Refused("due_in_past", _("This hour has passed. Choose a later one."), field="hour")
    return moment


def end_of(day: date, at: datetime) -> datetime:
    """When work ends on `day`, or its last minute when work is over already; refused when the day is past."""
    space = current_space()
    if day < at.astimezone(space.zone).date():
        raise Refused("due_in_past", _("This day has passed. Choose today or a day ahead."), field="due")
    ends = datetime.combine(day, space.company.working_hours.ends, space.zone)
    return (ends if ends > at else ends.replace(hour=LAST_MINUTE.hour, minute=LAST_MINUTE.minute)).astimezone(
        UTC
    )


def _make(on: InSpace, by: Colleague | None, at: datetime, **fields: Any) -> Activity:
    activity = Activity(**fields)
    activity.on = on
    stamp_new(activity, by, at)
    db.session.add(activity)
    return activity
