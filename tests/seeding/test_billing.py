"""What the firm billed in the past is believable, and something is always left to do about it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from flask import Flask

from sandbox.crm import Document, Payment, Sending
from sandbox.extensions import db
from sandbox.ledger import Event
from sandbox.ledger.feed import sentence
from sandbox.seeding.templates import template_for
from sandbox.spaces import current_space, every, inside

DAY = date(2026, 3, 18)
COMPANIES = ("fuel-cards", "office-supply")


@pytest.fixture(params=COMPANIES)
def papers(app: Flask, request: pytest.FixtureRequest) -> Any:
    with app.test_request_context("/"):
        space = template_for(request.param, 1, DAY)
        with inside(space):
            yield list(db.session.scalars(every(Document).order_by(Document.date, Document.id)))


def of(papers: list[Document], kind: str) -> list[Document]:
    return [one for one in papers if one.kind == kind]


def test_every_state_is_there_to_practise_on(papers: list[Document]) -> None:
    invoices = Counter(one.state(DAY) for one in of(papers, "invoice"))
    assert invoices["paid"] >= 5 and invoices["overdue"] == 1 and invoices["partly"] == 1
    closing = Counter(one.status for one in of(papers, "closing"))
    for status in ("issued", "sent", "delivered", "refused", "clarification", "corrected", "signed"):
        assert closing[status], status


def test_sums_add_up_and_money_stands_on_the_deals(papers: list[Document]) -> None:
    received = Counter[int]()
    for payment in db.session.scalars(every(Payment)):
        received[payment.document_id] += int(payment.amount * 100)
    for one in of(papers, "invoice"):
        assert one.amount == sum(line.total for line in one.lines) == (one.net or 0) + (one.vat or 0)
        assert int((one.paid or 0) * 100) == received[one.id]
        assert one.deal.paid_amount == one.paid or not one.paid


def test_numbers_have_no_gaps_and_texts_no_braces(papers: list[Document]) -> None:
    for kind in ("invoice", "closing"):
        serials: dict[tuple[str, int | None], list[int]] = {}
        for one in of(papers, kind):
            serials.setdefault((one.type, one.year), []).append(one.serial or 0)
            text = one.versions[0].text or ""
            assert one.number in text and "{" not in text
        for numbers in serials.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_a_correction_is_linked_to_what_it_corrects_and_on_its_way(papers: list[Document]) -> None:
    [corrected] = [one for one in papers if one.status == "corrected"]
    [correction] = [one for one in papers if one.base_id == corrected.id]
    assert correction.type == corrected.said.corrected_by  # type: ignore[union-attr]
    assert correction.lines[0].quantity == corrected.lines[0].quantity - 1
    [refusal] = db.session.scalars(every(Sending).where(Sending.document_id == corrected.id))
    assert refusal.state == "refused" and refusal.text


def test_the_feed_tells_of_it_in_words(papers: list[Document]) -> None:
    codes = ("document.invoiced", "document.payment_recorded", "document.closed", "document.answered")
    for code in codes:
        told = db.session.scalars(every(Event).where(Event.code == code)).first()
        assert told is not None and "%(" not in sentence(told) and "None" not in sentence(told)


def test_no_counterparty_is_late_with_an_answer(papers: list[Document]) -> None:
    """Nothing is due before the day begins, so that the worker tells no old stories in a fresh space."""
    now = current_space().now()
    waiting = list(db.session.scalars(every(Sending).where(Sending.answers_at.is_not(None))))
    assert len(waiting) == 3 and all(one.answers_at > now for one in waiting if one.answers_at)


def test_people_work_by_day(papers: list[Document]) -> None:
    hours, zone = current_space().company.working_hours, current_space().zone
    codes = ("document.close", "document.send", "document.correct")
    for event in db.session.scalars(every(Event).where(Event.action.in_(codes))):
        here = event.at.astimezone(zone)
        assert hours.begins <= here.time() <= hours.ends and here.weekday() < 5, (event.action, here)
