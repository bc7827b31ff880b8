"""An invoice made inside a running action: for what was agreed, to who agreed to it, and not twice."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import func

from sandbox.crm.customers.bank import bank_faults
from sandbox.crm.customers.cleaning import identifier_faults
from sandbox.crm.customers.models import Company
from sandbox.crm.documents.lines import Agreed, put_lines
from sandbox.crm.documents.making import known_type, make_document, write_version
from sandbox.crm.documents.models import ANNULLED, ISSUED, Document
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import tell
from sandbox.spaces import Colleague, current_space, every
from sandbox.web.formatting import money

REFUSALS = (
    "no_type",
    "no_amount",
    "wrong_payer",
    "bad_payer",
    "bad_bank",
    "due_before_date",
    "invoiced_already",
    "missing_details",
)


def make_invoice(
    source: Document | None,
    agreed: Agreed,
    *,
    type: str,
    party: Company,
    deal: object,
    offer_id: int | None,
    company: Company,
    day: date,
    due_on: date,
    by: Colleague,
    at: datetime,
) -> Document:
    """An invoice for what was agreed with `party`; `source` is the contract, if it is made for one."""
    insist_on_payer(company, party)
    if due_on < day:
        raise Refused(
            "due_before_date", _("The invoice would be due before its own date. Choose a later day.")
        )
    invoice = make_document(
        type=known_type(type).code, company=company, deal=deal, date=day, base=source, owner=by, by=by, at=at
    )
    invoice.offer_id, invoice.due_on, invoice.paid = offer_id, due_on, Decimal(0)
    put_lines(invoice, agreed, current_space().company.vat_rate(day))
    _insist_on_rest(invoice, source)
    write_version(invoice, note=None, by=by, at=at)
    invoice.status = ISSUED
    stamp_change(invoice, by, at)
    tell(total=f"{invoice.total:f}")
    return invoice


def insist_on_payer(company: Company, party: Company) -> None:
    """Refuse a payer who did not agree to it, or whose numbers and bank details cannot be right."""
    if company.id != party.id:
        raise Refused(
            "wrong_payer",
            _(
                "This was agreed with %(party)s. Invoice that company: look at its tax number.",
                party=party.name,
            ),
        )
    wrong = identifier_faults(company.inn, company.kpp, company.ogrn, sole_trader=company.is_sole_trader)
    for sentence in wrong.values():
        raise Refused("bad_payer", sentence)
    for sentence in bank_faults(company.bic, company.account, company.correspondent_account).values():
        raise Refused("bad_bank", sentence)


def _insist_on_rest(invoice: Document, source: Document | None) -> None:
    """Refuse to ask for the same money twice."""
    others = every(Document).where(Document.status != ANNULLED, Document.id != invoice.id)
    others = others.where(Document.type.in_(invoice_types()))
    if invoice.offer_id is not None:
        others = others.where(Document.offer_id == invoice.offer_id)
    elif source is not None:
        others = others.where(Document.base_id == source.id)
    asked = db.session.scalar(others.with_only_columns(func.sum(Document.amount), maintain_column_froms=True))
    if asked:
        raise Refused(
            "invoiced_already",
            _(
                "This has been invoiced already, for %(amount)s. Annul that invoice before you make another.",
                amount=money(asked),
            ),
        )


def invoice_types() -> list[str]:
    """The codes of the company's types of invoice."""
    return [one.code for one in current_space().company.documents.types if one.kind == "invoice"]
