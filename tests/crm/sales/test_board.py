"""The board: a column names the action of a drop, a card carries its version and what it lacks."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from bs4 import BeautifulSoup

from tests.crm.test_pages import Look, opened, words
from tests.crm.test_pages import desk as desk
from tests.crm.test_pages import look as look
from tests.factories.crm import TODAY, Desk, refused


def test_columns_name_the_action_that_a_drop_performs(desk: Desk, look: Look) -> None:
    columns = look("deals/board").select("[data-drop]")
    assert [(one["data-stage"], one["data-drop"]) for one in columns] == [
        *((stage, "deal.move") for stage in ("new", "qualification", "offer", "negotiation")),
        ("won", "deal.win"),
        ("lost", "deal.lose"),
    ]


def test_a_card_carries_its_version_its_ways_and_what_its_stage_still_asks_for(
    desk: Desk, look: Look
) -> None:
    deal = desk.deal(stage=desk.stage("qualification"), amount=Decimal(10))
    card = look("deals/board").select_one(f"[data-card='{deal.key}']")
    assert card is not None
    place = f"/s/{desk.space.id}/deals/{deal.n}"
    assert (card["data-version"], card["data-missing"]) == (str(deal.version), "contact close_date")
    assert (card["data-to-open"], card["data-to-won"]) == (f"{place}/move", f"{place}/win")


def test_the_dialog_of_a_move_asks_for_what_is_missing_and_nothing_else(desk: Desk, look: Look) -> None:
    company = desk.company()
    contact = desk.contact(company=company)
    deal = desk.deal(company=company, stage=desk.stage("qualification"), amount=Decimal(10))
    onward = desk.stage("offer")
    page = look(f"deals/{deal.n}/move?stage={onward.n}&version={deal.version}")
    names = [one["name"] for one in page.select("form[data-form='deal.move'] [name]")]
    assert {"stage", "close_date", "contact"} <= set(names) and "amount" not in names
    assert refused(desk, "deal.move", deal, stage=onward) == "missing_contact"
    desk.do("deal.move", deal, stage=onward, close_date=TODAY + timedelta(days=9), contact=contact)
    assert (deal.stage.code, deal.contact, deal.amount) == ("offer", contact, Decimal(10))


def test_a_move_takes_the_next_step_that_its_stage_asks_for(desk: Desk, look: Look) -> None:
    deal = desk.deal(stage=desk.stage("offer"), amount=Decimal(10))
    onward = desk.stage("negotiation")
    names = [one["name"] for one in look(f"deals/{deal.n}/move?stage={onward.n}").select("form [name]")]
    assert "next_step" in names
    desk.do("deal.move", deal, stage=onward, next_step="Get the order signed")
    assert (deal.stage.code, deal.next_step) == ("negotiation", "Get the order signed")


def test_a_stale_card_is_told_what_changed(desk: Desk, look: Look, sign_in: Any) -> None:
    deal = desk.deal(contact=desk.contact())
    seen = deal.version
    Desk(desk.space, "head-of-sales").do("deal.move", deal, stage=desk.stage("qualification"))
    answer = sign_in("tanya").post(
        f"/s/{desk.space.id}/deals/{deal.n}/move",
        data={"stage": desk.stage("qualification").n, "version": seen},
    )
    assert answer.status_code == 409
    said = words(BeautifulSoup(answer.get_data(as_text=True), "html.parser"))
    assert "Stella Hargrove changed this while you typed" in said
    asked = look(f"deals/{deal.n}/move?stage={desk.stage('offer').n}&version={seen}")
    assert asked.select_one("input[name=version]")["value"] == str(seen)  # type: ignore[index]


def test_closed_columns_show_this_month_only(desk: Desk, look: Look) -> None:
    desk.later = -timedelta(days=40)
    old = desk.deal("Old")
    desk.do("deal.lose", old, reason="price")
    desk.later = timedelta()
    new = desk.deal("New")
    desk.do("deal.lose", new, reason="price")
    shown = opened(look("deals/board"))
    assert new.key in shown and old.key not in shown


def test_a_column_loads_more_on_demand_until_none_are_left(desk: Desk, sign_in: Any, look: Look) -> None:
    made = {desk.deal(f"Paper {number}").key for number in range(27)}
    page = look("deals/board")
    shown = [str(card["data-card"]) for card in page.select("[data-card]")]
    assert len(shown) == 12
    tanya = sign_in("tanya")
    link = page.select_one("[data-stage=new] .more-link")
    while link is not None:
        answer = tanya.get(str(link["hx-get"]), headers={"HX-Request": "true"})
        part = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        shown += [str(card["data-card"]) for card in part.select("[data-card]")]
        link = part.select_one(".more-link")
    assert (len(shown), set(shown)) == (27, made)
