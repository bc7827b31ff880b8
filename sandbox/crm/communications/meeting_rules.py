"""When a meeting may be: ahead, while the firm works, and when its person is nowhere else."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import format_date
from flask_babel import gettext as _

from sandbox.crm.communications.hours import at_work, working_days
from sandbox.crm.communications.models import Activity
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.spaces import Colleague, current_space, every
from sandbox.web.formatting import clock_time

_LONGEST = timedelta(hours=4)


def insist_on_time(
    starts: datetime, minutes: int, who: Colleague | None, at: datetime, but: Activity | None = None
) -> None:
    """Refuse what is past (`due_in_past`), `outside_hours`, or at another meeting's time (`clash`)."""
    ends = starts + timedelta(minutes=minutes)
    if starts < at:
        raise Refused("due_in_past", _("This moment has passed. Choose one ahead."))
    if not at_work(starts, ends):
        hours = current_space().company.working_hours
        raise Refused(
            "outside_hours",
            _(
                "The firm works on %(days)s from %(begins)s to %(ends)s. Choose a time within these hours.",
                days=", ".join(format_date(day, "EEE", rebase=False) for day in working_days()),
                begins=hours.begins.strftime("%H:%M"),
                ends=hours.ends.strftime("%H:%M"),
            ),
        )
    other = _other_meeting(starts, ends, who, but) if who is not None else None
    if other is not None and who is not None:
        raise Refused(
            "clash",
            _(
                "%(colleague)s is at another meeting then: %(meeting)s, %(from)s to %(to)s. "
                "Choose another time.",
                **{
                    "colleague": who.name,
                    "meeting": other.title,
                    "from": clock_time(other.due_at),
                    "to": clock_time(other.ends_at),
                },
            ),
        )


def _other_meeting(starts: datetime, ends: datetime, who: Colleague, but: Activity | None) -> Activity | None:
    near = every(Activity).where(
        Activity.kind == "meeting",
        Activity.assignee_id == who.id,
        Activity.done_at.is_(None),
        Activity.cancelled_at.is_(None),
        Activity.due_at > starts - _LONGEST,
        Activity.due_at < ends,
    )
    for other in db.session.scalars(near.order_by(Activity.due_at)):
        if (but is None or other.id != but.id) and other.ends_at is not None and other.ends_at > starts:
            return other
    return None
