"""What of papers waits for whom: visas to give, and answers of counterparties to act upon."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased, joinedload

from sandbox.crm.communications.asking import place, places_of
from sandbox.crm.communications.questions import Queue, Waiting
from sandbox.crm.documents.approval_models import WAITING, Approval, Delegation, Visa
from sandbox.crm.documents.exchange_models import Sending
from sandbox.crm.documents.models import CLARIFICATION, REFUSED, Document
from sandbox.crm.documents.routes import waiting_for
from sandbox.extensions import db
from sandbox.ledger.perform import rights_of
from sandbox.spaces import Colleague, every


def papers_waiting(me: Colleague) -> Iterator[Queue]:
    """Everything that waits for a colleague, as their job role lets them do something about it."""
    rights = rights_of(me)
    if "approve" in rights:
        asked = _asked_of(me.job_role)
        mine = and_(asked, _comes_next(me.job_role))
        tasks = select(Visa.task_id).where(asked, Visa.task_id.is_not(None))
        yield Queue(Visa, "approval", mine, lambda: _visas(me), covers=tasks)
    if "paper" in rights:
        answered = _answered()
        yield Queue(Sending, "exchange", answered, lambda: _answers(answered, me))


def _asked_of(job_role: str) -> ColumnElement[bool]:
    """Visas that wait for a job role, or for that of somebody whom one stands in for today."""
    stood_in_for = (
        select(Colleague.job_role)
        .join(Delegation, Delegation.absent_id == Colleague.id)
        .where(
            Delegation.deputy_id == place("me"),
            Delegation.begins <= place("today"),
            Delegation.ends >= place("today"),
        )
    )
    others = select(Approval.id).where(
        or_(Approval.created_by_id != place("me"), Approval.created_by_id.is_(None))
    )
    return and_(
        Visa.state == WAITING,
        or_(Visa.role == job_role, Visa.role.in_(stood_in_for)),
        Visa.approval_id.in_(others),
    )


def _comes_next(job_role: str) -> ColumnElement[bool]:
    """A colleague's visa waits behind one's own on the same paper, which an approval gives first."""
    own = aliased(Visa)
    of_mine = select(own.approval_id).where(own.state == WAITING, own.role == job_role)
    return or_(Visa.role == job_role, Visa.approval_id.not_in(of_mine))


def _visas(me: Colleague) -> Iterator[Waiting]:
    """Visas that are asked of one's job role, or of the colleague whom one stands in for."""
    for visa, instead in waiting_for(me):
        approval, paper = visa.approval, visa.approval.document
        title = _("Your visa is awaited: version %(n)s", n=approval.version_number)
        if instead is not None:
            title = _(
                "The visa of %(name)s is asked for, you stand in: version %(n)s",
                name=instead.absent.name,
                n=approval.version_number,
            )
        yield Waiting(
            "approval",
            visa,
            paper,
            title,
            visa.asked_at or approval.created_at,
            text=paper.company.name,
            by=approval.initiator.name if approval.initiator else None,
            due=visa.task.due_at if visa.task else None,
        )


def _answered() -> ColumnElement[bool]:
    """One's own closing documents that were refused or questioned, and stand so still."""
    papers = select(Document.id).where(Document.owner_id == place("me"), Document.deleted_at.is_(None))
    states = (REFUSED, CLARIFICATION)
    return or_(
        *(
            and_(Sending.state == state, Sending.document_id.in_(papers.where(Document.status == state)))
            for state in states
        )
    )


def _answers(answered: ColumnElement[bool], me: Colleague) -> Iterator[Waiting]:
    query = (
        every(Sending)
        .where(answered)
        .options(joinedload(Sending.document).joinedload(Document.company))
        .order_by(Sending.answered_at, Sending.id)
    )
    for sending in db.session.scalars(query, places_of(me)):
        paper = sending.document
        title = (
            _("%(company)s refused to sign. Correct the document.", company=paper.company.name)
            if sending.state == REFUSED
            else _("%(company)s asks something before it signs.", company=paper.company.name)
        )
        yield Waiting(
            "exchange", sending, paper, title, sending.answered_at or sending.created_at, sending.text
        )
