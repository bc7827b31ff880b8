"""What may be done with signatures and originals, and with papers that come in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Company
from sandbox.crm.documents.approval_forms import ReceiveForm, RegisterForm, SignForm
from sandbox.crm.documents.making import insist_on_party, insist_on_writing, upload_version
from sandbox.crm.documents.models import APPROVED, REGISTERED, SIGNED, Document
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import fold
from sandbox.kernel.uploads import Upload
from sandbox.ledger import action
from sandbox.spaces import Colleague, current_space, every


@action(
    "document.sign",
    on=Document,
    event="signed",
    right="paper",
    form=SignForm,
    icon="signature",
    title=_l("Record the signatures"),
    says=_l("%(by)s recorded the signatures on %(record)s"),
    shown=lambda document: document.is_signable,
    refusals=("not_approved", "no_text", "day_in_future", "is_signed", "is_annulled"),
)
def sign_document(
    document: Document, *, signed_on: date, original: bool = False, by: Colleague, at: datetime
) -> None:
    """Write down that both sides have signed what was approved."""
    insist_on_writing(document)
    needs_approval = not document.incoming and bool(document.said and document.said.route)
    if needs_approval and document.status != APPROVED:
        raise Refused(
            "not_approved", _("Only an approved text is signed. Send the document for approval first.")
        )
    if not document.current and not document.incoming:
        raise Refused("no_text", _("There is nothing to sign yet. Write or upload the text first."))
    _insist_on_past(signed_on, at, "signed_on")
    document.status, document.signed_on = SIGNED, signed_on
    if original:
        document.received_on = at.astimezone(current_space().zone).date()
    stamp_change(document, by, at)


@action(
    "document.receive",
    on=Document,
    event="original_received",
    right="paper",
    form=ReceiveForm,
    icon="mailbox",
    title=_l("The original is here"),
    says=_l("%(by)s noted that the original of %(record)s came on %(day)s"),
    shown=lambda document: document.is_alive and document.received_on is None and document.signed,
    refusals=("day_in_future", "not_signed"),
)
def receive_original(document: Document, *, day: date, by: Colleague, at: datetime) -> None:
    """Write down that the signed original lies with us."""
    if not document.signed:
        raise Refused("not_signed", _("Record the signatures first: an original is a signed paper."))
    _insist_on_past(day, at, "day")
    document.received_on = day
    stamp_change(document, by, at)


@action(
    "document.register",
    makes=Document,
    event="registered",
    right="paper",
    form=RegisterForm,
    icon="file-import",
    title=_l("Register an incoming document"),
    says=_l("%(by)s registered %(record)s that came in"),
    refusals=("wrong_company", "is_ours", "registered_before", "day_in_future", "bad_file"),
)
def register_document(
    *,
    type: str,
    number: str,
    date: date,
    company: Company,
    deal: Any = None,
    amount: Decimal | None = None,
    valid_until: date | None = None,
    file: Upload | None = None,
    signed: bool = False,
    original: bool = False,
    by: Colleague,
    at: datetime,
) -> Document:
    """Register a paper that came in under the number it bears, with its party and its deal."""
    _insist_on_past(date, at, "date")
    with db.session.no_autoflush:
        document = Document(
            type=type, number=number, date=date, incoming=True, current=0, deal=deal, company=company
        )
        document.amount, document.valid_until = amount, valid_until
        insist_on_party(document)
        _insist_on_new(document)
        if deal is not None:
            document.contact = deal.contact
        document.status = REGISTERED
        document.received_on = at.astimezone(current_space().zone).date() if original else None
    stamp_new(document, by, at)
    db.session.add(document)
    db.session.flush()
    if file is not None:
        upload_version(document, file, note=_("As it came in"), by=by, at=at)
    if signed:
        document.status, document.signed_on = SIGNED, date
    return document


def _insist_on_new(document: Document) -> None:
    """Refuse what is our own paper, or was registered before, in whatever spelling of its number."""
    query = every(Document).where(Document.company_id == document.company.id, Document.type == document.type)
    number = fold(document.number)
    known = next((one for one in db.session.scalars(query) if fold(one.number) == number), None)
    if known is not None and not known.incoming:
        raise Refused(
            "is_ours",
            _("%(document)s is our own. Open it and record the signatures there.", document=known.title),
            field="number",
        )
    if known is not None:
        raise Refused(
            "registered_before",
            _("%(document)s is registered already.", document=known.title),
            field="number",
        )


def _insist_on_past(day: date, at: datetime, field: str) -> None:
    if day > at.astimezone(current_space().zone).date():
        raise Refused(
            "day_in_future", _("This day is still ahead. Choose today or a day before."), field=field
        )
