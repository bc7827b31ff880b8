"""An invoice made inside a running action: for what was agreed, to who agreed to it, and not twice."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func

from sandbox.crm.customers.bank import bank_faults
from sandbox.crm.customers.cleaning import identifier_faults
from sandbox.crm.customers.models import Company
from sandbox.crm.documents.lines import NONE, Agreed, Whole, put_lines, sum_of
from sandbox.crm.documents.making import known_type, make_document, write_version
from sandbox.crm.documents.models import ANNULLED, ISSUED, Document
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.money import round_money
from sandbox.kernel.vat import HUNDRED
from sandbox.ledger import tell
from sandbox.spaces import Colleague, current_space, every
from sandbox.web.formatting import money, percent

REFUSALS = (
    "no_type",
    "no_amount",
    "wrong_payer",
    "bad_payer",
    "bad_bank",
    "due_before_date",
    "wrong_part",
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
    part: Decimal | None,
    by: Colleague,
    at: datetime,
) -> Document:
    """An invoice for what was agreed with `party`; `source` is the contract, if it is made for one.

    With `part`, in per cent, it asks for an advance; without, for all that has not been asked for yet.
    """
    insist_on_payer(company, party)
    if due_on < day:
        raise Refused(
            "due_before_date", _("The invoice would be due before its own date. Choose a later day.")
        )
    invoice = make_document(
        type=known_type(type).code, company=company, deal=deal, date=day, base=source, owner=by, by=by, at=at
    )
    invoice.offer_id, invoice.due_on, invoice.paid = offer_id, due_on, Decimal(0)
    rate = current_space().company.vat_rate(day)
    put_lines(invoice, _asked_now(invoice, source, agreed, part, rate), rate)
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
                "This was agreed with “%(party)s”. Invoice that company: look at its tax number.",
                party=party.name,
            ),
        )
    wrong = identifier_faults(company.inn, company.kpp, company.ogrn, sole_trader=company.is_sole_trader)
    for sentence in wrong.values():
        raise Refused("bad_payer", sentence)
    for sentence in bank_faults(company.bic, company.account, company.correspondent_account).values():
        raise Refused("bad_bank", sentence)


def _asked_now(
    invoice: Document, source: Document | None, agreed: Agreed, part: Decimal | None, rate: Decimal
) -> Agreed:
    """All that was agreed, or one line for the part of it that is asked for now."""
    whole, asked = sum_of(agreed, rate).total, _asked_before(invoice, source)
    amount = _insist_on_rest(whole, asked, part)
    if amount == whole:
        return agreed
    invoice.part = (amount * HUNDRED / whole).quantize(Decimal("0.01"))
    line = _line_for_part(invoice, source, amount, is_rest=amount == whole - asked)
    return Agreed([line], NONE, vat_included=True)


def _asked_before(invoice: Document, source: Document | None) -> Decimal:
    """How much earlier invoices have asked for the same."""
    others = every(Document).where(Document.status != ANNULLED, Document.id != invoice.id)
    others = others.where(Document.type.in_(invoice_types()))
    if invoice.offer_id is not None:
        others = others.where(Document.offer_id == invoice.offer_id)
    elif source is not None:
        others = others.where(Document.base_id == source.id)
    total = others.with_only_columns(func.sum(Document.amount), maintain_column_froms=True)
    return db.session.scalar(total) or Decimal(0)


def _insist_on_rest(whole: Decimal, asked: Decimal, part: Decimal | None) -> Decimal:
    """What this invoice asks for; refused where it would ask for the same money twice."""
    left = whole - asked
    if left <= 0:
        raise Refused(
            "invoiced_already",
            _(
                "This has been invoiced already, for %(amount)s. Annul that invoice before you make another.",
                amount=money(asked),
            ),
        )
    amount = left if part is None else round_money(whole * part / HUNDRED)
    if not 0 < amount <= left:
        raise Refused(
            "wrong_part",
            _("Of this %(left)s is left to be invoiced. Ask for a part of that.", left=money(left)),
        )
    return amount


def _line_for_part(invoice: Document, source: Document | None, amount: Decimal, *, is_rest: bool) -> Whole:
    """An advance, or the rest, in the firm's language: the supply itself stands on the closing document."""
    what = invoice.deal.title if invoice.deal else source.title if source else ""
    with force_locale(current_space().company.language):
        share = percent(invoice.part / HUNDRED, exact=True) if invoice.part else ""
        name = (
            _("The rest, %(share)s: %(what)s", share=share, what=what)
            if is_rest
            else _("Advance of %(share)s: %(what)s", share=share, what=what)
        )
        return Whole(name, _("supply"), amount)


def invoice_types() -> list[str]:
    """The codes of the company's types of invoice."""
    return [one.code for one in current_space().company.documents.types if one.kind == "invoice"]
