"""The overview: each job role sees its own cards, and every figure agrees with the list it leads to."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from sandbox.crm.overview.wins import last_months
from sandbox.extensions import db
from sandbox.seeding.practice import free_space
from sandbox.spaces import Casting, Colleague, Space, every, first, inside
from sandbox.web.unit_of_work import unit_of_work
from tests.conftest import person_named
from tests.crm.test_documents_pages import asked_for
from tests.crm.test_pages import Look, desk, fill, look, opened, words
from tests.factories.crm import TODAY, Desk

__all__ = ["desk", "look"]

MOST = 20
SELLER = ["day", "answers", "pipeline", "wins", "papers", "care"]
CARDS = {
    "sales-manager": SELLER,
    "head-of-sales": [*SELLER[:4], "team", *SELLER[4:]],
    "marketer": ["day", "brought", "care"],
    "lawyer": ["day", "papers"],
}


@pytest.fixture
def seeded(app: Flask, visit: Any, sign_in: Any) -> Any:
    """A page of Tanya's practice in a company that is alive, as the colleague of a job role."""
    with app.test_request_context("/"), unit_of_work():
        space_id = free_space(person_named("tanya")).id

    def looked(role: str, end: str) -> Any:
        with app.test_request_context("/"):
            space = db.session.get_one(Space, space_id)
            with inside(space):
                played = first(every(Colleague).where(Colleague.job_role == role).order_by(Colleague.id))
                assert played is not None
                number = played.n
            with unit_of_work() as session:
                session.execute(
                    update(Casting).where(Casting.space_id == space_id).values(colleague_n=number)
                )
        address = end if end.startswith("/") else f"/s/{space_id}/{end}"
        return visit(address, by=sign_in("tanya"))

    return looked


def numbered(text: str) -> int:
    """The number at the beginning of some words, written with spaces or commas."""
    found = re.match(r"[\d\s,]+", text.replace("\u00a0", " ").replace("\u202f", " ").strip())
    assert found is not None, text
    return int(re.sub(r"\D", "", found[0]))


def listed_at(page: Any) -> int:
    """How many rows a list finds, over all its pages."""
    main = page.select_one("#main")
    several = re.search(r"\d–\d+ of (\d+)", words(main))
    return int(several[1]) if several else len(main.select("tbody tr"))


@pytest.mark.state("company")
@pytest.mark.parametrize("role", CARDS)
def test_a_job_role_sees_its_own_cards(role: str, seeded: Any) -> None:
    page = seeded(role, "overview")
    assert [str(one["id"]).removeprefix("card-") for one in page.select(".overview h2")] == CARDS[role]


@pytest.mark.state("company")
@pytest.mark.parametrize("role", CARDS)
def test_every_figure_agrees_with_its_list(role: str, seeded: Any) -> None:
    page = seeded(role, "overview")
    figures = [one for one in page.select(".figure-numbers a") if "/inbox" not in str(one["href"])]
    assert figures
    for one in figures:
        number = numbered(one.get_text())
        shown = seeded(role, str(one["href"]))
        assert listed_at(shown) == number, f"{words(one)} at {one['href']}"


@pytest.mark.state("company")
def test_the_stages_add_up_to_the_list_of_open_deals(seeded: Any) -> None:
    page = seeded("head-of-sales", "overview")
    card = page.select_one("section[aria-labelledby='card-pipeline']")
    counts = [numbered(one.get_text()) for one in card.select("dt .num")]
    told = numbered(words(card.select_one(".card-head .num")))
    assert sum(counts) == told == listed_at(seeded("head-of-sales", "deals?status=open"))


def test_it_asks_the_database_seldom_however_much_there_is(desk: Desk, look: Look) -> None:
    fill(desk, 2)
    few = asked_for(look, "overview")
    fill(desk, 20)
    assert asked_for(look, "overview") == few <= MOST


def test_what_was_won_stands_in_its_month(desk: Desk, look: Look) -> None:
    deal = desk.deal("Paper", amount=Decimal(700), stage=desk.stage("negotiation"))
    desk.do("deal.record_payment", deal, amount=Decimal(700), day=TODAY)
    desk.do("deal.win", deal, amount=Decimal(700), close_date=TODAY)
    card = look("overview").select_one("section[aria-labelledby='card-wins']")
    assert card is not None and "$700 this month, 1 deal" in words(card)


def test_the_last_months_cross_the_year() -> None:
    months = last_months(date(2026, 2, 17))
    assert (months[0], months[3], months[-1]) == (date(2025, 9, 1), date(2025, 12, 1), date(2026, 2, 1))
    assert len(months) == 6


def test_a_request_waits_with_its_clock(desk: Desk, look: Look) -> None:
    lead = desk.lead("Mark Hill")
    assert re.search("Answer (within|overdue)", words(look(f"leads/{lead.n}")))
    desk.later = timedelta(days=-6)
    late = desk.lead("Lena Late")
    desk.later = timedelta()
    found = look("leads?answer=late")
    assert opened(found) == [late.key] and "Answer overdue by" in words(found)
    desk.do("call.log", late, outcome="reached")
    assert not opened(look("leads?answer=late"))
    assert "too late by" in words(look(f"leads/{late.n}"))
