"""Records laid out for a scenario are whole, and made-up values can be made up again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from sandbox.crm.documents.exchanging import last_sending
from sandbox.ledger import acting
from sandbox.seeding.givens import CompanyFakes, make_given
from sandbox.seeding.recipes import company_file
from sandbox.spaces import inside
from sandbox.training.vocabulary import FAKES
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, Laying, make_space

COMPANIES = ("office-supply", "fuel-cards")


@pytest.fixture(params=COMPANIES)
def desk(app: Any, request: pytest.FixtureRequest) -> Iterator[Desk]:
    with app.test_request_context("/"):
        space = make_space(request.param)
        with inside(space):
            yield Desk(space)


def given(desk: Desk, type_: str, **values: Any) -> Any:
    with unit_of_work(), acting(Laying(), by=None, at=desk.now, origin="given"):
        return make_given(type_, values, by=desk.me, at=desk.now)


@pytest.mark.parametrize(
    "type_",
    [
        *("company", "contact", "lead", "deal", "activity", "case", "instruction", "mention"),
        *("offer", "document"),
    ],
)
def test_a_record_of_which_nothing_is_said_is_whole(desk: Desk, type_: str) -> None:
    row = given(desk, type_)
    assert row.title and row.id
    whose = [getattr(row, name, None) for name in ("owner", "assignee", "colleague")]
    assert desk.me in whose


def test_a_deal_gets_a_company_a_contact_of_it_and_the_first_stage(desk: Desk) -> None:
    deal = given(desk, "deal", amount=Decimal(5000))
    assert deal.contact.company is deal.company
    assert deal.stage.code == "new"
    assert deal.amount == 5000
    assert [span.left_at for span in deal.spans] == [None]


def test_a_deal_stands_in_the_stage_that_is_named(desk: Desk) -> None:
    assert given(desk, "deal", stage="offer").stage.code == "offer"
    won = given(desk, "deal", stage="won")
    assert won.status == "won"
    assert won.won_at == desk.now


def test_a_deal_takes_the_company_of_its_contact(desk: Desk) -> None:
    company = given(desk, "company", name="Maple Dental")
    contact = given(desk, "contact", first_name="Anna", company=company)
    assert given(desk, "deal", contact=contact).company is company


def test_what_is_planned_is_due_by_the_end_of_work(desk: Desk) -> None:
    deal = given(desk, "deal")
    task = given(desk, "activity", on=deal, due=date(2026, 3, 20), subject="Call back")
    assert task.on is deal
    assert task.due == date(2026, 3, 20)
    assert task.is_open


def test_a_call_that_was_given_is_done(desk: Desk) -> None:
    call = given(desk, "activity", kind="call", outcome="reached", on=given(desk, "lead"))
    assert call.done


def test_the_companys_own_fields_are_kept(desk: Desk) -> None:
    row = given(desk, "deal", **{"custom.sites": Decimal(4), "custom.deliver_by": date(2026, 4, 1)})
    assert row.custom == {"sites": 4, "deliver_by": "2026-04-01"}


@pytest.mark.parametrize("code", COMPANIES)
def test_every_word_of_the_vocabulary_is_made_up_and_the_same_again(code: str) -> None:
    first, second = (CompanyFakes(company_file(code), Random(7)) for _ in range(2))
    made = [first.make(word) for word in FAKES]
    assert all(made)
    assert made == [second.make(word) for word in FAKES]


def test_a_first_and_a_last_name_belong_to_one_person() -> None:
    fakes = CompanyFakes(company_file("fuel-cards"), Random(3))
    for _ in range(20):
        first, last = str(fakes.make("first_name")), str(fakes.make("last_name"))
        if last.endswith(("ова", "ева")):
            assert first.endswith(("а", "я", "ь"))


def test_an_unknown_word_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="company"):
        CompanyFakes(company_file("fuel-cards"), Random(3)).make("compony")


def test_an_offer_has_a_line_near_the_amount_of_its_deal(desk: Desk) -> None:
    deal = given(desk, "deal", amount=Decimal(50000))
    offer = given(desk, "offer", deal=deal, status="accepted")
    assert Decimal(40000) < offer.total < Decimal(60000) and offer.sent_at and offer.answered_at


def test_a_contract_is_written_and_stands_where_it_is_said(desk: Desk) -> None:
    paper = given(desk, "document", type="contract", status="approved")
    assert paper.number in paper.versions[0].text and paper.status == "approved"
    assert paper.company.inn and paper.deal.company is paper.company


def test_an_invoice_takes_the_lines_of_the_accepted_offer(desk: Desk) -> None:
    offer = given(desk, "offer", status="accepted")
    paper = given(desk, "document", type="invoice", deal=offer.deal)
    assert (paper.amount, paper.status, paper.left) == (offer.total, "issued", offer.total)
    assert paper.due_on > paper.date


@pytest.mark.parametrize("status", ["issued", "sent", "delivered", "refused", "clarification", "signed"])
def test_a_closing_document_is_as_far_as_it_is_said(desk: Desk, status: str) -> None:
    kind = "transfer" if desk.space.company.country == "RU" else "delivery"
    bill = given(desk, "document", type="invoice", status="paid")
    paper = given(desk, "document", type=kind, base=bill, status=status)
    sending = last_sending(paper)
    assert paper.status == status and paper.amount == bill.amount
    assert (sending is None) == (status == "issued")
    assert sending is None or (sending.state == status and sending.waits == (status in ("sent", "delivered")))
