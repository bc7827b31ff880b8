"""Leads that wait for a seller: those that came by a web form, and those that marketing passed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from sandbox.crm.communications.hours import after_work
from sandbox.crm.communications.questions import Counted, Waiting
from sandbox.crm.marketing.web_forms.models import Submission
from sandbox.crm.sales.handovers.models import WAITING, Handover
from sandbox.crm.sales.handovers.words import clock
from sandbox.crm.sales.leads import NEW, Lead
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space, every


def leads_waiting(me: Colleague) -> Iterator[Waiting]:
    """What a colleague has to answer, what is late for a head, and new leads by a form."""
    options = (joinedload(Handover.lead), joinedload(Handover.from_), joinedload(Handover.to))
    for one in db.session.scalars(every(Handover).where(_to_answer(me)).options(*options)):
        yield _passed(one, one.lead, me)
    for lead in db.session.scalars(every(Lead).where(_came_by_form(me))):
        yield _new(lead)


def leads_counted(me: Colleague) -> Iterator[Counted]:
    """The same as clauses, for the rail."""
    yield Counted(Handover, "lead", _to_answer(me))
    yield Counted(Lead, "lead", and_(Lead.deleted_at.is_(None), _came_by_form(me)))


def _to_answer(me: Colleague) -> Any:
    asked = Handover.to_id == me.id
    if "lead" in current_space().company.rights(me.job_role):
        asked = or_(asked, Handover.answer_by < current_space().now())
    return and_(Handover.status == WAITING, asked)


def _came_by_form(me: Colleague) -> Any:
    """New leads of a colleague that nobody has answered; one that was passed on waits as such."""
    return and_(
        Lead.owner_id == me.id,
        Lead.status == NEW,
        Lead.first_response_at.is_(None),
        Lead.is_test.is_not(True),
        Lead.id.in_(select(Submission.lead_id)),
        Lead.id.not_in(select(Handover.lead_id).where(Handover.status == WAITING)),
    )


def answer_by(lead: Lead) -> datetime:
    """Until when a new lead is to be answered, in hours of work."""
    hours = float(current_space().company.rules.lead_response_hours)
    return after_work(lead.created_at, timedelta(hours=hours))


def _new(lead: Lead) -> Waiting:
    title = _("New lead by a web form: %(lead)s", lead=lead.title)
    due = answer_by(lead)
    return Waiting("lead", lead, lead, title, lead.created_at, text=clock(due).words, due=due)


def _passed(one: Handover, lead: Lead, me: Colleague) -> Waiting:
    title = _("Lead from marketing: %(lead)s", lead=lead.title)
    if one.to_id != me.id:
        said = {"colleague": one.to.name, "lead": lead.title}
        title = _("%(colleague)s has not answered for the lead %(lead)s", **said)
    by = one.from_.name if one.from_ else None
    words = clock(one.answer_by).words
    return Waiting("lead", one, lead, title, one.created_at, text=words, by=by, due=one.answer_by)
