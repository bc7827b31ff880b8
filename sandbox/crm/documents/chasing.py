"""Papers to chase: contracts that end soon, originals that did not come, supplies that nobody closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from sandbox.crm.communications.models import Activity
from sandbox.crm.documents.models import ANNULLED, PAID, SIGNED, Document
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space, every

MOST = 100


def ending_soon(today: date, mine: Colleague | None = None) -> list[Document]:
    """Contracts that end within the company's time for renewals, the first to end first."""
    last = today + timedelta(days=current_space().company.documents.renewal_days)
    query = every(Document).where(
        Document.type.in_(_types("contract")),
        Document.status != ANNULLED,
        Document.valid_until >= today,
        Document.valid_until <= last,
    )
    return _papers(query, mine, Document.valid_until)


def without_original(mine: Colleague | None = None) -> list[Document]:
    """Papers that both sides signed, and whose original does not lie with us; the oldest first."""
    query = every(Document).where(Document.status == SIGNED, Document.received_on.is_(None))
    return _papers(query, mine, Document.signed_on)


def not_closed(mine: Colleague | None = None) -> list[Document]:
    """Paid invoices without a closing document, the oldest first; an advance waits for the rest."""
    closing, other = aliased(Document), aliased(Document)
    same = or_(
        other.id == Document.id,
        and_(Document.part.is_not(None), other.offer_id == Document.offer_id),
        and_(Document.part.is_not(None), other.base_id == Document.base_id),
    )
    invoice = other.type.in_(_types("invoice"))
    paid = select(func.sum(other.part)).where(same, invoice, other.status == PAID).scalar_subquery()
    made = exists().where(
        closing.base_id == other.id,
        same,
        invoice,
        closing.type.in_(_types("closing")),
        closing.status != ANNULLED,
        closing.deleted_at.is_(None),
    )
    query = every(Document).where(
        Document.type.in_(_types("invoice")),
        Document.status == PAID,
        or_(Document.part.is_(None), paid >= 100),
        ~made,
    )
    return _papers(query, mine, Document.date)


def with_task(papers: Sequence[Document]) -> set[int]:
    """Of these papers, the ids of those about which something is planned."""
    query = every(Activity).where(
        Activity.document_id.in_([one.id for one in papers]),
        Activity.done_at.is_(None),
        Activity.cancelled_at.is_(None),
    )
    return {one.document_id for one in db.session.scalars(query) if one.document_id is not None}


def due_for(paper: Document, today: date) -> date:
    """By when a renewal is talked about: half of the time that is left, on a working day."""
    ends = paper.valid_until or today
    day = today + timedelta(days=max(1, (ends - today).days // 2))
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _types(kind: str) -> list[str]:
    return [one.code for one in current_space().company.documents.types if one.kind == kind]


def _papers(query: Any, mine: Colleague | None, order: Any) -> list[Document]:
    if mine is not None:
        query = query.where(Document.owner_id == mine.id)
    named = (joinedload(Document.company), joinedload(Document.owner))
    return list(db.session.scalars(query.options(*named).order_by(order, Document.id).limit(MOST)))
