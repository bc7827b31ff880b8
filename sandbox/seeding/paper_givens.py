"""Papers laid out for a scenario: offers with lines, contracts, invoices, closing documents on their way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sandbox.crm import Company, Deal, Document, Offer, Power, Sending
from sandbox.crm.documents.exchanging import participant_of
from sandbox.crm.documents.lines import Agreed, Whole, copied, put_lines
from sandbox.crm.documents.making import known_type, make_document, write_version
from sandbox.crm.documents.models import (
    CLARIFICATION,
    DELIVERED,
    ISSUED,
    PAID,
    REFUSED,
    SENT,
    SIGNED,
    WITH_LINES,
)
from sandbox.crm.documents.questions import agreed_lines
from sandbox.crm.record import stamp_new
from sandbox.crm.sales.catalogue.queries import usual_price_list
from sandbox.crm.sales.offers.making import make_offer, put_line
from sandbox.crm.sales.offers.models import ACCEPTED, DECLINED
from sandbox.crm.sales.offers.models import SENT as SENT_OFFER
from sandbox.extensions import db
from sandbox.seeding.addresses import compose_place
from sandbox.seeding.chance import Chance
from sandbox.seeding.requisites import compose_ein, compose_inn, compose_kpp
from sandbox.spaces import Colleague, current_space, every

Values = dict[str, Any]
Make = Callable[[Values, Colleague, datetime], Any]
_WAYS = (SENT, DELIVERED, SIGNED, REFUSED, CLARIFICATION)


def given_offer(values: Values, by: Colleague, at: datetime, chance: Chance, deal: Make) -> Offer:
    """An offer with a line of the first product of its list, near the deal's amount; a draft unless said."""
    fields, day = dict(values), _day(at)
    status, on = fields.pop("status", None), fields.pop("deal", None) or deal({}, by, at)
    prices = fields.pop("price_list", None) or usual_price_list(day)
    if prices is None:
        raise ValueError("no price list is valid on this day")
    complete(on.company, chance)
    offer = make_offer(
        on,
        price_list=prices,
        valid_until=fields.pop("valid_until", None) or day + timedelta(days=14),
        discount=fields.pop("discount", None),
        note=fields.pop("note", None),
        by=by,
        at=at,
    )
    line = prices.prices[0]
    put_line(offer, line.product, max(1, int((on.amount or line.amount * 10) / line.amount)), None)
    if status is not None:
        offer.status = status
        offer.sent_at = at if status in (SENT_OFFER, ACCEPTED, DECLINED) else None
        offer.answered_at = at if status in (ACCEPTED, DECLINED) else None
    return offer


def given_document(values: Values, by: Colleague, at: datetime, chance: Chance, deal: Make) -> Document:
    """A paper of ours with its text written; of the first type where none is said."""
    fields = dict(values)
    status, base = fields.pop("status", None), fields.get("base")
    said = known_type(fields.pop("type", None) or current_space().company.documents.types[0].code)
    on: Deal | None = fields.pop("deal", None) or (base.deal if base is not None else None)
    party: Company | None = fields.pop("company", None) or (base.company if base is not None else None)
    if on is None and party is None:
        on = deal({}, by, at)
    party = party or (on.company if on is not None else None)
    if party is None:
        raise ValueError("a paper needs a company, or a deal that has one")
    complete(party, chance)
    _complete_deal(on, chance)
    kept = {
        name: fields.pop(name)
        for name in ("due_on", "supplied_on", "variant", "signed_on", "received_on")
        if name in fields
    }
    paper = make_document(
        type=said.code,
        company=party,
        deal=on,
        date=fields.pop("date", None) or _day(at),
        amount=fields.pop("amount", None) or (on.amount if on is not None else None) or Decimal(1000),
        by=by,
        at=at,
        **fields,
    )
    for name, value in kept.items():
        setattr(paper, name, value)
    if said.kind in WITH_LINES:
        _bill(paper, said.kind)
    if said.template is not None:
        write_version(paper, note=None, by=by, at=at)
    _bring_to(paper, status or (ISSUED if said.kind in WITH_LINES else paper.status), by, at)
    return paper


def complete(company: Company | None, chance: Chance) -> None:
    """Give a card the numbers and the address that papers ask for, where it has none."""
    if company is None:
        return
    company.address = company.address or compose_place(chance).address
    if not company.inn:
        russian = current_space().company.country == "RU"
        company.inn = (
            compose_inn(chance, sole_trader=company.is_sole_trader) if russian else compose_ein(chance)
        )
    if current_space().company.country == "RU" and not company.is_sole_trader and not company.kpp:
        company.kpp = compose_kpp(company.inn)
    exchange = current_space().company.documents.exchange
    if exchange is not None and exchange.connected and exchange.connected not in (company.custom or {}):
        company.custom = {**(company.custom or {}), exchange.connected: True}


def _complete_deal(deal: Deal | None, chance: Chance) -> None:
    if deal is not None:
        complete(deal.company, chance)
        deal.amount = deal.amount or Decimal(1000)


def _bill(paper: Document, kind: str) -> None:
    """The lines of what it is made for, else of what was agreed on its deal, else one for the whole."""
    offers = agreed_lines.ask(paper.deal) if paper.deal is not None else []
    company = current_space().company
    if paper.base is not None and paper.base.lines:
        agreed = copied(paper.base)
    elif offers:
        agreed = Agreed(offers[0].lines, offers[0].discount, offers[0].vat_included)
        paper.offer_id = offers[0].id if kind == "invoice" else None
    else:
        product = company.products[0]
        quantity = max(1, int((paper.amount or product.price) / product.price))
        agreed = Agreed([Whole(product.name, product.unit, product.price, quantity)], Decimal(0), True)
    put_lines(paper, agreed, company.vat_rate(paper.date))
    if kind == "invoice":
        paper.paid = Decimal(0)
        paper.due_on = paper.due_on or paper.date + timedelta(days=company.documents.invoice_days)
        return
    paper.supplied_on = paper.supplied_on or paper.date
    variants = paper.said.variants if paper.said is not None else []
    taxed = [one.code for one in variants if one.taxed in (None, (paper.vat or 0) > 0)]
    paper.variant = paper.variant or (taxed[0] if taxed else None)


def _bring_to(paper: Document, status: str, by: Colleague, at: datetime) -> None:
    """The paper as far as it has come: paid, signed, or on its way through the exchange."""
    paper.status = status
    if status == PAID:
        paper.paid = paper.amount
    if status == SIGNED:
        paper.signed_on = paper.signed_on or _day(at)
        paper.received_on = paper.received_on or (_day(at) if paper.kind == "closing" else None)
    if paper.kind == "closing" and status in _WAYS:
        _send(paper, status, by, at)


def _send(paper: Document, status: str, by: Colleague, at: datetime) -> None:
    exchange = current_space().company.documents.exchange
    powers = db.session.scalars(every(Power).order_by(Power.id))
    power = next((one for one in powers if one.holds_on(_day(at))), None)
    if exchange is None or power is None:
        raise ValueError("nothing is sent without an operator and somebody who may sign")
    kind = {REFUSED: "refusal", CLARIFICATION: "question"}.get(status)
    said = next((one for one in exchange.reasons if one.kind == kind), None)
    waits = {SENT: exchange.deliver_minutes, DELIVERED: exchange.answer_minutes}.get(status)
    sending = Sending(
        document=paper,
        version_number=paper.current,
        state=status,
        signer=power.holder,
        power=power,
        participant=participant_of(paper.company, exchange),
        answers_at=at + timedelta(minutes=waits) if waits else None,
        delivered_at=None if status == SENT else at,
        answered_at=None if status in (SENT, DELIVERED) else at,
        reason=said.code if said else None,
        text=said.title[current_space().company.language] if said else None,
    )
    stamp_new(sending, by, at)
    db.session.add(sending)


def _day(at: datetime) -> date:
    return at.astimezone(current_space().zone).date()
