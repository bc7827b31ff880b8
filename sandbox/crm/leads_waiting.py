"""Leads that wait for a seller: those that came by a web form, and those that marketing passed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from sandbox.crm.communications.asking import place, places_of
from sandbox.crm.communications.questions import Queue, Waiting
from sandbox.crm.marketing.web_forms.models import Submission
from sandbox.crm.sales.answering import answer_by, waits_for_answer
from sandbox.crm.sales.handovers.models import WAITING, Handover
from sandbox.crm.sales.handovers.words import clock
from sandbox.crm.sales.leads import Lead
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space, every


def leads_waiting(me: Colleague) -> Iterator[Queue]:
    """What a colleague has to answer, what is late for a head, and new leads by a form."""
    yield Queue(Handover, "lead", _to_answer(me), lambda: _all_passed(me))
    yield Queue(Lead, "lead", _came_by_form(), lambda: _all_new(me))


def _to_answer(me: Colleague) -> Any:
    asked = Handover.to_id == place("me")
    if "lead" in current_space().company.rights(me.job_role):
        asked = or_(asked, Handover.answer_by < place("now"))
    return and_(Handover.status == WAITING, asked)


def _came_by_form() -> Any:
    """New leads of whoever asks that nobody has answered; one that was passed on waits as such."""
    return and_(
        waits_for_answer(),
        Lead.owner_id == place("me"),
        Lead.deleted_at.is_(None),
        Lead.id.in_(select(Submission.lead_id)),
        Lead.id.not_in(select(Handover.lead_id).where(Handover.status == WAITING)),
    )


def _all_passed(me: Colleague) -> Iterator[Waiting]:
    options = (joinedload(Handover.lead), joinedload(Handover.from_), joinedload(Handover.to))
    asked = every(Handover).where(_to_answer(me)).options(*options)
    for one in db.session.scalars(asked, places_of(me)):
        yield _passed(one, one.lead, me)


def _all_new(me: Colleague) -> Iterator[Waiting]:
    for lead in db.session.scalars(every(Lead).where(_came_by_form()), places_of(me)):
        yield _new(lead)


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
