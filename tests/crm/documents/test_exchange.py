"""Closing documents go through the exchange: right kind and status, a valid signer, followed to their end."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.crm import Document, Power, Sending
from sandbox.crm.documents.exchange_working import answer_what_is_due
from sandbox.crm.documents.exchanging import answer_due, last_sending
from sandbox.extensions import db
from sandbox.ledger import Event
from sandbox.ledger.feed import sentence
from sandbox.spaces import Colleague, every, first
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.documents.test_invoices import accepted, customer, said
from tests.factories.crm import TODAY, Desk, refused

pytestmark = pytest.mark.both_databases

D = Decimal


def closing_type(desk: Desk) -> dict[str, Any]:
    russian = desk.space.company.country == "RU"
    return {"type": "transfer", "variant": "1"} if russian else {"type": "delivery"}


def invoiced(desk: Desk, company: Any = None) -> Any:
    """An invoice for an accepted offer."""
    offer = accepted(desk, company)
    return desk.do("document.invoice", offer, **said(offer.deal.company)).record


def closing(desk: Desk, company: Any = None, **fields: Any) -> Any:
    """A closing document for what was invoiced."""
    values = {**closing_type(desk), "date": TODAY, "supplied_on": TODAY, **fields}
    return desk.do("document.close", invoiced(desk, company), **values).record


def colleague(desk: Desk, role: str) -> Any:
    return first(every(Colleague).where(Colleague.job_role == role))


def sent(desk: Desk, company: Any = None, **fields: Any) -> Any:
    """A closing document on its way."""
    paper = closing(desk, company, **fields)
    desk.do("document.send", paper, signer=colleague(desk, "director"))
    return paper


def answered(desk: Desk, paper: Any, answer: str, **fields: Any) -> Any:
    desk.do("document.take_answer", paper, answer=answer, **fields)
    db.session.refresh(paper)
    return paper


def test_a_closing_document_has_the_lines_of_its_invoice(desk: Desk) -> None:
    paper = closing(desk)
    assert paper.base.kind == "invoice" and paper.amount == paper.base.amount
    assert [(one.name, one.quantity, one.total) for one in paper.lines] == [
        (one.name, one.quantity, one.total) for one in paper.base.lines
    ]
    assert (paper.number, paper.status) == ("DN-2026-00001", "issued")
    assert "{" not in paper.versions[0].text


def test_the_status_of_a_transfer_document_follows_the_tax(russian_desk: Desk) -> None:
    desk, invoice = russian_desk, invoiced(russian_desk)
    values = {"type": "transfer", "date": TODAY, "supplied_on": TODAY}
    assert refused(desk, "document.close", invoice, **values) == "no_variant"
    assert refused(desk, "document.close", invoice, **values, variant="2") == "wrong_variant"
    made: Any = desk.do("document.close", invoice, **values, variant="1").record
    assert "статус 1, счёт-фактура" in made.versions[0].text
    assert refused(desk, "document.close", invoice, **values, variant="1") == "closed_already"


def test_goods_are_not_closed_with_a_paper_for_services(desk: Desk, russian_desk: Desk) -> None:
    values = {"date": TODAY, "supplied_on": TODAY}
    invoice = invoiced(russian_desk)
    assert refused(russian_desk, "document.close", invoice, type="act", **values) == "wrong_type"


def test_what_was_not_supplied_yet_is_not_closed(desk: Desk) -> None:
    invoice, ahead = invoiced(desk), TODAY + timedelta(1)
    assert (
        refused(desk, "document.close", invoice, **closing_type(desk), date=ahead, supplied_on=ahead)
        == "supply_ahead"
    )
    assert (
        refused(
            desk,
            "document.close",
            invoice,
            **closing_type(desk),
            date=TODAY - timedelta(1),
            supplied_on=TODAY,
        )
        == "dated_before"
    )


def test_only_who_may_sign_today_signs(desk: Desk) -> None:
    paper = closing(desk)
    head, me = colleague(desk, "head-of-sales"), desk.me
    assert refused(desk, "document.send", paper, signer=head) == "power_over"
    assert refused(desk, "document.send", paper, signer=me) == "no_power"
    lawyer = Desk(desk.space, "lawyer")
    lawyer.do("power.register", holder=me, basis="Signing authority 9", begins=TODAY, ends=TODAY)
    desk.do("document.send", paper, signer=me)
    sending = last_sending(paper)
    assert sending is not None and sending.power.basis == "Signing authority 9"


def test_a_revoked_power_signs_nothing_more(desk: Desk) -> None:
    paper, director = closing(desk), colleague(desk, "director")
    power = first(every(Power).where(Power.holder_id == director.id))
    Desk(desk.space, "lawyer").do("power.revoke", power)
    assert refused(desk, "document.send", paper, signer=director) == "power_over"


def test_a_counterparty_is_found_by_its_numbers_and_must_be_there(russian_desk: Desk) -> None:
    desk = russian_desk
    company = customer(desk, custom={"electronic_papers": False})
    paper, director = closing(desk, company), colleague(desk, "director")
    assert refused(desk, "document.send", paper, signer=director) == "not_connected"
    connected = {"custom.electronic_papers": True}
    desk.do("company.edit", company, **numbers(company), kpp="970701001", **connected)
    desk.do("document.send", paper, signer=director)
    sending = last_sending(paper)
    assert sending is not None and sending.participant.startswith("2ZL-9798012347-970701001-")


def test_a_text_whose_card_has_changed_is_not_sent(russian_desk: Desk) -> None:
    desk, company = russian_desk, customer(russian_desk)
    paper, director = closing(desk, company), colleague(desk, "director")
    desk.do("company.edit", company, **numbers(company), kpp="970702001")
    assert refused(desk, "document.send", paper, signer=director) == "card_changed"


def numbers(company: Any) -> dict[str, Any]:
    return {"name": company.name, "inn": company.inn, "address": company.address}


def test_a_paper_is_followed_to_its_signature(desk: Desk) -> None:
    paper = sent(desk)
    assert paper.status == "sent"
    answered(desk, paper, "delivered")
    assert paper.status == "delivered"
    answered(desk, paper, "signed")
    assert (paper.status, paper.signed_on, paper.original_received) == ("signed", TODAY, True)
    assert refused(desk, "document.take_answer", paper, answer="signed") == "not_waiting"
    assert refused(desk, "document.annul", paper, reason="No") == "is_signed"


def test_a_refused_paper_is_corrected_and_both_stay(desk: Desk) -> None:
    paper = answered(desk, sent(desk), "refused", reason="quantity", text="Ten came, not twelve.")
    assert refused(desk, "document.annul", paper, reason="No") == "has_gone_out"
    before = [(one.quantity, one.total) for one in paper.lines]
    made: Any = desk.do("document.correct", paper, date=TODAY, note="The quantity").record
    assert (made.type, made.base, paper.status, made.status) == (
        "delivery-corrected",
        paper,
        "corrected",
        "issued",
    )
    desk.do("document_line.edit", made.lines[0], quantity=10, price=made.lines[0].price)
    db.session.refresh(made)
    assert (made.lines[0].quantity, made.current) == (10, 2)
    assert made.amount < paper.amount and "10 cartons" in made.version_of(2).text
    assert [(one.quantity, one.total) for one in paper.lines] == before
    assert refused(desk, "document_line.edit", paper.lines[0], quantity=1, price=D(1)) == "no_correction"
    desk.do("document.send", made, signer=colleague(desk, "director"))
    assert refused(desk, "document_line.edit", made.lines[0], quantity=1, price=D(1)) == "has_gone_out"
    sending = last_sending(made)
    assert sending is not None
    sending_answers = [answer_due(sending)[0]]
    answered(desk, made, "delivered")
    sending_answers.append(answer_due(sending)[0])
    assert sending_answers == ["delivered", "signed"]


def test_a_question_is_answered_and_then_the_paper_is_signed(desk: Desk) -> None:
    paper = answered(desk, sent(desk), "clarification", text="Which office?")
    assert refused(desk, "document.take_answer", paper, answer="signed") == "not_waiting"
    desk.do("document.reply", paper, reply="The one on Elm Street")
    sending = last_sending(paper)
    assert sending is not None and (paper.status, sending.reply) == ("delivered", "The one on Elm Street")
    assert answer_due(sending)[0] == "signed"
    desk.do("document.next_answer", paper)
    assert paper.status == "signed"


def test_answers_come_by_the_spaces_clock_and_bear_its_time(desk: Desk) -> None:
    paper = sent(desk)
    number = paper.id
    assert answer_what_is_due() == 0
    with unit_of_work() as session:
        desk.space = session.merge(desk.space)
        desk.space.clock_shown += timedelta(hours=5)
    assert answer_what_is_due() == 2
    paper = db.session.get_one(Document, number)
    sending = last_sending(paper)
    assert sending is not None and sending.delivered_at is not None and sending.answered_at is not None
    assert paper.status in ("signed", "refused", "clarification")
    assert sending.delivered_at - sending.created_at == timedelta(minutes=10)
    assert sending.answered_at - sending.delivered_at == timedelta(minutes=120)
    told = list(db.session.scalars(every(Event).where(Event.action == "document.take_answer")))
    assert [event.origin for event in told] == ["system", "system"]
    assert "Maple Dental" in sentence(told[0])
    assert answer_what_is_due() == 0


def test_the_same_paper_is_always_answered_alike(desk: Desk) -> None:
    paper = answered(desk, sent(desk), "delivered")
    sending = last_sending(paper)
    assert sending is not None
    assert len({answer_due(sending) for _ in range(5)}) == 1
    assert db.session.scalar(every(Sending)) is sending


def test_counterparties_answer_in_all_three_ways(desk: Desk) -> None:
    paper = answered(desk, sent(desk), "delivered")
    sending = last_sending(paper)
    assert sending is not None
    answers = set()
    with db.session.no_autoflush:
        for serial in range(200):
            paper.serial = serial
            answers.add(answer_due(sending)[0])
        db.session.expire(paper)
    assert answers == {"signed", "refused", "clarification"}
