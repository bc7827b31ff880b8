"""How a paper goes through the exchange, inside a running action: the checks, the sending, the answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from zlib import crc32

from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from sandbox.crm.customers.cleaning import identifier_faults
from sandbox.crm.customers.models import Company
from sandbox.crm.documents.details import details_of
from sandbox.crm.documents.exchange_models import Power, Sending
from sandbox.crm.documents.models import (
    CLARIFICATION,
    DELIVERED,
    ISSUED,
    REFUSED,
    SENT,
    SIGNED,
    Document,
)
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.spaces import Colleague, current_space, every, first
from sandbox.spaces.company_documents import Exchange
from sandbox.web.formatting import date_short

ANSWERS = (DELIVERED, SIGNED, REFUSED, CLARIFICATION)
SENDING = ("no_exchange", "not_closing", "not_issued", "no_numbers", "not_connected", "card_changed")
POWERS = ("no_power", "power_over")


def exchange_of_company() -> Exchange:
    """The operator that the firm exchanges papers through; Refused where it has none."""
    exchange = current_space().company.documents.exchange
    if exchange is None:
        raise Refused(
            "no_exchange", _("Our company exchanges no documents electronically. Send it on paper.")
        )
    return exchange


def send(document: Document, signer: Colleague, by: Colleague, at: datetime) -> Sending:
    """Send the current version to the party of the paper, signed by a colleague who may sign today."""
    exchange = exchange_of_company()
    if document.kind != "closing" or document.incoming:
        raise Refused(
            "not_closing", _("Closing documents go through the exchange. Other papers are signed apart.")
        )
    if document.status != ISSUED:
        raise Refused("not_issued", _("This document has gone out already. Follow its state on its page."))
    participant = participant_of(document.company, exchange)
    _insist_on_card(document)
    day = at.astimezone(current_space().zone).date()
    sending = Sending(
        document=document,
        version_number=document.current,
        state=SENT,
        signer=signer,
        power=power_of(signer, day),
        participant=participant,
        answers_at=at + timedelta(minutes=exchange.deliver_minutes),
    )
    stamp_new(sending, by, at)
    db.session.add(sending)
    document.status = SENT
    stamp_change(document, by, at)
    return sending


def power_of(signer: Colleague, day: date) -> Power:
    """The power by which a colleague may sign on a day; Refused where there is none, or it is over."""
    powers = list(db.session.scalars(every(Power).where(Power.holder_id == signer.id).order_by(Power.id)))
    holding = next((one for one in powers if one.holds_on(day)), None)
    if holding is not None:
        return holding
    past = [one.last_day for one in powers if one.last_day is not None and one.last_day < day]
    if past:
        raise Refused(
            "power_over",
            _(
                "%(name)s may no longer sign: the power was valid until %(day)s. Choose another signer.",
                name=signer.name,
                day=date_short(max(past)),
            ),
        )
    raise Refused(
        "no_power",
        _("%(name)s has no power to sign for the company today. Choose another signer.", name=signer.name),
    )


def participant_of(company: Company, exchange: Exchange) -> str:
    """The counterparty's number at the operator, found by its tax numbers; Refused where it is not there."""
    country = current_space().company.country
    if country == "RU":
        whole = bool(company.inn) and (company.is_sole_trader or bool(company.kpp))
        wrong = identifier_faults(company.inn, company.kpp, None, sole_trader=company.is_sole_trader)
        if wrong:
            raise Refused("no_numbers", next(iter(wrong.values())))
        missing = _(
            "The exchange finds a counterparty by INN and KPP: fill them in on the card of “%(company)s”."
        )
    else:
        whole = bool(company.inn)
        missing = _(
            "The exchange finds a counterparty by its tax number: fill it in on the card of “%(company)s”."
        )
    if not whole:
        raise Refused("no_numbers", missing % {"company": company.name})
    if exchange.connected and (company.custom or {}).get(exchange.connected) is False:
        raise Refused(
            "not_connected",
            _(
                "%(company)s does not exchange documents electronically. Send it on paper.",
                company=company.name,
            ),
        )
    numbers = "-".join(part for part in (company.inn, company.kpp) if part)
    return f"{exchange.prefix}-{numbers}-{crc32(numbers.encode()) % 10**8:08}"


def take(
    sending: Sending, answer: str, reason: str | None, text: str | None, by: Colleague, at: datetime
) -> None:
    """The counterparty's side acts: the paper has arrived, is signed, refused, or something is asked."""
    document, exchange = sending.document, exchange_of_company()
    if not sending.waits:
        raise Refused(
            "not_waiting", _("The counterparty has answered already. See the state of the document.")
        )
    if answer == DELIVERED and sending.state == DELIVERED:
        raise Refused(
            "not_waiting", _("This document has been delivered already. Its answer is still to come.")
        )
    sending.delivered_at = sending.delivered_at or at
    sending.state = document.status = answer
    sending.answers_at = None
    if answer == DELIVERED:
        sending.answers_at = at + timedelta(minutes=exchange.answer_minutes)
    else:
        sending.answered_at, sending.reason, sending.text = at, reason, text
    if answer == SIGNED:
        # what comes back signed through the exchange is the original
        document.signed_on = document.received_on = at.astimezone(current_space().zone).date()
    stamp_change(sending, by, at)
    stamp_change(document, by, at)


def answer_due(sending: Sending) -> tuple[str, str | None, str | None]:
    """What the counterparty does next, the reason's code and words: the same whenever it is asked."""
    if sending.state == SENT:
        return DELIVERED, None, None
    exchange, document = exchange_of_company(), sending.document
    space = current_space()
    chance = Random(f"{space.seed}:{document.type}:{document.serial}:{document.number}")  # noqa: S311
    drawn = chance.uniform(0, 100)
    settled = sending.reply is not None or corrected_by_it(document) is not None
    for answer, kind, share in (
        (REFUSED, "refusal", exchange.refused),
        (CLARIFICATION, "question", exchange.questioned),
    ):
        reasons = [one for one in exchange.reasons if one.kind == kind]
        if drawn < share and reasons and not settled:
            chosen = chance.choice(reasons)
            return answer, chosen.code, chosen.title[space.company.language]
        drawn -= float(share)
    return SIGNED, None, None


def corrected_by_it(document: Document) -> Document | None:
    """The paper that this one corrects; None where it is no correction."""
    return document.base if document.base is not None and document.base.kind == "closing" else None


def last_sending(document: Document) -> Sending | None:
    """The newest way of a paper through the exchange."""
    query = every(Sending).where(Sending.document_id == document.id).order_by(Sending.id.desc())
    return first(query.options(joinedload(Sending.signer), joinedload(Sending.power)))


def sending_of(document: Document) -> Sending:
    """The same; Refused where it was never sent."""
    sending = last_sending(document)
    if sending is None:
        raise Refused("not_sent", _("This document was not sent through the exchange yet."))
    return sending


def _insist_on_card(document: Document) -> None:
    """Refuse to send a text whose details are no longer those of the card."""
    version = document.version_of(document.current)
    written = (version.filled or {}).get("customer") if version is not None else None
    if written is not None and written != details_of(document)["customer"]:
        raise Refused(
            "card_changed",
            _(
                "The card of %(company)s has changed since this was written. Annul it and make it anew.",
                company=document.company.name,
            ),
        )
