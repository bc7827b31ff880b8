"""What people call the states of a passing, and the light of its clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import pgettext

from sandbox.crm.communications.case_queries import worked
from sandbox.crm.communications.hours import worked_between
from sandbox.crm.communications.queries import Light
from sandbox.crm.sales.handovers.models import ACCEPTED, RETURNED, WAITING, Handover
from sandbox.spaces import current_space
from sandbox.web.formatting import moment

BADGES = {
    WAITING: ("warn", "hourglass"),
    ACCEPTED: ("ok", "check"),
    RETURNED: ("bad", "arrow-back"),
}


def handover_states() -> list[tuple[str, str]]:
    """Codes and words of the states."""
    return [
        (WAITING, pgettext("handover", "Waits for sales")),
        (ACCEPTED, pgettext("handover", "Accepted")),
        (RETURNED, pgettext("handover", "Returned")),
    ]


def clock_of(handover: Handover) -> Light:
    """How long sales still has, or by how much it is late; an answered one says when."""
    if handover.answered_at is not None:
        words = _("answered %(when)s", when=moment(handover.answered_at))
        return (
            Light("overdue", _("%(answered)s, late", answered=words))
            if handover.late
            else Light("planned", words)
        )
    return clock(handover.answer_by)


def clock(due: datetime) -> Light:
    """How long is left until `due`, or by how much it has passed, in working time."""
    now = current_space().now()
    if due < now:
        return Light("overdue", _("late by %(time)s", time=worked(worked_between(due, now))))
    left = worked_between(now, due)
    kind = "today" if left < timedelta(hours=2) else "planned"
    return Light(kind, _("answer within %(time)s", time=worked(left)))
