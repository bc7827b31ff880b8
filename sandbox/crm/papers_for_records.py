"""A paper begun on the page of a deal or of a company: what is known there is on it already."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Company
from sandbox.crm.documents.actions import MAKING
from sandbox.crm.documents.forms import DraftForm
from sandbox.crm.documents.making import begin_document
from sandbox.crm.documents.models import Document
from sandbox.crm.sales.deals import Deal
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague


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
