"""What papers do when something happens elsewhere, and what they answer; wiring says on which events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from sandbox.crm.customers.models import Company
from sandbox.crm.documents.models import SIGNED, Document
from sandbox.extensions import db
from sandbox.ledger.questions import Reason
from sandbox.spaces import current_space, every, first


def know_new_name(record: Any, draft: Any) -> None:
    """A paper is found by the name of its party: a new name makes a new key."""
    for document in db.session.scalars(every(Document, deleted=True).where(Document.company_id == record.id)):
        document.make_keys()


def signed_contract(deal: Any) -> Iterator[Reason]:
    """Where the company's rule asks for it, a deal is won with a contract that both sides have signed."""
    company = current_space().company
    if "contract" not in company.rules.win_needs:
        return
    types = [one.code for one in company.documents.types if one.kind == "contract"]
    signed = every(Document).where(
        Document.deal_id == deal.id, Document.status == SIGNED, Document.type.in_(types)
    )
    if first(signed) is None:
        yield Reason(
            "no_contract",
            _("A deal is won with a signed contract. Have it signed and record the signatures first."),
        )


def no_documents_of(deal: Any) -> Iterator[Reason]:
    """A deal with papers stays: they must be kept, and with what they were made for."""
    if first(every(Document).where(Document.deal_id == deal.id)) is not None:
        yield Reason(
            "has_documents",
            _("There are documents of this deal, and they must be kept. Lose the deal instead."),
        )


def no_documents(company: Company) -> Iterator[Reason]:
    """A company with papers stays: they must be kept."""
    if first(every(Document).where(Document.company_id == company.id)) is not None:
        yield Reason(
            "has_documents",
            _("There are documents with this company, and they must be kept. Leave the card, or merge it."),
        )
