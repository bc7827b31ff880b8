"""A paper begun on the page of a deal, a company, an offer: what is known there is on it already."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Company
from sandbox.crm.documents import invoicing
from sandbox.crm.documents.actions import MAKING
from sandbox.crm.documents.billing_forms import InvoiceForm
from sandbox.crm.documents.forms import DraftForm
from sandbox.crm.documents.lines import Agreed, lines_of_contract
from sandbox.crm.documents.making import begin_document
from sandbox.crm.documents.models import SIGNED, Document
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.offers.models import ACCEPTED, Offer
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague, current_space


@action(
    "document.draft",
    on=(Deal, Company),
    makes=Document,
    event="created",
    right="paper",
    form=DraftForm,
    icon="file-plus",
    title=_l("New document"),
    says=_l("%(by)s made %(made)s"),
    shown=lambda record: record.deleted_at is None,
    guards_version=False,
    refusals=(*MAKING, "no_company"),
    opens_made=True,
)
def draft_document(record: Deal | Company, *, by: Colleague, at: datetime, **fields: Any) -> Document:
    """Make a paper for a deal or a company, its text written from the cards."""
    deal = record if isinstance(record, Deal) else None
    company = record.company if isinstance(record, Deal) else record
    if company is None:
        raise Refused(
            "no_company", _("This deal has no company to make a document with. Choose it on the card.")
        )
    return begin_document(company=company, deal=deal, by=by, at=at, **fields)


def _can_be_invoiced(record: Offer | Document) -> bool:
    if isinstance(record, Offer):
        return record.status == ACCEPTED
    return record.kind == "contract" and record.status == SIGNED and record.is_alive


@action(
    "document.invoice",
    on=(Offer, Document),
    makes=Document,
    event="invoiced",
    right="paper",
    form=InvoiceForm,
    icon="file-invoice",
    title=_l("Issue an invoice"),
    says=_l("%(by)s issued %(made)s for %(record)s"),
    shown=_can_be_invoiced,
    guards_version=False,
    refusals=("not_accepted", "not_signed", "no_company", "other_currency", *invoicing.REFUSALS),
    opens_made=True,
)
def issue_invoice(
    record: Offer | Document,
    *,
    type: str,
    company: Company,
    date: date,
    due_on: date,
    part: Decimal | None = None,
    by: Colleague,
    at: datetime,
) -> Document:
    """Issue an invoice for an accepted offer or a signed contract: its lines and tax, to who agreed to it."""
    contract = record if isinstance(record, Document) else None
    if isinstance(record, Offer):
        agreed, party = _of_offer(record), record.deal.company
    else:
        agreed, party = _of_contract(record), record.company
    if party is None:
        raise Refused(
            "no_company", _("This deal has no company to make a document with. Choose it on the card.")
        )
    return invoicing.make_invoice(
        contract,
        agreed,
        type=type,
        party=party,
        deal=record.deal,
        offer_id=record.id if isinstance(record, Offer) else None,
        company=company,
        day=date,
        due_on=due_on,
        part=part,
        by=by,
        at=at,
    )


def _of_offer(offer: Offer) -> Agreed:
    if offer.status != ACCEPTED:
        raise Refused(
            "not_accepted", _("First note that the customer accepted: an invoice follows their yes.")
        )
    if offer.currency != current_space().company.currency:
        raise Refused(
            "other_currency", _("The prices of this offer are in another currency than our invoices.")
        )
    return Agreed(offer.lines, offer.discount, offer.vat_included)


def _of_contract(contract: Document) -> Agreed:
    if contract.kind != "contract" or contract.status != SIGNED:
        raise Refused("not_signed", _("Only a signed contract is invoiced. Record the signatures first."))
    return lines_of_contract(contract)
