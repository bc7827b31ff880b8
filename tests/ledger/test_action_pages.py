"""One declared action, `call.log`, as a button, a page, a dialog and in the interface; what forms keep."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from sandbox.crm import Activity, Company, Deal
from sandbox.extensions import db
from sandbox.seeding.practice import cast
from sandbox.spaces import Space
from sandbox.web.unit_of_work import unit_of_work
from tests.conftest import SignIn, Visit, person_named
from tests.factories.practice import Room, furnish, last_event, rows_of, token_of

pytestmark = pytest.mark.state("company")


@pytest.fixture
def room(app: Flask) -> Room:
    return furnish(app, "tanya")


@pytest.fixture
def tanya(sign_in: SignIn, room: Room) -> FlaskClient:
    return sign_in("tanya")


def drawn(answer: Any) -> BeautifulSoup:
    """The page of an answer."""
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def typed_into(page: BeautifulSoup) -> dict[str, str]:
    """What a browser would send of the page's form as it stands."""
    form = page.select_one("form[data-form]")
    assert form is not None
    values: dict[str, str] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name = str(control["name"])
        if control.name == "textarea":
            values[name] = control.get_text().removeprefix("\r\n")
        elif control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            values[name] = str(chosen["value"]) if chosen else ""
        elif control.get("type") not in ("checkbox", "radio") or control.has_attr("checked"):
            values[name] = str(control.get("value", ""))
    return values


def calls(app: Flask, room: Room) -> list[dict[str, Any]]:
    """The calls logged on the room's deal."""
    rows = rows_of(app, room, Activity)
    return [row for row in rows if row["kind"] == "call" and row["note"] == "They will think it over"]


def row_of(app: Flask, room: Room, model: Any) -> dict[str, Any]:
    """The room's own row of a kind."""
    number = room.records[model.__table__.name]
    return next(row for row in rows_of(app, room, model) if row["id"] % 1_000_000_000 == number)


CALL = {"outcome": "reached", "note": "They will think it over"}


def test_the_button_leads_to_the_form_and_the_form_to_the_action(
    app: Flask, room: Room, tanya: FlaskClient, visit: Visit
) -> None:
    deal = room.at("deals")
    button = visit(deal, by=tanya).select_one("#main a[data-action='call.log']")
    assert button is not None
    assert button["data-record"] == f"deals-{room.records['deals']}"
    assert (button["href"], button["hx-target"]) == (f"{deal}/call/log", "#dialog")
    page = visit(str(button["href"]), by=tanya)
    form = page.select_one("form[data-form='call.log']")
    assert form is not None and form["action"] == button["href"]
    assert form.select_one("[data-submit]") is not None
    answer = tanya.post(str(form["action"]), data={**typed_into(page), **CALL})
    assert (answer.status_code, answer.headers["Location"]) == (303, deal)
    assert len(calls(app, room)) == 1
    told = visit(deal, by=tanya)
    assert "They will think it over" in told.get_text()
    assert "logged a call" in told.select_one("#toasts").get_text()  # type: ignore[union-attr]


def test_the_same_form_opens_in_the_dialog(room: Room, tanya: FlaskClient) -> None:
    headers = {"HX-Request": "true", "HX-Target": "dialog#dialog"}
    part = drawn(tanya.get(f"{room.at('deals')}/call/log", headers=headers))
    assert part.select_one("form[data-form='call.log']") is not None
    assert part.find("nav") is None and part.find("html") is None


def test_the_interface_does_the_same_with_the_same_event(
    app: Flask, room: Room, tanya: FlaskClient, client: FlaskClient
) -> None:
    token = token_of(app, "tanya")
    assert tanya.post(f"{room.at('deals')}/call/log", data=CALL).status_code == 303
    by_page = last_event(client, room, token)
    where = f"{room.api}/deals/{room.records['deals']}/call/log"
    assert client.post(where, json=CALL, headers=token).status_code == 200
    by_program = last_event(client, room, token)
    changing = {"n", "at"}
    same = [{k: v for k, v in one.items() if k not in changing} for one in (by_page, by_program)]
    for one in same:
        one["values"].pop("made")
    assert same[0] == same[1]
    assert (by_page["code"], by_page["origin"]) == ("call.logged", "trainee")
    assert by_program["n"] > by_page["n"]
    assert len(calls(app, room)) == 2


def test_a_wrong_form_comes_back_as_it_was_typed(app: Flask, room: Room, tanya: FlaskClient) -> None:
    typed = {"outcome": "", "note": "They will think it over <b>twice</b>", "direction": "in"}
    answer = tanya.post(f"{room.at('deals')}/call/log", data=typed)
    page = drawn(answer)
    assert answer.status_code == 422
    kept = typed_into(page)
    assert kept["note"] == typed["note"]
    wrong = page.select_one("[aria-invalid='true']")
    assert wrong is not None and wrong["name"] == "outcome"
    words = page.find(id=str(wrong["aria-describedby"]))
    assert words is not None and words.get_text(strip=True)
    assert not calls(app, room)


@pytest.mark.parametrize(
    ("place", "field"), [("companies/create", "name"), ("deals/create", "title"), ("leads/create", "name")]
)
@pytest.mark.parametrize("typed", ["   ", "\u00a0", "\x00"])
def test_spaces_alone_are_nothing_in_a_required_field(
    room: Room, tanya: FlaskClient, place: str, field: str, typed: str
) -> None:
    answer = tanya.post(f"{room.place}/{place}", data={field: typed, "kind": "legal"})
    assert answer.status_code == 422
    assert "Please fill this in." in answer.get_data(as_text=True)


def test_a_record_deleted_meanwhile_gives_back_what_was_typed(
    room: Room, tanya: FlaskClient, visit: Visit
) -> None:
    contact = room.at("contacts")
    typed = {**typed_into(visit(f"{contact}/edit", by=tanya)), "position": "Head of purchasing"}
    assert tanya.post(f"{contact}/delete").status_code == 303
    answer = tanya.post(f"{contact}/edit", data=typed)
    assert answer.status_code == 409
    page = drawn(answer)
    assert "was deleted meanwhile" in page.get_text()
    assert typed_into(page)["position"] == "Head of purchasing"


def test_money_that_is_none_comes_back_as_it_was_typed(room: Room, tanya: FlaskClient) -> None:
    answer = tanya.post(f"{room.place}/deals/create", data={"title": "Paper", "amount": "much"})
    assert answer.status_code == 422
    kept = typed_into(drawn(answer))
    assert (kept["title"], kept["amount"]) == ("Paper", "much")


def test_a_refusal_says_its_sentence_at_the_field_that_it_is_about(
    app: Flask, room: Room, tanya: FlaskClient
) -> None:
    before = row_of(app, room, Deal)
    answer = tanya.post(f"{room.at('deals')}/lose", data={"reason": "other", "note": ""})
    page = drawn(answer)
    assert answer.status_code == 409
    said = page.select_one("form[data-form='deal.lose'] .field-error")
    assert said is not None and said.get_text(strip=True).endswith(".")
    assert typed_into(page)["reason"] == "other"
    assert row_of(app, room, Deal) == before


def test_a_refusal_of_no_single_field_stands_above_what_was_typed(
    app: Flask, room: Room, tanya: FlaskClient
) -> None:
    before = row_of(app, room, Deal)
    answer = tanya.post(f"{room.at('deals')}/win", data={"amount": "700", "close_date": "2026-05-06"})
    page = drawn(answer)
    assert answer.status_code == 409
    said = page.select_one("form[data-form='deal.win'] .notice")
    assert said is not None and said.get_text(strip=True).endswith(".")
    assert typed_into(page)["amount"] == "700"
    assert row_of(app, room, Deal) == before


def test_a_stale_form_shows_both_and_loses_nothing_typed(
    app: Flask, room: Room, tanya: FlaskClient, visit: Visit
) -> None:
    edit = f"{room.at('deals')}/edit"
    mine, theirs = typed_into(visit(edit, by=tanya)), typed_into(visit(edit, by=tanya))
    first = {**theirs, "title": "Paper, by the other", "amount": "500", "close_date": "2030-05-06"}
    assert tanya.post(edit, data=first).status_code == 303
    typed = {**mine, "title": "Paper, by me", "amount": "700"}
    answer = tanya.post(edit, data=typed)
    page = drawn(answer)
    assert answer.status_code == 409
    table = page.select_one("table.conflict")
    assert table is not None
    shown = {
        row.find("th").get_text(): [cell.get_text() for cell in row.find_all("td")]  # type: ignore[union-attr]
        for row in table.select("tbody tr")
    }
    assert ["Paper, by me", "Paper, by the other"] in shown.values()
    assert any("700" in yours and "500" in now for yours, now in shown.values())
    assert any("as it was" in yours and "6 May" in now for yours, now in shown.values())
    kept = typed_into(page)
    assert (kept["title"], kept["amount"], kept["close_date"]) == ("Paper, by me", "700", "2030-05-06")
    assert row_of(app, room, Deal)["title"] == "Paper, by the other"
    assert tanya.post(edit, data=kept).status_code == 303, "seen, it is sent again and stands"
    row = row_of(app, room, Deal)
    kept_by_others = row["close_date"].isoformat()
    assert (row["title"], kept_by_others) == ("Paper, by me", "2030-05-06"), "what one left alone is theirs"


def test_a_form_comes_back_where_it_stood_in_the_dialog_or_on_its_page(
    room: Room, tanya: FlaskClient, visit: Visit
) -> None:
    edit = f"{room.at('deals')}/edit"
    on_page = visit(edit, by=tanya).select_one("form[data-form]")
    dialog = drawn(tanya.get(edit, headers={"HX-Request": "true", "HX-Target": "dialog#dialog"}))
    in_dialog = dialog.select_one("form[data-form]")
    assert on_page is not None and in_dialog is not None
    assert (on_page["hx-target"], in_dialog["hx-target"]) == ("#page", "#dialog")


def test_a_stale_form_tells_what_was_done_meanwhile_also_outside_its_fields(
    room: Room, tanya: FlaskClient, visit: Visit
) -> None:
    edit = f"{room.at('deals')}/edit"
    mine = typed_into(visit(edit, by=tanya))
    assert tanya.post(f"{room.at('deals')}/lose", data={"reason": "price", "note": ""}).status_code == 303
    answer = tanya.post(edit, data={**mine, "amount": "700"})
    assert answer.status_code == 409
    told = drawn(answer).select_one(".meanwhile")
    assert told is not None and "lost the deal" in told.get_text()
    assert typed_into(drawn(answer))["amount"] == "700"


def test_what_only_adds_is_never_stale(app: Flask, room: Room, tanya: FlaskClient, visit: Visit) -> None:
    """A call is logged, whatever somebody changed on the company while one was speaking."""
    company = room.at("companies")
    open_form = typed_into(visit(f"{company}/call/log", by=tanya))
    edited = {**typed_into(visit(f"{company}/edit", by=tanya)), "name": "Renamed"}
    assert tanya.post(f"{company}/edit", data=edited).status_code == 303
    assert tanya.post(f"{company}/call/log", data={**open_form, **CALL}).status_code == 303
    assert row_of(app, room, Company)["name"] == "Renamed" and len(calls(app, room)) == 1


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/s/1", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_house(room: Room, tanya: FlaskClient, back: str) -> None:
    answer = tanya.post(f"{room.at('deals')}/call/log", data={**CALL, "return_to": back})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/") and "evil" not in answer.headers["Location"]


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/s/1", "javascript:alert(1)"])
def test_cancel_leads_nowhere_else_either(room: Room, tanya: FlaskClient, back: str) -> None:
    companies = f"/s/{room.space}/bulk?of=companies&way=company.edit:owner&all=1"
    for address in (f"{room.at('deals')}/call/log?", f"{companies}&"):
        page = drawn(tanya.get(f"{address}return_to={back}"))
        links = [str(one["href"]) for one in page.select("main a[data-close]")]
        assert links and all(one.startswith("/s/") for one in links), address
        assert back not in page.select_one("main").decode(), address  # type: ignore[union-attr]


def test_a_link_may_fill_in_a_form(room: Room, tanya: FlaskClient, visit: Visit) -> None:
    page = visit(f"{room.at('deals')}/call/log?note=From+the+board", by=tanya)
    assert typed_into(page)["note"] == "From the board"


def test_a_job_role_without_the_right_is_told_so(
    app: Flask, room: Room, tanya: FlaskClient, visit: Visit
) -> None:
    """Neither the button nor the form's own address lets somebody do what their role may not."""
    with app.app_context():
        space = db.session.get_one(Space, room.space)
        with unit_of_work():
            cast(space, person_named("tanya"), "lawyer")
    before, page = row_of(app, room, Deal), visit(room.at("deals"), by=tanya)
    offered = {one["data-action"] for one in page.select("[data-action]")}
    assert "call.log" in offered and "deal.lose" not in offered and "deal.create" not in offered
    answer = tanya.post(f"{room.at('deals')}/lose", data={"reason": "price", "note": "Too dear"})
    assert answer.status_code == 409 and "job role" in answer.get_data(as_text=True)
    assert row_of(app, room, Deal) == before
