"""What may be done with a planned task, call or meeting."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.forms import CancelForm, RescheduleForm, ResultForm
from sandbox.crm.communications.making import by_hour
from sandbox.crm.communications.models import Activity
from sandbox.crm.record import stamp_change
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague


@action(
    "task.finish",
    on=Activity,
    event="finished",
    right="communicate",
    form=ResultForm,
    icon="check",
    title=_l("Complete"),
    says=_l("%(by)s finished “%(record)s”: %(result)s"),
    shown=lambda activity: activity.is_open and activity.kind != "meeting",
    refusals=("not_open",),
)
def finish_task(activity: Activity, *, result: str, by: Colleague, at: datetime) -> None:
    """Say what came of a task; it is done then."""
    _finish(activity, result, by, at)


@action(
    "meeting.hold",
    on=Activity,
    event="held",
    right="communicate",
    form=ResultForm,
    icon="users",
    title=_l("Meeting held"),
    submit=_l("Save"),
    says=_l("%(by)s held the meeting “%(record)s”: %(result)s"),
    shown=lambda activity: activity.is_open and activity.kind == "meeting",
    refusals=("not_open",),
)
def hold_meeting(activity: Activity, *, result: str, by: Colleague, at: datetime) -> None:
    """Keep the minutes of a meeting; it is done then."""
    _finish(activity, result, by, at)


@action(
    "task.reschedule",
    on=Activity,
    event="rescheduled",
    right="communicate",
    form=RescheduleForm,
    icon="calendar-due",
    title=_l("Reschedule"),
    says=_l("%(by)s moved “%(record)s” to %(due)s: %(reason)s"),
    shown=lambda activity: activity.is_open and activity.kind != "meeting",
    refusals=("not_open", "due_in_past"),
)
def reschedule_task(
    activity: Activity, *, due: date, hour: str | None = None, reason: str, by: Colleague, at: datetime
) -> None:
    """Move a task to another day or hour and say why."""
    _insist_on_open(activity)
    activity.due_at = by_hour(due, hour, at)
    stamp_change(activity, by, at)


@action(
    "task.cancel",
    on=Activity,
    event="cancelled",
    right="communicate",
    form=CancelForm,
    icon="x",
    title=_l("Cancel"),
    submit=_l("Call it off"),
    says=_l("%(by)s cancelled “%(record)s”"),
    shown=lambda activity: activity.is_open,
    refusals=("not_open",),
)
def cancel_task(activity: Activity, *, reason: str | None = None, by: Colleague, at: datetime) -> None:
    """Call a task off."""
    _insist_on_open(activity)
    activity.cancelled_at = at
    activity.result = reason
    stamp_change(activity, by, at)


def _finish(activity: Activity, result: str, by: Colleague, at: datetime) -> None:
    _insist_on_open(activity)
    activity.done_at = at
    activity.result = result
    stamp_change(activity, by, at)


def _insist_on_open(activity: Activity) -> None:
    if activity.done:
        raise Refused("not_open", _("This is done already. Set a new task if there is more to do."))
    if activity.cancelled:
        raise Refused("not_open", _("This was cancelled. Set a new task if it is needed after all."))
