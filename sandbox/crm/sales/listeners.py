"""What sales does when something happens elsewhere; wiring says on which events."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sandbox.crm.communications.client_handover import pass_on_tasks
from sandbox.crm.communications.making import cancel_open
from sandbox.crm.communications.words import INBOUND
from sandbox.crm.customers.handing_over import give_all
from sandbox.crm.record import stamp_change
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import IN_WORK, NEW, OPEN_STATUSES, Lead
from sandbox.crm.sales.pipelines import Stage
from sandbox.extensions import db
from sandbox.spaces import Colleague, every, fetch


def first_response(record: Any, draft: Any) -> None:
    """A call logged on a lead answers it: the response clock stops, and a new lead is in work."""
    if not isinstance(record, Lead):
        return
    if record.first_response_at is None:
        record.first_response_at = draft.at
    if record.status == NEW:
        record.status = IN_WORK
    stamp_change(record, draft.by, draft.at)


def first_letter(record: Any, draft: Any) -> None:
    """A letter to whoever asked answers them as a call does; one from them answers nothing."""
    if draft.values.get("direction") != INBOUND:
        first_response(record, draft)


def take_payment(record: Any, draft: Any) -> None:
    """Money that came in for an invoice has come in for its deal: winning asks for it."""
    deal = record.deal
    if deal is None:
        return
    deal.paid_amount = (deal.paid_amount or Decimal(0)) + Decimal(str(draft.values["amount"]))
    deal.paid_on = date.fromisoformat(draft.values["day"])
    stamp_change(deal, draft.by, draft.at)


def know_new_name(record: Any, draft: Any) -> None:
    """A deal is found by the name of its company: a new name makes a new key."""
    for deal in db.session.scalars(every(Deal, deleted=True).where(Deal.company_id == record.id)):
        deal.make_keys()


def forget_person(record: Any, draft: Any) -> None:
    """A masked person's leads keep what was asked for and lose who asked."""
    contact = getattr(record, "contact", record)
    if not draft.values.get("masked"):
        return
    for lead in db.session.scalars(every(Lead, deleted=True).where(Lead.contact_id == contact.id)):
        lead.name, lead.phone, lead.email = contact.title, None, None
        stamp_change(lead, draft.by, draft.at)


def take_over(record: Any, draft: Any) -> None:
    """Open deals and leads of the absent colleague go to the other; what is closed stays whose it was."""
    absent, to = _colleagues(draft)
    stages = [stage.id for stage in db.session.scalars(every(Stage)) if stage.is_open]
    deals = every(Deal).where(Deal.owner_id == absent.id, Deal.stage_id.in_(stages))
    leads = every(Lead).where(Lead.owner_id == absent.id, Lead.status.in_(OPEN_STATUSES))
    draft.values["deals"] = give_all(deals, to, draft.by, draft.at)
    draft.values["leads"] = give_all(leads, to, draft.by, draft.at)


def _colleagues(draft: Any) -> tuple[Colleague, Colleague]:
    return fetch(Colleague, draft.values["absent_n"]), fetch(Colleague, draft.values["to_n"])


def call_off_what_was_planned(record: Any, draft: Any) -> None:
    """Nothing is left to do about a lost deal or a rejected lead."""
    draft.values["cancelled"] = len(cancel_open(record, draft.by, draft.at))


def hand_over_open_deals(record: Any, draft: Any) -> None:
    """Whoever takes a client takes its open deals and what is to be done about them; closed ones stay."""
    old, to = draft.values.get("old"), record.owner
    for deal in db.session.scalars(every(Deal).where(Deal.company_id == record.id)):
        if deal.is_open and deal.owner is not None and deal.owner.code == old:
            pass_on_tasks(deal, deal.owner, to, draft.by, draft.at)
            deal.owner = to
            stamp_change(deal, draft.by, draft.at)
