"""What may be done in the calendar: plan a meeting on a day, move one, and renew the secret address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.communications import making
from sandbox.crm.communications.calendar_keys import key_of
from sandbox.crm.communications.inbox_models import CalendarKey
from sandbox.crm.communications.meeting_forms import ArrangeForm, MoveMeetingForm
from sandbox.crm.communications.models import Activity
from sandbox.crm.customers.models import Company
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.ledger import action
from sandbox.ledger.acting import running
from sandbox.spaces import Colleague


@action(
    "meeting.arrange",
    makes=Activity,
    event="arranged",
    right="communicate",
    form=ArrangeForm,
    icon="calendar-plus",
    title=_l("Plan a meeting"),
    says=_l("%(by)s planned the meeting “%(subject)s” for %(starts)s"),
    fixed={"kind": "meeting"},
    refusals=("due_in_past", "clash", "outside_hours"),
)
def arrange_meeting(company: Company, **values: Any) -> Activity:
    """Plan a meeting with a company at a time of the calendar."""
    return making.plan_meeting(company, **values)


@action(
    "meeting.move",
    on=Activity,
    event="moved",
    right="communicate",
    form=MoveMeetingForm,
    icon="calendar-due",
    title=_l("Move the meeting"),
    says=_l("%(by)s moved the meeting “%(record)s” to %(starts)s: %(reason)s"),
    shown=lambda activity: activity.is_open and activity.kind == "meeting",
    refusals=("not_open", "due_in_past", "clash", "outside_hours"),
)
def move_meeting(
    activity: Activity,
    *,
    starts: datetime,
    lasts: str | None = None,
    reason: str,
    by: Colleague,
    at: datetime,
) -> None:
    """Move a meeting to another time when its person is free, and say why."""
    making.move_meeting(activity, starts=starts, lasts=lasts, at=at)
    stamp_change(activity, by, at)


@action(
    "calendar.renew",
    event="renewed",
    right="communicate",
    icon="refresh",
    title=_l("Renew the address"),
    says=_l("%(by)s renewed the secret address of the calendar"),
)
def renew_address(*, by: Colleague, at: datetime) -> None:
    """Make a new secret address of one's calendar; programs find nothing at the old one any more."""
    key = key_of(by)
    if key is None:
        key = CalendarKey(colleague_id=by.id)
        db.session.add(key)
    key.number = running().n
