"""The counterparties at work: answers whose time has come, taken by the background worker through actions."""

from __future__ import annotations

import logging

from sqlalchemy import ColumnElement, select

from sandbox.crm.documents.exchange_models import Sending
from sandbox.crm.documents.exchanging import answer_due
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import perform
from sandbox.spaces import Space, across, current_space, every, first, inside
from sandbox.web.unit_of_work import unit_of_work

log = logging.getLogger(__name__)
AT_ONCE = 200


def answer_what_is_due() -> int:
    """Let every counterparty answer whose space's clock has come so far; returns how many did."""
    with across("exchange: the spaces in which a counterparty is to answer"):
        numbers = list(db.session.scalars(select(Sending.space_id).where(_waiting()).distinct()))
    answered = 0
    for number in sorted(numbers):
        space = db.session.get(Space, number)
        if space is None or not space.is_open or space.kind == "template":
            continue
        while answered < AT_ONCE and _answer_one(space):
            answered += 1
    return answered


def _answer_one(space: Space) -> bool:
    """The answer that has been due longest in a space, in a transaction of its own; False where none is."""
    try:
        with inside(space), unit_of_work():
            now = current_space().now()
            due = every(Sending).where(_waiting(), Sending.answers_at <= now)
            sending = first(due.order_by(Sending.answers_at, Sending.id))
            if sending is None or sending.sender is None:
                return False
            answer, reason, text = answer_due(sending)
            # each answer bears the time at which it was due, so that a worker that slept changes no story
            at = sending.answers_at or now
            values = {"answer": answer, "reason": reason, "text": text}
            perform(
                "document.take_answer", sending.document, values, by=sending.sender, at=at, origin="system"
            )
            return True
    except Refused:
        log.exception("an answer of a counterparty in space %s was refused", space.id)
        return False


def _waiting() -> ColumnElement[bool]:
    return Sending.answers_at.is_not(None)
