"""The clock of a new lead: it counts hours of work until somebody has answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext
from sqlalchemy import and_, or_

from sandbox.crm.communications.case_queries import worked
from sandbox.crm.communications.hours import after_work, before_work, worked_between
from sandbox.crm.communications.queries import Light, lights
from sandbox.crm.lists import Filter
from sandbox.crm.sales.leads import OPEN_STATUSES, Lead
from sandbox.spaces import current_space

WAITING, LATE = "waiting", "late"
SOON = timedelta(hours=1)


def time_to_answer() -> timedelta:
    """How much working time the company gives itself to answer a lead."""
    return timedelta(hours=float(current_space().company.rules.lead_response_hours))


def answer_by(lead: Lead) -> datetime:
    """When a lead should have been answered."""
    return after_work(lead.created_at, time_to_answer())


def answer_clock(lead: Lead) -> Light | None:
    """How long there still is to answer, or by how much it is late; None where nobody waits for an answer."""
    if not lead.waits_for_response():
        return None
    due, now = answer_by(lead), current_space().now()
    what = pgettext("clock", "Answer")
    if due < now:
        return Light(
            "overdue", _("%(what)s overdue by %(time)s", what=what, time=worked(worked_between(due, now)))
        )
    left = worked_between(now, due)
    return Light(
        "today" if left < SOON else "planned", _("%(what)s within %(time)s", what=what, time=worked(left))
    )


def lead_lights(leads: Sequence[Lead]) -> dict[int, Light]:
    """The light of each lead: its clock while it waits for an answer, else what is planned next."""
    clocks = {lead.id: clock for lead in leads if (clock := answer_clock(lead)) is not None}
    return lights(leads) | clocks


def answered_late(lead: Lead) -> timedelta | None:
    """By how much working time the first answer came too late; None where it did not, or has not come."""
    if lead.first_response_at is None:
        return None
    late = worked_between(answer_by(lead), lead.first_response_at)
    return late if late > timedelta() else None


def waits_for_answer() -> Any:
    """The clause for leads that nobody has answered; our own tests wait for nobody."""
    unanswered = and_(Lead.status.in_(OPEN_STATUSES), Lead.first_response_at.is_(None))
    return and_(unanswered, Lead.is_test.is_not(True))


def answer_is_late() -> Any:
    """The clause for those of them whose time is over."""
    return and_(waits_for_answer(), Lead.created_at < before_work(current_space().now(), time_to_answer()))


def answer_filter() -> Filter:
    """By whether an answer is still awaited."""
    clauses = {WAITING: waits_for_answer, LATE: answer_is_late}
    options = [(WAITING, _("no answer yet")), (LATE, _("answer is late"))]
    return Filter(
        "answer", pgettext("clock", "Answer"), options, lambda codes: or_(*(clauses[one]() for one in codes))
    )
