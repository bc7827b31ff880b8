"""What may be done on the way through the exchange: send, take the answer, reply; and who may sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.documents.exchange_forms import AnswerForm, PowerForm, ReplyForm, SendForm
from sandbox.crm.documents.exchange_models import Power, Sending
from sandbox.crm.documents.exchanging import POWERS, SENDING, answer_due, send, sending_of, take
from sandbox.crm.documents.models import (
    CLARIFICATION,
    DELIVERED,
    ISSUED,
    REFUSED,
    SENT,
    SIGNED,
    Document,
)
from sandbox.crm.documents.questions import may_hurry
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, current_space

_ANSWERING = ("not_sent", "not_waiting", "no_exchange")


@action(
    "document.send",
    on=Document,
    event="sent",
    right="paper",
    form=SendForm,
    kind="primary",
    icon="send",
    title=_l("Send through the exchange"),
    says=_l("%(by)s sent %(record)s through the exchange, signed by %(signer)s"),
    shown=lambda document: (
        document.kind == "closing"
        and document.status == ISSUED
        and document.is_alive
        and current_space().company.documents.exchange is not None
    ),
    refusals=(*SENDING, *POWERS),
)
def send_document(document: Document, *, signer: Colleague, by: Colleague, at: datetime) -> None:
    """Send a closing document to its party, found by its tax numbers, signed by who may sign today."""
    sending = send(document, signer, by, at)
    tell(participant=sending.participant, basis=sending.power.basis)


@action(
    "document.take_answer",
    on=Document,
    event="answered",
    right="paper",
    form=AnswerForm,
    icon="mail-check",
    title=_l("Answer of the counterparty"),
    says=_l("%(record)s: %(outcome)s"),
    shown=lambda document: False,  # what the world answers; people wait for it, or ask for it now
    guards_version=False,
    refusals=_ANSWERING,
)
def take_answer(
    document: Document,
    *,
    answer: str,
    reason: str | None = None,
    text: str | None = None,
    by: Colleague,
    at: datetime,
) -> None:
    """Take what the counterparty did: the document arrived, was signed, refused, or questioned."""
    _take(sending_of(document), answer, reason, text, by, at)


@action(
    "document.next_answer",
    on=Document,
    event="answered",
    right="paper",
    icon="player-skip-forward",
    title=_l("Get the answer now"),
    says=_l("%(record)s: %(outcome)s"),
    shown=lambda document: (
        document.kind == "closing" and document.status in (SENT, DELIVERED) and not may_hurry.ask(document)
    ),
    guards_version=False,
    refusals=(*_ANSWERING, "in_exam"),
)
def next_answer(document: Document, *, by: Colleague, at: datetime) -> None:
    """Have the counterparty do at once what it would do later."""
    may_hurry.insist(document)
    sending = sending_of(document)
    if not sending.waits:
        raise Refused(
            "not_waiting", _("The counterparty has answered already. See the state of the document.")
        )
    _take(sending, *answer_due(sending), by, at)


@action(
    "document.reply",
    on=Document,
    event="replied",
    right="paper",
    form=ReplyForm,
    kind="primary",
    icon="message-reply",
    title=_l("Answer the question"),
    says=_l("%(by)s answered the counterparty’s question about %(record)s: %(reply)s"),
    shown=lambda document: document.status == CLARIFICATION and document.is_alive,
    refusals=("not_sent", "no_question", "no_exchange"),
)
def reply(document: Document, *, reply: str, by: Colleague, at: datetime) -> None:
    """Answer what the counterparty asked; it then signs or refuses."""
    sending = sending_of(document)
    if sending.state != CLARIFICATION:
        raise Refused("no_question", _("The counterparty has asked nothing about this document."))
    sending.reply = reply
    sending.state, sending.answered_at = SENT, None
    take(sending, DELIVERED, sending.reason, sending.text, by, at)


@action(
    "power.register",
    makes=Power,
    event="registered",
    right="approve",
    form=PowerForm,
    icon="certificate",
    title=_l("Register a power to sign"),
    says=_l("%(by)s registered that %(holder)s may sign: %(basis)s"),
    refusals=("ends_before",),
)
def register_power(
    *, holder: Colleague, basis: str, begins: date, ends: date | None = None, by: Colleague, at: datetime
) -> Power:
    """Write down that a colleague may sign for the firm between two days."""
    if ends is not None and ends < begins:
        raise Refused("ends_before", _("The last day is before the first one. Change one of them."))
    power = Power(holder=holder, basis=basis, begins=begins, ends=ends)
    stamp_new(power, by, at)
    db.session.add(power)
    return power


@action(
    "power.revoke",
    on=Power,
    event="revoked",
    right="approve",
    kind="danger",
    icon="ban",
    title=_l("Revoke"),
    says=_l("%(by)s revoked the power of %(record)s"),
    shown=lambda power: power.holds_on(current_space().today()),
    refusals=("is_over",),
)
def revoke_power(power: Power, *, by: Colleague, at: datetime) -> None:
    """End a power to sign with yesterday; what was signed before stays signed."""
    today = at.astimezone(current_space().zone).date()
    if not power.holds_on(today):
        raise Refused("is_over", _("This power does not hold any more."))
    power.revoked_on = date.fromordinal(today.toordinal() - 1)
    stamp_change(power, by, at)


def _take(
    sending: Sending, answer: str, reason: str | None, text: str | None, by: Colleague, at: datetime
) -> None:
    take(sending, answer, reason, text, by, at)
    tell(answer=answer, outcome=in_both(answer_words(answer, sending.document.company.name, text)))
    if reason:
        tell(reason=reason)


def answer_words(answer: str, company: str, text: str | None) -> Callable[[], str]:
    """What a counterparty did, as words to be said in a language."""
    words: dict[str, Callable[[], str]] = {
        DELIVERED: lambda: _("delivered to %(company)s", company=company),
        SIGNED: lambda: _("%(company)s signed it", company=company),
        REFUSED: lambda: _("%(company)s refused to sign: %(text)s", company=company, text=text or "—"),
        CLARIFICATION: lambda: _("%(company)s asks: %(text)s", company=company, text=text or "—"),
    }
    return words[answer]


def in_both(said: Callable[[], str]) -> dict[str, Any]:
    """Words as an event keeps them: in both languages."""
    found = {}
    for language in ("en", "ru"):
        with force_locale(language):
            found[language] = said()
    return found
