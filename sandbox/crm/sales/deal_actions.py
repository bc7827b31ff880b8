"""What may be done with an open deal: its card, its stage, its next step, its payment."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.attribution import credit
from sandbox.crm.communications import making
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.own_fields import take_own
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change
from sandbox.crm.sales.deal_forms import CreateDealForm, DealForm, MoveForm, NextStepForm, PaymentForm
from sandbox.crm.sales.deal_making import make_deal
from sandbox.crm.sales.deal_rules import CARD, insist_on_sense
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.moving import enter_stage, insist_on_move, insist_on_open
from sandbox.crm.sales.pipelines import Stage
from sandbox.crm.sales.questions import may_delete_deal
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, current_space

MISSING = tuple(
    f"missing_{need}"
    for need in ("amount", "close_date", "payment", "contact", "next_step", "company", "custom")
)


@action(
    "deal.create",
    makes=Deal,
    event="created",
    right="sell",
    form=CreateDealForm,
    icon="briefcase",
    title=_l("New deal"),
    submit=_l("Create deal"),
    says=_l("%(by)s added the deal %(record)s"),
    refusals=("closed_stage", "wrong_company", *CARD),
)
def create_deal(*, stage: Stage | None = None, by: Colleague, at: datetime, **fields: Any) -> Deal:
    """Open a deal."""
    if stage is not None and not stage.is_open:
        raise Refused("closed_stage", _("A new deal begins in an open stage. Choose one of them."))
    _insist_on_own_contact(fields.get("company"), fields.get("contact"))
    deal = make_deal(stage=stage, by=by, at=at, **fields)
    insist_on_sense(deal, (None, None), at)
    return deal


@action(
    "deal.edit",
    on=Deal,
    event="edited",
    right="sell",
    form=DealForm,
    icon="edit",
    title=_l("Edit"),
    submit=_l("Save"),
    says=_l("%(by)s edited the deal %(record)s"),
    shown=lambda deal: deal.deleted_at is None,
    refusals=("wrong_company", *CARD),
)
def edit_deal(deal: Deal, *, by: Colleague, at: datetime, **fields: Any) -> None:
    """Change a deal's card."""
    before = deal.amount, deal.close_date
    for name, value in take_own(deal, fields).items():
        if name == "campaign":
            credit(deal, value)
        elif not (name == "owner" and value is None):
            setattr(deal, name, value)
    _insist_on_own_contact(deal.company, deal.contact)
    insist_on_sense(deal, before, at)
    stamp_change(deal, by, at)


@action(
    "deal.move",
    on=Deal,
    event="moved",
    right="sell",
    form=MoveForm,
    icon="arrow-right-circle",
    title=_l("Move to…"),
    submit=_l("Move"),
    says=_l("%(by)s moved the deal %(record)s to %(stage)s"),
    shown=lambda deal: deal.is_open,
    refusals=("not_open", "same_stage", "closed_stage", "stage_skipped", "wrong_company", *MISSING, *CARD),
)
def move_deal(
    deal: Deal,
    *,
    stage: Stage,
    by: Colleague,
    at: datetime,
    **missing: Decimal | date | Contact | str | None,
) -> None:
    """Move a deal to another stage once the exit rules of the stages on the way are met."""
    insist_on_open(deal)
    before = deal.amount, deal.close_date
    for name, value in missing.items():
        if value is not None:
            setattr(deal, name, value)
    _insist_on_own_contact(deal.company, deal.contact)
    insist_on_sense(deal, before, at)
    insist_on_move(deal, stage)
    tell(from_stage=deal.stage.code, to_stage=stage.code)
    enter_stage(deal, stage, at)
    stamp_change(deal, by, at)


@action(
    "deal.set_next_step",
    on=Deal,
    event="next_step_set",
    right="sell",
    form=NextStepForm,
    icon="player-track-next",
    title=_l("Set the next step"),
    says=_l("%(by)s set the next step “%(next_step)s” for %(due)s"),
    shown=lambda deal: deal.is_open,
    refusals=("not_open", "due_in_past"),
)
def set_next_step(deal: Deal, *, next_step: str, due: date, by: Colleague, at: datetime) -> None:
    """Say what happens next, with a task for it, so that the deal is not forgotten."""
    insist_on_open(deal)
    deal.next_step = next_step
    making.set_task(deal, subject=next_step, due=due, assignee=deal.owner, by=by, at=at)
    stamp_change(deal, by, at)


@action(
    "deal.record_payment",
    on=Deal,
    event="payment_recorded",
    right="sell",
    form=PaymentForm,
    icon="cash",
    title=_l("Record a payment"),
    says=_l("%(by)s recorded a payment of %(amount)s"),
    shown=lambda deal: deal.status != "lost",
    refusals=("no_amount", "day_in_future", "is_lost"),
)
def record_payment(deal: Deal, *, amount: Decimal, day: date, by: Colleague, at: datetime) -> None:
    """Write down money that was received; payments add up."""
    if deal.status == "lost":
        raise Refused("is_lost", _("This deal is lost. Reopen it before you record a payment."))
    if amount <= 0:
        raise Refused("no_amount", _("A payment has an amount above zero. Fill it in."))
    if day > at.astimezone(current_space().zone).date():
        raise Refused("day_in_future", _("Money is recorded once it is here. Choose today or a day before."))
    deal.paid_amount = (deal.paid_amount or Decimal(0)) + amount
    deal.paid_on = day
    stamp_change(deal, by, at)


def _insist_on_deletable(deal: Deal) -> None:
    if deal.status == "won":
        raise Refused("is_won", _("A won deal counts in the results and stays. Reopen it if it was not won."))
    may_delete_deal.insist(deal)


can_be_put_away(
    Deal,
    right="sell",
    deleted=_l("%(by)s deleted the deal %(record)s"),
    restored=_l("%(by)s restored the deal %(record)s"),
    insist=_insist_on_deletable,
    refusals=("is_won", "has_documents", "has_offers"),
)


def _insist_on_own_contact(company: Company | None, contact: Contact | None) -> None:
    if company is not None and contact is not None and contact.company not in (None, company):
        raise Refused(
            "wrong_company",
            _(
                "%(contact)s works for another company. Choose a contact of “%(company)s”.",
                contact=contact.title,
                company=company.title,
            ),
        )
