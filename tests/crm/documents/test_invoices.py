"""An invoice is for what was agreed, to who agreed to it; what comes in for it counts for the deal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.crm import Document, Offer
from sandbox.crm.documents.chasing import not_closed
from sandbox.crm.documents.payments import payments_of
from sandbox.extensions import db
from sandbox.kernel.money import round_money
from sandbox.ledger import undo
from sandbox.spaces import every, first
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import TODAY, Desk, refused

pytestmark = pytest.mark.both_databases

D = Decimal
DUE = TODAY + timedelta(days=10)
TYPE = "invoice"


def customer(desk: Desk, **fields: Any) -> Any:
    """A company whose card has everything that an invoice asks for."""
    russian = desk.space.company.country == "RU"
    ids = {"inn": "9798012347", "kpp": "970701001"} if russian else {"inn": "31-0045678"}
    name = "Кедровый тракт" if russian else "Maple Dental"
    return desk.company(name, **{"address": "1 Elm Street", **ids, **fields})


def accepted(desk: Desk, company: Any = None, **fields: Any) -> Offer:
    """An offer that its customer accepted."""
    company = company or customer(desk)
    deal = desk.deal(company=company, contact=desk.contact(company=company))
    offer = desk.offer(deal, quantity=12, **fields)
    desk.do("offer.send", offer)
    desk.do("offer.accept", offer, take_total=True)
    return offer


def said(company: Any, **fields: Any) -> dict[str, Any]:
    return {"type": TYPE, "company": company, "date": TODAY, "due_on": DUE, **fields}


def invoice(desk: Desk, **fields: Any) -> Any:
    offer = accepted(desk, **fields)
    return desk.do("document.invoice", offer, **said(offer.deal.company)).record


def test_an_invoice_takes_lines_sums_and_tax_of_the_offer(desk: Desk) -> None:
    offer = accepted(desk, discount=D(5))
    paper: Any = desk.do("document.invoice", offer, **said(offer.deal.company)).record
    assert [(one.name, one.quantity, one.price, one.total) for one in paper.lines] == [
        (one.name, one.quantity, one.price, one.total) for one in offer.lines
    ]
    assert (paper.net, paper.vat, paper.amount) == (offer.net, offer.vat, offer.total)
    assert (paper.number, paper.status, paper.left, paper.deal) == (
        "INV-2026-00001",
        "issued",
        offer.total,
        offer.deal,
    )
    text = paper.versions[0].text
    assert "Maple Dental" in text and "31-0045678" in text and "March 28, 2026" in text and "{" not in text


def test_a_russian_invoice_shows_the_tax_that_is_in_its_prices(russian_desk: Desk) -> None:
    paper = invoice(russian_desk)
    assert (paper.vat_rate, paper.vat_included) == (D(22), True)
    assert paper.vat == D("757.38") and paper.amount == D(4200)
    text = paper.versions[0].text
    assert "ИНН 9798012347, КПП 970701001" in text and "СЧ-2026/00001" in text


def test_the_tax_is_that_of_the_invoices_day(russian_desk: Desk) -> None:
    offer = accepted(russian_desk)
    last_year = date(2025, 12, 30)
    paper: Any = russian_desk.do("document.invoice", offer, **said(offer.deal.company, date=last_year)).record
    assert (paper.vat_rate, paper.vat, paper.amount) == (D(20), D(700), D(4200))


def test_only_who_agreed_is_invoiced(desk: Desk) -> None:
    offer, twin = accepted(desk), desk.company("Maple Dentistry", inn="31-0045679", address="1 Elm Street")
    assert refused(desk, "document.invoice", offer, **said(twin)) == "wrong_payer"
    assert first(every(Document)) is None


def test_a_payer_needs_numbers_and_an_address(russian_desk: Desk) -> None:
    company = customer(russian_desk, kpp=None)
    offer = accepted(russian_desk, company)
    assert refused(russian_desk, "document.invoice", offer, **said(company)) == "missing_details"
    assert first(every(Document)) is None


def test_an_offer_that_nobody_accepted_is_not_invoiced_nor_twice(desk: Desk) -> None:
    company = customer(desk)
    waiting = desk.offer(desk.deal(company=company))
    assert refused(desk, "document.invoice", waiting, **said(company)) == "not_accepted"
    offer = accepted(desk, company)
    paper: Any = desk.do("document.invoice", offer, **said(company)).record
    assert refused(desk, "document.invoice", offer, **said(company)) == "invoiced_already"
    assert refused(desk, "document.invoice", offer, **said(company, due_on=TODAY - timedelta(1))) == (
        "due_before_date"
    )
    desk.do("document.annul", paper, reason="Wrong day")
    again: Any = desk.do("document.invoice", offer, **said(company)).record
    assert again.number == "INV-2026-00002"


def test_an_advance_and_the_rest_come_to_what_was_agreed(desk: Desk) -> None:
    offer = accepted(desk)
    company = offer.deal.company
    assert refused(desk, "document.invoice", offer, **said(company, part=D(130))) == "wrong_part"
    advance: Any = desk.do("document.invoice", offer, **said(company, part=D(30))).record
    assert (advance.part, advance.amount) == (D(30), round_money(offer.total * D("0.3")))
    assert [one.name for one in advance.lines] == [f"Advance of 30%: {offer.deal.title}"]
    assert advance.net + advance.vat == advance.amount and advance.vat > 0
    assert refused(desk, "document.invoice", offer, **said(company, part=D(80))) == "wrong_part"
    rest: Any = desk.do("document.invoice", offer, **said(company)).record
    assert rest.part == D(70) and advance.amount + rest.amount == offer.total
    assert rest.lines[0].name.startswith("The rest, 70%")
    assert refused(desk, "document.invoice", offer, **said(company)) == "invoiced_already"


def test_a_supply_that_was_paid_in_parts_is_closed_once_and_whole(desk: Desk) -> None:
    offer = accepted(desk)
    parts: Any = [desk.do("document.invoice", offer, **said(offer.deal.company, part=D(40))).record]
    parts.append(desk.do("document.invoice", offer, **said(offer.deal.company)).record)
    desk.do("document.record_payment", parts[0], amount=parts[0].left, day=TODAY)
    assert not_closed() == []
    desk.do("document.record_payment", parts[1], amount=parts[1].left, day=TODAY)
    assert not_closed() == parts
    how = {"type": "delivery", "date": TODAY, "supplied_on": TODAY}
    paper: Any = desk.do("document.close", parts[1], **how).record
    assert [one.name for one in paper.lines] == [one.name for one in offer.lines]
    assert paper.amount == offer.total
    assert refused(desk, "document.close", parts[0], **how) == "closed_already"
    assert not_closed() == []


def test_a_signed_contract_is_invoiced_for_its_amount(desk: Desk) -> None:
    company = customer(desk)
    deal = desk.deal(company=company, contact=desk.contact(company=company, position="Director"))
    desk.do("document.draft", deal, type="addendum", date=TODAY, amount=D(1000))
    contract: Any = first(every(Document))
    assert refused(desk, "document.invoice", contract, **said(company)) == "not_signed"
    desk.do("document.submit", contract)
    Desk(desk.space, "lawyer").do("document.approve", contract)
    desk.do("document.sign", contract, signed_on=TODAY)
    paper: Any = desk.do("document.invoice", contract, **said(company)).record
    assert (paper.net, paper.vat, paper.amount) == (D(1000), D("57.50"), D("1057.50"))
    assert (paper.base, paper.deal, [one.name for one in paper.lines]) == (contract, deal, [deal.title])


def test_payments_add_up_until_nothing_is_left_and_count_for_the_deal(desk: Desk) -> None:
    paper = invoice(desk)
    half = D(100)
    assert refused(desk, "deal.win", paper.deal, amount=paper.amount, close_date=TODAY) == "not_paid"
    desk.do("document.record_payment", paper, amount=half, day=TODAY, reference="PO 17")
    assert (paper.status, paper.left) == ("partly", paper.amount - half)
    over = {"amount": paper.amount, "day": TODAY}
    assert refused(desk, "document.record_payment", paper, **over) == "too_much"
    tomorrow = {"amount": half, "day": TODAY + timedelta(1)}
    assert refused(desk, "document.record_payment", paper, **tomorrow) == "day_in_future"
    assert refused(desk, "document.annul", paper, reason="No") == "has_payments"
    desk.do("document.record_payment", paper, amount=paper.left, day=TODAY)
    assert (paper.status, paper.left, paper.deal.paid_amount) == ("paid", 0, paper.amount)
    assert refused(desk, "document.record_payment", paper, amount=half, day=TODAY) == "not_unpaid"
    desk.do("deal.win", paper.deal, amount=paper.amount, close_date=TODAY)


def test_a_payment_of_the_wrong_invoice_is_taken_back_whole(desk: Desk) -> None:
    paper = invoice(desk)
    done = desk.do("document.record_payment", paper, amount=paper.left, day=TODAY)
    with unit_of_work():
        undo([db.session.merge(done.event)], by=desk.me, at=desk.now)
    paper = db.session.get_one(Document, paper.id)
    assert (paper.status, paper.left, paper.deal.paid_amount) == ("issued", paper.amount, None)
    assert payments_of(paper) == []


def test_an_invoice_is_overdue_from_the_day_after(desk: Desk) -> None:
    paper = invoice(desk)
    assert not paper.is_overdue(DUE) and paper.is_overdue(DUE + timedelta(1))
    assert paper.state(DUE + timedelta(1)) == "overdue"
    desk.do("document.record_payment", paper, amount=paper.left, day=TODAY)
    assert paper.state(DUE + timedelta(1)) == "paid"


def test_an_issued_invoice_is_never_rewritten(desk: Desk) -> None:
    paper = invoice(desk)
    assert refused(desk, "document.edit", paper, deal=paper.deal) == "not_writable"
    desk.do("document.record_payment", paper, amount=D(1), day=TODAY)
    assert refused(desk, "document.rewrite", paper, note="Again") == "is_issued"


def test_a_marketer_issues_no_invoice(desk: Desk) -> None:
    offer = accepted(desk)
    marketer = Desk(desk.space, "marketer")
    with pytest.raises(Exception, match="job role"):
        marketer.do("document.invoice", offer, **said(offer.deal.company))
