"""Papers and their versions made inside a running action."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from sandbox.crm.documents.details import details_of, insist_on_details
from sandbox.crm.documents.models import (
    ANNULLED,
    DRAFT,
    GENERATED,
    ISSUED,
    RETURNED,
    SIGNED,
    Document,
    StoredFile,
    Version,
)
from sandbox.crm.documents.numbering import take_number
from sandbox.crm.documents.uploads import read_upload
from sandbox.crm.documents.writing import written
from sandbox.crm.own_fields import take_own
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.uploads import Upload
from sandbox.ledger import tell
from sandbox.spaces import Colleague, current_space
from sandbox.spaces.company_documents import DocumentType


def make_document(*, type: str, by: Colleague | None, at: datetime, **fields: Any) -> Document:
    """A paper of ours with the next number of its type."""
    said = known_type(type)
    document = Document(type=type, current=0)
    with db.session.no_autoflush:
        fill(document, fields)
        if document.contact is None and document.deal is not None:
            document.contact = document.deal.contact
        if document.valid_until is None and said.months:
            document.valid_until = months_after(document.date, said.months)
        insist_on_party(document)
        take_number(document, said)
    stamp_new(document, by, at)
    db.session.add(document)
    db.session.flush()
    return document


def begin_document(*, by: Colleague, at: datetime, **fields: Any) -> Document:
    """A paper of ours; where its type has a template, its first version is written from the cards."""
    document = make_document(by=by, at=at, **fields)
    if known_type(document.type).template is not None:
        write_version(document, note=None, by=by, at=at)
    return document


def fill(document: Document, fields: dict[str, Any]) -> None:
    """Put the form's fields on the card; an owner left empty stays."""
    for name, value in take_own(document, fields).items():
        if not (name == "owner" and value is None):
            setattr(document, name, value)


def insist_on_party(document: Document) -> None:
    """Refuse with `wrong_company` when the deal or the contact belongs to another company than the paper."""
    for other in (document.deal, document.contact):
        if other is not None and other.company not in (None, document.company):
            raise Refused(
                "wrong_company",
                _(
                    "%(other)s belongs to another company. Choose one of “%(company)s”.",
                    other=other.title,
                    company=document.company.name,
                ),
            )


def write_version(document: Document, *, note: str | None, by: Colleague | None, at: datetime) -> Version:
    """The next version from the template of its type and the cards as they are now."""
    said = known_type(document.type)
    if said.template is None:
        raise Refused(
            "no_template", _("There is no template for papers of this type. Upload the text as a file.")
        )
    details = details_of(document)
    insist_on_details(document, said.template, details)
    return _next(
        document,
        by,
        at,
        note=note,
        form=GENERATED,
        filled=details,
        text=written(said.template, details),
    )


def upload_version(
    document: Document, file: Upload, *, note: str | None, by: Colleague, at: datetime
) -> Version:
    """The next version from a file."""
    form, text = read_upload(file)
    if db.session.get(StoredFile, file.digest) is None:
        db.session.add(StoredFile(digest=file.digest, content=file.content))
    return _next(
        document,
        by,
        at,
        note=note,
        form=form,
        text=text,
        file_name=file.name,
        digest=file.digest,
        size=len(file.content),
    )


def known_type(code: str) -> DocumentType:
    """The type by its code; Refused where the company has none."""
    said = current_space().company.documents.type(code)
    if said is None:
        raise Refused("no_type", _("Our company has no papers of this type. Choose another type."))
    return said


def insist_on_writing(document: Document) -> None:
    """Refuse a new version of what is signed or annulled."""
    if document.status == SIGNED:
        raise Refused("is_signed", _("This document is signed: its text stays. Write an addendum instead."))
    if document.status == ANNULLED:
        raise Refused("is_annulled", _("This document is annulled. Make a new one."))
    if document.has_lines and document.status not in (DRAFT, ISSUED):
        raise Refused("is_issued", _("This document has gone out and stays as it is. Correct or annul it."))


def insist_on_change(document: Document, version: Version) -> None:
    """Refuse a version that says the same as the one that came back with remarks."""
    before = document.version_of(version.number - 1)
    if document.status != RETURNED or before is None:
        return
    same_file = version.digest is not None and version.digest == before.digest
    if same_file or (version.text is not None and version.text == before.text):
        raise Refused(
            "same_text",
            _(
                "This text is the one that came back with remarks. Change it, or send it again with an "
                "answer to them."
            ),
        )


def months_after(day: date, months: int) -> date:
    """The day before the same day so many months later."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    same = date(year, month, min(day.day, monthrange(year, month)[1]))
    return date.fromordinal(same.toordinal() - 1)


def _next(document: Document, by: Colleague | None, at: datetime, **fields: Any) -> Version:
    insist_on_writing(document)
    document.current += 1
    version = Version(document=document, number=document.current, **fields)
    stamp_new(version, by, at)
    db.session.add(version)
    stamp_change(document, by, at)
    tell(version=version.number)
    return version
