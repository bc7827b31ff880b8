"""What may be done with a paper: begin it, change its card, give it a next version, annul it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.documents.approving import restart_after_change, void_visas
from sandbox.crm.documents.forms import AnnulForm, CardForm, CreateForm, RewriteForm, UploadForm
from sandbox.crm.documents.making import (
    begin_document,
    fill,
    insist_on_change,
    insist_on_party,
    insist_on_writing,
    upload_version,
    write_version,
)
from sandbox.crm.documents.models import (
    ANNULLED,
    CLARIFICATION,
    CORRECTED,
    DELIVERED,
    REFUSED,
    SENT,
    SIGNED,
    Document,
)
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.uploads import Upload
from sandbox.ledger import action
from sandbox.spaces import Colleague

MAKING = ("no_type", "wrong_company", "missing_details")
GONE_OUT = (SENT, DELIVERED, REFUSED, CLARIFICATION, CORRECTED)
_WRITING = ("is_signed", "is_annulled", "is_issued")
_AGAIN = ("no_amount", "no_approver", "same_text")


@action(
    "document.create",
    makes=Document,
    event="created",
    right="paper",
    form=CreateForm,
    icon="file-plus",
    title=_l("New document"),
    says=_l("%(by)s made %(record)s"),
    refusals=MAKING,
)
def create_document(*, by: Colleague, at: datetime, **fields: Any) -> Document:
    """Make a paper with the next number; its text is written from the cards where there is a template."""
    return begin_document(by=by, at=at, **fields)


@action(
    "document.edit",
    on=Document,
    event="edited",
    right="paper",
    form=CardForm,
    icon="edit",
    title=_l("Edit"),
    says=_l("%(by)s edited the card of %(record)s"),
    shown=lambda document: document.is_writable,
    refusals=("not_writable", "wrong_company"),
)
def edit_document(document: Document, *, by: Colleague, at: datetime, **fields: Any) -> None:
    """Change a paper's card while nobody has approved or signed what it says."""
    if not document.is_writable:
        raise Refused(
            "not_writable",
            _(
                "The card of a document that is being approved, is approved or signed stays as it is. "
                "Make a new version first."
            ),
        )
    with db.session.no_autoflush:
        fill(document, fields)
        insist_on_party(document)
    stamp_change(document, by, at)


@action(
    "document.rewrite",
    on=Document,
    event="version_added",
    right="paper",
    form=RewriteForm,
    icon="wand",
    title=_l("Write from the template"),
    says=_l("%(by)s wrote version %(version)s from the template: %(note)s"),
    shown=lambda document: (
        document.is_open
        and not (document.incoming or document.has_lines)
        and bool(document.said and document.said.template)
    ),
    refusals=("no_template", "no_type", "missing_details", *_WRITING, *_AGAIN),
)
def rewrite_document(document: Document, *, note: str, by: Colleague, at: datetime) -> None:
    """Write the next version from the template and the cards as they are now; the one before stays."""
    insist_on_writing(document)
    insist_on_change(document, write_version(document, note=note, by=by, at=at))
    restart_after_change(document, by, at)


@action(
    "document.upload",
    on=Document,
    event="version_added",
    right="paper",
    form=UploadForm,
    icon="upload",
    title=_l("Upload the next version"),
    says=_l("%(by)s uploaded version %(version)s: %(note)s"),
    shown=lambda document: document.is_open and not document.has_lines,
    refusals=("bad_file", *_WRITING, *_AGAIN),
)
def upload_document(document: Document, *, file: Upload, note: str, by: Colleague, at: datetime) -> None:
    """Upload the next version as a file, with a note on what has changed; the one before stays."""
    insist_on_writing(document)
    insist_on_change(document, upload_version(document, file, note=note, by=by, at=at))
    restart_after_change(document, by, at)


@action(
    "document.annul",
    on=Document,
    event="annulled",
    right="paper",
    form=AnnulForm,
    kind="danger",
    icon="file-x",
    title=_l("Annul"),
    says=_l("%(by)s annulled %(record)s: %(reason)s"),
    shown=lambda document: document.is_open and document.status not in GONE_OUT,
    refusals=("has_payments", "has_gone_out", *_WRITING),
)
def annul_document(document: Document, *, reason: str, by: Colleague, at: datetime) -> None:
    """Say that a paper does not count; it and its number stay."""
    if document.status == SIGNED:
        raise Refused(
            "is_signed", _("This document is signed by both sides: only an addendum or a notice can end it.")
        )
    if document.paid:
        raise Refused(
            "has_payments",
            _("Money has come in for this invoice: it stays. Agree on the rest with the payer."),
        )
    if document.status in GONE_OUT:
        raise Refused(
            "has_gone_out", _("The customer has this document. Correct it: what was sent is never annulled.")
        )
    if document.status == ANNULLED:
        insist_on_writing(document)
    void_visas(document, at)
    document.status = ANNULLED
    document.annul_reason = reason
    stamp_change(document, by, at)
