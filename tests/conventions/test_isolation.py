"""A space shows and changes its own rows only: by every route, form, search and call of the interface."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sandbox.crm import Company, Contact, Deal, Lead
from sandbox.extensions import db
from sandbox.ledger import Event, registry
from sandbox.spaces import BLOCK, InSpace, Space, every, inside
from sandbox.spaces.bulk import images
from sandbox.spaces.reach import OutsideSpace
from tests.conftest import SignIn, Visit
from tests.factories.practice import Room, furnish, rows_of, token_of

pytestmark = pytest.mark.state("company")

# What forms are given on somebody else's record: right values, so that only the fence stops them.
TYPED = {
    "name": "Intruder Ltd",
    "first_name": "Intruder",
    "title": "Intruder",
    "subject": "Intruder",
    "note": "Intruder",
    "outcome": "reached",
    "need": "Intruder",
    "reason": "other",
    "result": "Intruder",
    "next_step": "Intruder",
    "amount": "1",
    "due": "2099-01-04",
    "day": "2026-01-05",
    "kind": "call",
}


@pytest.fixture
def tanyas(app: Flask) -> Room:
    return furnish(app, "tanya")


@pytest.fixture
def olegs(app: Flask, tanyas: Room) -> Room:
    return furnish(app, "oleg")


def everything(app: Flask, room: Room) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the space as they stand."""
    with app.app_context():
        return images(db.session.get_one(Space, room.space))


def doings(room: Room, prefix: str) -> list[str]:
    """The address of every action on the records of the room."""
    return [
        f"{prefix}/{declared.path(model).replace('<int:n>', str(room.records.get(table, 1)))}"
        for declared in registry
        for model in declared.on or (None,)
        for table in [model.__table__.name if model else ""]
    ]


@pytest.mark.both_databases
def test_oleg_changes_nothing_of_tanyas_by_any_form(
    app: Flask, sign_in: SignIn, tanyas: Room, olegs: Room
) -> None:
    before, oleg = everything(app, tanyas), sign_in("oleg")
    answers = {where: oleg.post(where, data=TYPED).status_code for where in doings(tanyas, tanyas.place)}
    answers |= {where: oleg.get(where).status_code for where in answers}
    assert {where: status for where, status in answers.items() if status != 404} == {}
    assert everything(app, tanyas) == before


def test_oleg_changes_nothing_of_tanyas_by_the_interface(app: Flask, tanyas: Room, olegs: Room) -> None:
    before, headers, client = everything(app, tanyas), token_of(app, "oleg"), app.test_client()
    places = doings(tanyas, tanyas.api)
    answers = {where: client.post(where, json=TYPED, headers=headers).status_code for where in places}
    assert {where: status for where, status in answers.items() if status != 404} == {}
    assert everything(app, tanyas) == before


@pytest.mark.parametrize("model", [Company, Contact, Lead, Deal])
def test_a_number_of_tanyas_is_a_record_of_olegs_own_in_his_space(
    app: Flask, sign_in: SignIn, tanyas: Room, olegs: Room, model: type[InSpace]
) -> None:
    """Numbers begin again in every space: the same address end means another row, or none."""
    oleg, table = sign_in("oleg"), model.__table__.name
    words = oleg.get(f"{olegs.place}/{table}/{tanyas.records[table]}").get_data(as_text=True)
    assert tanyas.word not in words


def test_no_page_of_olegs_space_shows_a_word_of_tanyas(
    app: Flask, sign_in: SignIn, tanyas: Room, olegs: Room
) -> None:
    oleg = sign_in("oleg")
    looked_at, shown = 0, []
    for rule in app.url_map.iter_rules():
        if rule.arguments != {"space"} or "GET" not in (rule.methods or ()) or "/api/" in rule.rule:
            continue
        # the words looked for stand in the search field again: half of tanya's word finds the same
        for query in ("", f"?q={tanyas.word[:-1]}"):
            where = rule.rule.replace("<int:space>", str(olegs.space)) + query
            looked_at += 1
            if tanyas.word in oleg.get(where).get_data(as_text=True):
                shown.append(where)
    assert looked_at > 20 and not shown


@pytest.mark.both_databases
def test_search_finds_ones_own_and_nobody_elses(
    sign_in: SignIn, visit: Visit, tanyas: Room, olegs: Room
) -> None:
    oleg = sign_in("oleg")
    own = visit(f"{olegs.place}/search?q={olegs.word}", by=oleg)
    assert own.select_one(f"[data-open=companies-{olegs.records['companies']}]") is not None
    foreign = visit(f"{olegs.place}/search?q={tanyas.word}", by=oleg)
    assert foreign.select_one("main [data-open]") is None
    assert oleg.get(f"{tanyas.place}/search?q={tanyas.word}").status_code == 404


def test_the_interface_lists_rows_of_the_space_in_the_address_only(
    app: Flask, tanyas: Room, olegs: Room
) -> None:
    headers, client = token_of(app, "oleg"), app.test_client()
    for table in ("companies", "contacts", "leads", "deals", "activities", "events", "colleagues"):
        own, after = "", 0
        while after is not None:
            answer = client.get(f"{olegs.api}/{table}?after={after}", headers=headers)
            own, after = own + answer.get_data(as_text=True), answer.get_json()["next"]
        assert tanyas.word not in own
        assert table == "colleagues" or olegs.word in own
        assert client.get(f"{tanyas.api}/{table}", headers=headers).status_code == 404


def test_a_form_takes_no_record_of_another_space(
    app: Flask, sign_in: SignIn, tanyas: Room, olegs: Room
) -> None:
    """Neither by number, which means another row here, nor by the whole id."""
    oleg = sign_in("oleg")
    strange = tanyas.space * BLOCK + tanyas.records["companies"]
    for place, field in (
        (f"{olegs.place}/deals/create", "company"),
        (f"{olegs.place}/deals/create", "owner"),
    ):
        answer = oleg.post(place, data={"title": "Intruder", field: str(strange)})
        assert answer.status_code == 422
    assert "Intruder" not in {row["title"] for row in rows_of(app, olegs, Deal)}


@pytest.mark.both_databases
def test_two_tabs_in_two_spaces_never_meet(app: Flask, sign_in: SignIn, visit: Visit, tanyas: Room) -> None:
    """One browser with two spaces open: each form goes where it was opened, whatever was done in between."""
    tanya = sign_in("tanya")
    other = tanya.post("/start", data={"scenario": "sales/log-a-call", "mode": "learn"}).headers["Location"]
    attempt = other.removesuffix("/deals")
    first = visit(f"{tanyas.place}/companies/create", by=tanya).select_one("form[data-form]")
    second = visit(f"{attempt}/companies/create", by=tanya).select_one("form[data-form]")
    assert first is not None and second is not None
    for form, name in ((second, "Second tab"), (first, "First tab")):
        assert tanya.post(str(form["action"]), data={"name": name, "kind": "legal"}).status_code == 303
    number = int(attempt.rpartition("/")[2])
    names = {
        where: {row["name"] for row in rows_of(app, Room(where, "", {}), Company)}
        for where in (tanyas.space, number)
    }
    assert "First tab" in names[tanyas.space] and "Second tab" not in names[tanyas.space]
    assert "Second tab" in names[number] and "First tab" not in names[number]


def test_a_trainer_looks_and_changes_nothing(app: Flask, sign_in: SignIn, tanyas: Room) -> None:
    before, vera = everything(app, tanyas), sign_in("vera")
    assert vera.get(tanyas.at("deals")).status_code == 200
    answers = {where: vera.post(where, data=TYPED).status_code for where in doings(tanyas, tanyas.place)}
    assert {where: status for where, status in answers.items() if status != 409} == {}
    headers, client = token_of(app, "vera"), app.test_client()
    for where in doings(tanyas, tanyas.api):
        answer = client.post(where, json=TYPED, headers=headers)
        assert (answer.status_code, answer.get_json()["error"]) == (409, "look_only"), where
    assert everything(app, tanyas) == before


def test_a_trainer_is_offered_no_button_that_changes_something(
    sign_in: SignIn, visit: Visit, tanyas: Room
) -> None:
    vera = sign_in("vera")
    for table in ("companies", "contacts", "leads", "deals"):
        for place in (f"{tanyas.place}/{table}", tanyas.at(table)):
            offered = visit(place, by=vera).select("[data-action]")
            assert not offered, f"{place}: {[one['data-action'] for one in offered]}"


@pytest.mark.parametrize("name", ["boris", "zoe"])
def test_neither_the_board_nor_a_trainer_of_others_finds_the_space(
    sign_in: SignIn, tanyas: Room, name: str
) -> None:
    client: FlaskClient = sign_in(name)
    for where in (f"{tanyas.place}/deals", tanyas.at("deals"), f"{tanyas.place}/events"):
        assert client.get(where).status_code == 404


def test_a_template_is_entered_by_nobody(app: Flask, sign_in: SignIn) -> None:
    with app.app_context():
        template = db.session.scalars(db.select(Space.id).where(Space.kind == "template")).first()
    for name in ("tanya", "vera", "boris", "anna"):
        assert sign_in(name).get(f"/s/{template}/deals").status_code == 404


def test_no_query_for_rows_of_spaces_runs_where_no_space_is_set(app: Flask, tanyas: Room) -> None:
    with app.app_context():
        kinds: tuple[Any, ...] = (*registry.records().values(), Event)
        for model in kinds:
            for query in (db.select(model), db.select(model.id), db.select(db.func.count(model.id))):
                with pytest.raises(OutsideSpace):
                    db.session.execute(query)
            with pytest.raises(OutsideSpace):
                every(model)


@pytest.mark.both_databases
def test_a_query_in_a_space_never_reads_another(app: Flask, tanyas: Room, olegs: Room) -> None:
    with app.app_context(), inside(db.session.get_one(Space, olegs.space)):
        for model in registry.records().values():
            for query in (db.select(model.space_id), db.select(db.aliased(model).space_id)):
                assert set(db.session.scalars(query)) <= {olegs.space}
