"""Marketing passes a lead on; sales accepts it, or returns it with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.hours import after_work
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.crm.sales.handovers.models import ACCEPTED, RETURNED, WAITING, Handover
from sandbox.crm.sales.handovers.rules import insist_on_fit, insist_on_seller, insist_on_turn
from sandbox.crm.sales.leads import IN_WORK, NEW, Lead
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import ActionForm, action
from sandbox.ledger.fields import ChoiceField, ColleagueField, LongTextField
from sandbox.spaces import Colleague, current_space, every, first


def _waits(lead: Lead) -> bool:
    """Whether sales has still to answer for a lead."""
    return any(one.is_open for one in lead.handovers)


class PassForm(ActionForm):
    """Who gets the lead, and what they should know of it."""

    to = ColleagueField(_l("Seller"), required=True)
    note = LongTextField(_l("What sales should know"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Its owner, where that is a seller."""
        owner = record.owner if record is not None else None
        sells = owner is not None and "sell" in current_space().company.rights(owner.job_role)
        return {"to": owner if sells else None}


class ReturnForm(ActionForm):
    """Why sales does not take the lead."""

    reason = ChoiceField(_l("Reason"), dictionary="return_reasons", required=True)
    remark = LongTextField(_l("What is missing"))


@action(
    "lead.pass_on",
    on=Lead,
    makes=Handover,
    event="passed_on",
    right="market",
    form=PassForm,
    icon="arrow-big-right-lines",
    title=_l("Pass to sales"),
    says=_l("%(by)s passed the lead %(record)s to %(to)s"),
    shown=lambda lead: lead.is_open and lead.deleted_at is None and not _waits(lead),
    guards_version=False,
    refusals=("not_open", "is_test", "not_fit", "does_not_sell", "waits_already"),
)
def pass_on(lead: Lead, *, to: Colleague, note: str | None = None, by: Colleague, at: datetime) -> Handover:
    """Pass a lead that fits the rule to a seller, who answers within the company's hours."""
    if not lead.is_open:
        raise Refused("not_open", _("This lead is closed: it can no longer be passed on."))
    if lead.is_test:
        raise Refused("is_test", _("This lead is our own test. Sales has nothing to do with it."))
    insist_on_seller(to)
    insist_on_fit(lead)
    if waiting_of(lead) is not None:
        raise Refused("waits_already", _("This lead was passed on already and waits for an answer."))
    hours = timedelta(hours=float(current_space().company.handover.answer_hours))
    made = Handover(lead=lead, from_=by, to=to, status=WAITING, answer_by=after_work(at, hours), note=note)
    stamp_new(made, by, at)
    db.session.add(made)
    lead.owner = to
    stamp_change(lead, by, at)
    return made


@action(
    "handover.accept",
    on=Handover,
    event="accepted",
    right="sell",
    kind="primary",
    icon="check",
    title=_l("Accept"),
    says=_l("%(by)s accepted the lead: %(record)s"),
    shown=lambda handover: handover.is_open,
    guards_version=False,
    refusals=("answered", "not_yours"),
)
def accept(handover: Handover, *, by: Colleague, at: datetime) -> None:
    """Take the lead: it is one's own, and in work."""
    insist_on_turn(handover, by)
    handover.status, handover.answered_at = ACCEPTED, at
    stamp_change(handover, by, at)
    lead = handover.lead
    lead.owner = handover.to
    if lead.status == NEW:
        lead.status = IN_WORK
    stamp_change(lead, by, at)


@action(
    "handover.return",
    on=Handover,
    event="returned",
    right="sell",
    form=ReturnForm,
    icon="arrow-back",
    title=_l("Return to marketing"),
    says=_l("%(by)s returned the lead %(record)s: %(reason)s"),
    shown=lambda handover: handover.is_open,
    guards_version=False,
    refusals=("answered", "not_yours", "no_note"),
)
def return_to_marketing(
    handover: Handover, *, reason: str, remark: str | None = None, by: Colleague, at: datetime
) -> None:
    """Give the lead back to whoever passed it on, with a reason of the list."""
    insist_on_turn(handover, by)
    reasons = current_space().company.handover.reasons
    if any(one.code == reason and one.needs_note for one in reasons) and not remark:
        raise Refused(
            "no_note", _("This reason needs a note. Say in a sentence what happened."), field="remark"
        )
    handover.status, handover.answered_at = RETURNED, at
    handover.reason, handover.remark = reason, remark
    stamp_change(handover, by, at)
    handover.lead.owner = handover.from_
    stamp_change(handover.lead, by, at)


def waiting_of(lead: Lead) -> Handover | None:
    """The passing of a lead that sales has not answered."""
    return first(every(Handover).where(Handover.lead_id == lead.id, Handover.status == WAITING))
