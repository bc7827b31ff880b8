"""The page of the exchange: what needs us, what waits for counterparties, and who may sign."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, url_for
from sqlalchemy.orm import joinedload

from sandbox.crm.documents.approval_models import Visa
from sandbox.crm.documents.exchange_models import Power, Sending
from sandbox.crm.documents.models import (
    CLARIFICATION,
    DELIVERED,
    ISSUED,
    REFUSED,
    SENT,
    Document,
    DocumentLine,
)
from sandbox.crm.documents.words import BADGES, document_states
from sandbox.extensions import db
from sandbox.ledger.offers import offer_to_create, offers_for
from sandbox.spaces import current_space, every, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import page, see_other

blueprint = Blueprint("exchange", __name__, url_prefix="/s/<int:space>")
OURS, THEIRS = (REFUSED, CLARIFICATION, ISSUED), (SENT, DELIVERED)
MOST = 50
BUTTONS = ("document.send", "document.reply", "document.correct", "document.next_answer")


@blueprint.get("/exchange")
@allow(in_space)
def exchange(space: int) -> Response:
    """Closing documents on their way: ours to act on, and those that wait for an answer."""
    company = current_space().company
    powers = list(
        db.session.scalars(
            every(Power).options(joinedload(Power.holder)).order_by(Power.begins.desc(), Power.id)
        )
    )
    waiting = _papers(THEIRS)
    return page(
        "documents/exchange.html",
        operator=company.documents.exchange,
        ours=_papers(OURS),
        theirs=waiting,
        sendings=_sendings(waiting),
        buttons=lambda paper: [one for one in offers_for(paper) if one.code in BUTTONS],
        powers=powers,
        ends={one.id: offers_for(one) for one in powers},
        create=offer_to_create("power.register"),
        states=document_states(),
        badges=BADGES,
        today=current_space().today(),
    )


@blueprint.get("/powers")
@allow(in_space)
def powers(space: int) -> Response:
    """Powers stand on the page of the exchange."""
    return see_other(url_for("exchange.exchange", space=space))


@blueprint.get("/powers/<int:n>")
@allow(in_space)
def power(space: int, n: int) -> Response:
    """One power, among the others."""
    return see_other(url_for("exchange.exchange", space=space) + f"#{fetch(Power, n).key}")


@blueprint.get("/sendings/<int:n>")
@allow(in_space)
def sending(space: int, n: int) -> Response:
    """A way through the exchange is read on the page of its paper."""
    return see_other(url_for("documents.document", space=space, n=fetch(Sending, n).document.n) + "#exchange")


@blueprint.get("/visas/<int:n>")
@allow(in_space)
def visa(space: int, n: int) -> Response:
    """A visa is read on the page of its paper."""
    paper = fetch(Visa, n).approval.document
    return see_other(url_for("documents.document", space=space, n=paper.n) + "#approval")


@blueprint.get("/document_lines/<int:n>")
@allow(in_space)
def line(space: int, n: int) -> Response:
    """A line is read on the page of its paper."""
    return see_other(url_for("documents.document", space=space, n=fetch(DocumentLine, n).document.n))


def _papers(statuses: tuple[str, ...]) -> list[Document]:
    types = [one.code for one in current_space().company.documents.types if one.kind == "closing"]
    query = every(Document).where(
        Document.type.in_(types), Document.status.in_(statuses), Document.incoming.is_(False)
    )
    named = (joinedload(Document.company), joinedload(Document.owner))
    return list(db.session.scalars(query.options(*named).order_by(Document.date, Document.id).limit(MOST)))


def _sendings(papers: list[Document]) -> dict[int, Any]:
    """The newest way of each paper."""
    query = every(Sending).where(Sending.document_id.in_([one.id for one in papers])).order_by(Sending.id)
    return {one.document_id: one for one in db.session.scalars(query.options(joinedload(Sending.signer)))}
