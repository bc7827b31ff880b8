"""What sales must ask before a change, and what sales answers to others; wiring joins the two."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import func, select

from sandbox.crm.customers.masking import Asked, Gone, of_masked_people
from sandbox.crm.customers.models import Company
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import Lead
from sandbox.crm.sales.needs import is_paid, unpaid_sentence
from sandbox.crm.sales.pipelines import Stage
from sandbox.extensions import db
from sandbox.ledger import Question
from sandbox.ledger.questions import Reason
from sandbox.spaces import current_space

# may_win.ask(deal): reasons why a deal may not be won as it stands
may_win = Question("may_win")

# may_delete_deal.ask(deal): reasons why a deal may not be deleted
may_delete_deal = Question("may_delete_deal")


def deal_fits_rules(deal: Deal) -> Iterator[Reason]:
    """A won deal has an amount, a close date and the payment that the company's rules ask for."""
    needs = current_space().company.rules.win_needs
    if "amount" in needs and (deal.amount is None or deal.amount <= Decimal(0)):
        yield Reason("no_amount", _("A deal is won with an amount. Fill it in."))
    if "close_date" in needs and deal.close_date is None:
        yield Reason("no_close_date", _("A deal is won with a close date. Fill it in."))
    if "payment" in needs and not is_paid(deal):
        yield Reason("not_paid", unpaid_sentence(deal))


def no_open_deals(company: Company) -> Iterator[Reason]:
    """A company with open deals stays: they would hang in the air."""
    query = (
        select(func.count(Deal.id))
        .join(Stage, Deal.stage_id == Stage.id)
        .where(Deal.company_id == company.id, Deal.deleted_at.is_(None), Stage.type == "open")
    )
    if db.session.scalar(query):
        yield Reason("has_open_deals", _("This company has open deals. Win, lose or move them first."))


def leads_of_masked_people(asked: Asked) -> Iterator[Gone]:
    """Of the leads asked for, those whose person's data was masked, and since when."""
    return of_masked_people(Lead, Lead.contact_id, asked)
