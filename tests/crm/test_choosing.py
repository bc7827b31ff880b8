"""Looking a record up inside a form: what is found, what words alone mean, and what is made on the way."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from sandbox.crm import Deal
from sandbox.extensions import db
from sandbox.spaces import Space, inside
from tests.conftest import SignIn
from tests.factories.crm import Desk
from tests.factories.practice import Room, furnish, rows_of

pytestmark = pytest.mark.state("company")


@pytest.fixture
def room(app: Flask) -> Room:
    return furnish(app, "tanya")


@pytest.fixture
def tanya(sign_in: SignIn, room: Room) -> FlaskClient:
    return sign_in("tanya")


@pytest.fixture
def namesakes(app: Flask, room: Room) -> dict[str, int]:
    """Two companies of one name, with a contact at each, by the digits of their phones."""
    with app.test_request_context("/"), inside(db.session.get_one(Space, room.space)):
        desk, made = Desk(db.session.get_one(Space, room.space)), {}
        for end in ("01", "02"):
            company = desk.company(f"Twin {room.word}", phone=f"+120255501{end}")
            made[end] = company.n
            desk.contact("Kim", f"Twin{end}", company=company)
        return made


def found(client: FlaskClient, room: Room, form: str, field: str, **query: Any) -> BeautifulSoup:
    """What the box of a form finds."""
    answer = client.get(f"{room.place}/choices", query_string={"form": form, "field": field, **query})
    assert answer.status_code == 200
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


def numbers(page: BeautifulSoup) -> list[int]:
    return [int(str(one["data-n"])) for one in page.select("[data-n]")]


def deals_named(app: Flask, room: Room, title: str) -> list[dict[str, Any]]:
    return [row for row in rows_of(app, room, Deal) if row["title"] == title]


def test_a_phone_in_any_spelling_finds_its_company(
    room: Room, tanya: FlaskClient, namesakes: dict[str, int]
) -> None:
    page = found(tanya, room, "deal.create", "company", q="(202) 555-0102")
    assert numbers(page) == [namesakes["02"]]


def test_what_is_missing_is_offered_as_it_was_typed(room: Room, tanya: FlaskClient) -> None:
    page = found(tanya, room, "deal.create", "company", q="Pine & <Pewter>")
    assert "“Pine & <Pewter>”" in page.select_one(".choice-new").get_text()  # type: ignore[union-attr]


def test_namesakes_are_told_apart(room: Room, tanya: FlaskClient, namesakes: dict[str, int]) -> None:
    page = found(tanya, room, "deal.create", "company", q=f"twin {room.word}")
    assert set(numbers(page)) == set(namesakes.values())
    lines = [one.get_text() for one in page.select(".cell-sub")]
    assert len(set(lines)) == 2


def test_contacts_are_those_of_the_chosen_company(
    room: Room, tanya: FlaskClient, namesakes: dict[str, int]
) -> None:
    page = found(tanya, room, "deal.create", "contact", within=namesakes["01"])
    assert [one.select_one("span").get_text() for one in page.select("[data-n]")] == ["Kim Twin01"]  # type: ignore[union-attr]


def test_a_form_draws_no_list_of_all_companies(room: Room, tanya: FlaskClient) -> None:
    page = BeautifulSoup(tanya.get(f"{room.place}/deals/create").get_data(as_text=True), "html.parser")
    assert page.select_one("input[name='company'][type='hidden']") is not None
    assert room.word not in page.select_one("form[data-form='deal.create']").get_text()  # type: ignore[union-attr]


def test_words_that_mean_one_record_are_enough(app: Flask, room: Room, tanya: FlaskClient) -> None:
    sent = {"title": "By words", "company": "", "company-typed": f"{room.word} dent"}
    assert tanya.post(f"{room.place}/deals/create", data=sent).status_code == 303
    (deal,) = deals_named(app, room, "By words")
    assert deal["company_id"] % 1_000_000_000 == room.records["companies"]


@pytest.mark.parametrize(
    ("words", "told"), [("Twin", "Several"), ("Nobody at all", "Nothing is called like this")]
)
def test_words_that_mean_none_or_several_come_back_as_typed(
    app: Flask, room: Room, tanya: FlaskClient, namesakes: dict[str, int], words: str, told: str
) -> None:
    sent = {"title": "Unclear", "company": "", "company-typed": words}
    answer = tanya.post(f"{room.place}/deals/create", data=sent)
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    box = page.select_one("input[name='company-typed']")
    assert answer.status_code == 422 and box is not None
    assert (box["value"], box["aria-invalid"]) == (words, "true")
    assert told in page.find(id=str(box["aria-describedby"])).get_text()  # type: ignore[union-attr]
    assert not deals_named(app, room, "Unclear")


def test_what_is_typed_over_a_choice_counts(
    app: Flask, room: Room, tanya: FlaskClient, namesakes: dict[str, int]
) -> None:
    sent = {"title": "Typed over", "company": namesakes["01"], "company-typed": f"{room.word} Dental"}
    assert tanya.post(f"{room.place}/deals/create", data=sent).status_code == 303
    (deal,) = deals_named(app, room, "Typed over")
    assert deal["company_id"] % 1_000_000_000 == room.records["companies"]


def test_a_record_of_another_space_is_neither_found_nor_taken(
    app: Flask, room: Room, tanya: FlaskClient
) -> None:
    other = furnish(app, "oleg")
    assert not numbers(found(tanya, room, "deal.create", "company", q=other.word))
    sent = {"title": "Stolen", "company": 999_999, "company-typed": f"{other.word} Dental"}
    assert tanya.post(f"{room.place}/deals/create", data=sent).status_code == 422


def test_what_is_missing_is_made_over_the_form(room: Room, tanya: FlaskClient) -> None:
    page = found(tanya, room, "deal.create", "company", q="Brand new firm")
    new = page.select_one("[data-new]")
    assert new is not None and "Brand new firm" in new.get_text()
    answer = tanya.post(str(new["data-new"]), data={"name": "Brand new firm"}, headers={"X-Nested": "1"})
    assert answer.status_code == 200 and answer.json is not None
    made = answer.json
    assert made["title"] == "Brand new firm" and "Brand new firm" in made["said"]
    assert numbers(found(tanya, room, "deal.create", "company", q="brand new")) == [made["n"]]


def test_an_unknown_box_finds_nothing(room: Room, tanya: FlaskClient) -> None:
    for form, field in (
        ("deal.create", "title"),
        ("deal.create", "nobody"),
        ("no.action", "company"),
        ("", ""),
    ):
        assert not numbers(found(tanya, room, form, field, q=room.word))
