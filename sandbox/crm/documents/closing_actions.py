"""What may be done with closing documents: make one for a supply, and correct one that was refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, or_

from sandbox.crm.documents.exchange_forms import ClosingForm, CorrectForm, CorrectLineForm
from sandbox.crm.documents.exchanging import corrected_by_it
from sandbox.crm.documents.lines import Agreed, copied, put_lines, recount, supplied_by
from sandbox.crm.documents.making import known_type, make_document, write_version
from sandbox.crm.documents.models import (
    ANNULLED,
    CORRECTED,
    ISSUED,
    REFUSED,
    SIGNED,
    Document,
    DocumentLine,
)
from sandbox.crm.record import stamp_change
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, current_space, every, first
from sandbox.spaces.company_documents import DocumentType

_MAKING = ("no_type", "wrong_type", "no_variant", "wrong_variant", "missing_details", "no_amount")
MOST = 100_000


def _can_be_closed(document: Document) -> bool:
    if not document.is_alive or document.incoming:
        return False
    return document.kind == "invoice" or (document.kind == "contract" and document.status == SIGNED)


@action(
    "document.close",
    on=Document,
    makes=Document,
    event="closed",
    right="paper",
    form=ClosingForm,
    icon="file-check",
    title=_l("Make a closing document"),
    says=_l("%(by)s made %(made)s for %(record)s"),
    shown=_can_be_closed,
    guards_version=False,
    refusals=("not_closable", "closed_already", "supply_ahead", "dated_before", *_MAKING),
    opens_made=True,
)
def close_supply(
    document: Document,
    *,
    type: str,
    date: date,
    supplied_on: date,
    variant: str | None = None,
    by: Colleague,
    at: datetime,
) -> Document:
    """Make the document that closes a supply, with the lines of the invoice or contract it is made for."""
    if not _can_be_closed(document):
        raise Refused(
            "not_closable", _("A closing document is made for an invoice or for a signed contract.")
        )
    if supplied_on > at.astimezone(current_space().zone).date():
        raise Refused(
            "supply_ahead", _("A supply is closed once it has taken place. Check the day of the supply.")
        )
    if date < supplied_on:
        raise Refused(
            "dated_before", _("A closing document is not older than its supply. Choose a later day.")
        )
    _insist_on_open_supply(document)
    return _make(document, supplied_by(document), type, date, supplied_on, variant, by, at)


@action(
    "document.correct",
    on=Document,
    makes=Document,
    event="corrected",
    right="paper",
    form=CorrectForm,
    kind="primary",
    icon="file-pencil",
    title=_l("Make a correction"),
    says=_l("%(by)s corrected %(record)s by %(made)s: %(note)s"),
    shown=lambda document: document.kind == "closing" and document.status in (REFUSED, SIGNED),
    refusals=("not_correctable", "dated_before", *_MAKING),
    opens_made=True,
)
def correct_document(document: Document, *, date: date, note: str, by: Colleague, at: datetime) -> Document:
    """Make a correction linked to the original, which stays as it was sent."""
    if document.kind != "closing" or document.status not in (REFUSED, SIGNED):
        raise Refused("not_correctable", _("A closing document is corrected once it was refused or signed."))
    if date < document.date:
        raise Refused(
            "dated_before", _("A correction is not older than what it corrects. Choose a later day.")
        )
    said = document.said
    type = said.corrected_by if said is not None and said.corrected_by else document.type
    variant = document.variant if type == document.type else None
    made = _make(document, copied(document), type, date, document.supplied_on or date, variant, by, at, note)
    if document.status == REFUSED:
        document.status = CORRECTED
    stamp_change(document, by, at)
    return made


@action(
    "document_line.edit",
    on=DocumentLine,
    event="edited",
    right="paper",
    form=CorrectLineForm,
    icon="edit",
    title=_l("Correct the line"),
    says=_l("%(by)s corrected the line %(record)s"),
    shown=lambda line: line.document.status == ISSUED and corrected_by_it(line.document) is not None,
    refusals=("has_gone_out", "no_correction", "wrong_quantity", "no_amount", "missing_details"),
)
def correct_line(line: DocumentLine, *, quantity: int, price: Decimal, by: Colleague, at: datetime) -> None:
    """Put the quantity and price of a correction right; its text is written anew as its next version."""
    document = line.document
    if corrected_by_it(document) is None:
        raise Refused(
            "no_correction", _("Lines are changed on a correction only. Correct the document first.")
        )
    if document.status != ISSUED:
        raise Refused("has_gone_out", _("This correction has gone out. Follow its state on its page."))
    if not 0 < quantity <= MOST:
        raise Refused("wrong_quantity", _("A quantity is a whole number from 1 to 100,000. Change it."))
    if price <= 0:
        raise Refused("no_amount", _("A price is above zero. Fill it in."))
    line.quantity, line.price = quantity, price
    recount(document)
    write_version(document, note=_("Corrected: %(line)s", line=line.name), by=by, at=at)


def insist_on_type(said: DocumentType, agreed: Agreed, vat: Decimal, variant: str | None) -> None:
    """Refuse a type that is not for what was supplied, and a variant that is not for its tax."""
    names = {line.name for line in agreed.lines}
    supplied = {one.supply for one in current_space().company.products if one.name in names}
    if said.supply is not None and supplied and supplied != {said.supply}:
        if said.supply == "services":
            raise Refused(
                "wrong_type", _("This type closes services, and goods were supplied. Choose another.")
            )
        raise Refused("wrong_type", _("This type closes goods, and services were supplied. Choose another."))
    if not said.variants:
        return
    chosen = next((one for one in said.variants if one.code == variant), None)
    if chosen is None:
        raise Refused("no_variant", _("Papers of this type have a status. Choose the one that fits the tax."))
    if chosen.taxed is not None and chosen.taxed != (vat > 0):
        raise Refused(
            "wrong_variant",
            _("This status is for a sum with tax. Choose the one without.")
            if chosen.taxed
            else _("This status is for a sum without tax, and there is tax in this one. Choose the other."),
        )


def late_days(document: Document) -> int:
    """How many days a closing document was made out later than the law gave on the day of the supply."""
    company = current_space().company
    code, supplied = company.documents.closing_within, document.supplied_on
    given = company.legal_value(code, supplied) if code is not None and supplied is not None else None
    if given is None or supplied is None or document.base is None or document.base.kind == "closing":
        return 0
    return max(0, (document.date - supplied).days - int(given))


def _make(
    base: Document,
    agreed: Agreed,
    type: str,
    day: date,
    supplied_on: date,
    variant: str | None,
    by: Colleague,
    at: datetime,
    note: str | None = None,
) -> Document:
    said = known_type(type)
    made = make_document(
        type=type, company=base.company, deal=base.deal, date=day, base=base, owner=by, by=by, at=at
    )
    made.supplied_on, made.variant = supplied_on, variant if said.variants else None
    rate = base.vat_rate if base.vat_rate is not None else current_space().company.vat_rate(supplied_on)
    put_lines(made, agreed, rate)
    insist_on_type(said, agreed, made.vat or Decimal(0), variant)
    write_version(made, note=note, by=by, at=at)
    made.status = ISSUED
    stamp_change(made, by, at)
    tell(total=f"{made.total:f}")
    return made


def _insist_on_open_supply(document: Document) -> None:
    types = [one.code for one in current_space().company.documents.types if one.kind == "closing"]
    closing = every(Document).where(Document.type.in_(types), Document.status != ANNULLED)
    known = first(closing.where(Document.base_id.in_(_papers_for_the_same(document))))
    if known is not None:
        raise Refused(
            "closed_already",
            _("%(document)s closes this already. Open it and go on there.", document=known.title),
        )


def _papers_for_the_same(document: Document) -> Select[Any]:
    """The paper, and where it asks for a part of a supply, the invoices of the other parts, too."""
    same = [Document.id == document.id]
    if document.part is not None and document.offer_id is not None:
        same.append(Document.offer_id == document.offer_id)
    elif document.part is not None and document.base_id is not None:
        same += [Document.base_id == document.base_id, Document.id == document.base_id]
    return every(Document).where(or_(*same)).with_only_columns(Document.id)
