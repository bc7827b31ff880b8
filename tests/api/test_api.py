"""The interface: by personal token, the same forms, rules and events as on the pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sandbox.crm import Deal
from sandbox.ledger import registry
from tests.conftest import SignIn, Visit
from tests.factories.practice import Room, furnish, last_event, rows_of, token_of

pytestmark = pytest.mark.state("company")


@pytest.fixture
def room(app: Flask) -> Room:
    return furnish(app, "tanya")


@pytest.fixture
def token(app: Flask, room: Room) -> dict[str, str]:
    return token_of(app, "tanya")


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer rehearsal_wrong"}, {"Authorization": "Basic dGFueWE="}]
)
def test_without_a_token_nothing_is_told(client: FlaskClient, room: Room, headers: dict[str, str]) -> None:
    for way in (client.get, client.post):
        answer = way(
            f"{room.api}/companies/create" if way == client.post else f"{room.api}/companies", headers=headers
        )
        assert (answer.status_code, answer.get_json()["error"]) == (401, "no_token")


def test_the_cookie_of_the_pages_opens_nothing_here(room: Room, sign_in: SignIn) -> None:
    """Then no forged form can: the interface knows tokens only."""
    assert sign_in("tanya").post(f"{room.api}/companies/create", json={"name": "Forged"}).status_code == 401


def test_records_are_listed_and_shown(client: FlaskClient, room: Room, token: dict[str, str]) -> None:
    listed = client.get(f"{room.api}/companies", headers=token).get_json()
    assert listed["records"] and {"n", "title", "version", "name"} <= set(listed["records"][0])
    one = client.get(f"{room.api}/companies/{room.records['companies']}", headers=token).get_json()
    assert (one["n"], one["name"]) == (room.records["companies"], f"{room.word} Dental")
    assert one["owner"]["type"] == "colleague"
    assert "id" not in one and "space_id" not in one
    deal = client.get(f"{room.api}/deals/{room.records['deals']}", headers=token).get_json()
    assert deal["company"] == {"type": "company", "n": one["n"], "title": one["title"]}
    assert client.get(f"{room.api}/companies/999999", headers=token).status_code == 404


def test_an_action_is_performed_and_its_event_is_listed(
    client: FlaskClient, room: Room, token: dict[str, str]
) -> None:
    typed = {"title": "By the interface", "company": room.records["companies"], "amount": "1200.50"}
    answer = client.post(f"{room.api}/deals/create", json=typed, headers=token)
    assert answer.status_code == 201, answer.get_json()
    made = answer.get_json()
    assert (made["record"]["title"], made["record"]["amount"]) == ("By the interface", "1200.50")
    event = last_event(client, room, token)
    assert (event["n"], event["code"], event["action"]) == (made["event"], "deal.created", "deal.create")
    assert event["record"] == {"table": "deals", "n": made["record"]["n"], "title": "By the interface"}
    assert "By the interface" in event["says"]


def test_an_action_on_a_record_answers_with_it(
    client: FlaskClient, room: Room, token: dict[str, str]
) -> None:
    where = f"{room.api}/leads/{room.records['leads']}/qualify"
    answer = client.post(where, json={"need": "Paper"}, headers=token)
    assert (answer.status_code, answer.get_json()["record"]["status"]) == (200, "qualified")


def test_a_wrong_form_says_which_fields(client: FlaskClient, room: Room, token: dict[str, str]) -> None:
    before = last_event(client, room, token)["n"]
    answer = client.post(f"{room.api}/deals/create", json={"amount": "much"}, headers=token)
    assert (answer.status_code, answer.get_json()["error"]) == (422, "invalid")
    assert set(answer.get_json()["fields"]) == {"title", "amount"}
    assert last_event(client, room, token)["n"] == before


@pytest.mark.parametrize("body", ["[]", '"text"', "{", '{"title": {"a": 1}}', ""])
def test_what_is_no_object_of_plain_values_is_not_taken(
    client: FlaskClient, room: Room, token: dict[str, str], body: str
) -> None:
    answer = client.post(
        f"{room.api}/deals/create", data=body, headers=token, content_type="application/json"
    )
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_request")


def test_a_rule_refuses_with_its_code_and_a_sentence(
    app: Flask, client: FlaskClient, room: Room, token: dict[str, str]
) -> None:
    where = f"{room.api}/deals/{room.records['deals']}/win"
    before = rows_of(app, room, Deal)
    answer = client.post(where, json={}, headers=token)
    assert answer.status_code == 409
    assert answer.get_json()["error"] in registry["deal.win"].refusals
    assert answer.get_json()["message"].endswith(".")
    assert rows_of(app, room, Deal) == before


def test_an_old_version_is_told_what_changed(
    app: Flask, client: FlaskClient, room: Room, token: dict[str, str]
) -> None:
    where = f"{room.api}/companies/{room.records['companies']}"
    read = client.get(where, headers=token).get_json()
    first = {"name": "First", "version": read["version"]}
    assert client.post(f"{where}/edit", json=first, headers=token).status_code == 200
    answer = client.post(f"{where}/edit", json={**first, "name": "Second"}, headers=token)
    told = answer.get_json()
    assert (answer.status_code, told["error"]) == (409, "stale")
    assert told["changed"]["name"] == {"was": read["name"], "is": "First"}
    assert told["by"]
    assert client.get(where, headers=token).get_json()["name"] == "First"


def test_a_foreign_space_is_not_there(app: Flask, client: FlaskClient, room: Room) -> None:
    olegs = token_of(app, "oleg")
    for where in (f"{room.api}/companies", f"{room.api}/events", "/api/v1/s/999999/companies"):
        assert client.get(where, headers=olegs).status_code == 404
    answer = client.post(f"{room.api}/companies/create", json={"name": "Foreign"}, headers=olegs)
    assert (answer.status_code, answer.get_json()["error"]) == (404, "not_found")


def test_a_revoked_token_opens_nothing(
    client: FlaskClient, room: Room, token: dict[str, str], sign_in: SignIn
) -> None:
    assert client.get(f"{room.api}/companies", headers=token).status_code == 200
    assert sign_in("tanya").post("/settings/tokens/1/revoke").status_code == 303
    assert client.get(f"{room.api}/companies", headers=token).status_code == 401


def test_the_description_tells_of_every_action(client: FlaskClient) -> None:
    told = client.get("/api/v1/openapi.json").get_json()
    for declared in registry:
        for model in declared.on or (None,):
            where = "/api/v1/s/{space}/" + declared.path(model).replace("<int:n>", "{n}")
            schema = told["paths"][where]["post"]["requestBody"]["content"]["application/json"]["schema"]
            assert set(declared.form.field_names()) <= set(schema["properties"])


def test_a_list_is_narrowed_by_any_field(client: FlaskClient, room: Room, token: dict[str, str]) -> None:
    def found(query: str) -> list[int]:
        answer = client.get(f"{room.api}/{query}", headers=token)
        assert answer.status_code == 200, answer.get_json()
        return [one["n"] for one in answer.get_json()["records"]]

    mine = room.records["deals"]
    assert found(f"deals?q={room.word}+paper") == [mine]
    assert mine in found(f"deals?company={room.records['companies']}")
    assert set(found(f"deals?title={room.word} paper&title={room.word} toner")) > {mine}
    assert found(f"companies?email={room.word}@firm.example&limit=1") == [room.records["companies"]]
    everything = found("leads")
    done, open_ones = found("leads?status=converted"), found("leads?first_response_at=")
    assert done and set(done) < set(everything) and set(open_ones) < set(everything)
    whose = f"deal={mine}"
    tasks, notes = found(f"activities?{whose}&kind=call"), found(f"activities?{whose}&kind=note")
    assert tasks and notes and sorted(tasks + notes) == found(f"activities?{whose}&kind=call&kind=note")


def test_the_firms_own_fields_narrow_a_list(client: FlaskClient, room: Room, token: dict[str, str]) -> None:
    where = f"{room.api}/deals/{room.records['deals']}"
    version = client.get(where, headers=token).get_json()["version"]
    typed = {"title": f"{room.word} paper", "custom.sites": 41, "version": version}
    assert client.post(f"{where}/edit", json=typed, headers=token).status_code == 200
    found = client.get(f"{room.api}/deals?custom.sites=41", headers=token).get_json()["records"]
    assert [one["n"] for one in found] == [room.records["deals"]]


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "amount=much",
        "amount=NaN",
        "amount=1.005",
        "close_date=soon",
        "company=first",
        "custom.nothing=1",
        "won_at=now",
    ],
)
def test_a_wrong_filter_is_told(client: FlaskClient, room: Room, token: dict[str, str], query: str) -> None:
    answer = client.get(f"{room.api}/deals?{query}", headers=token)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_filter")
    assert query.partition("=")[0] in answer.get_json()["message"]


def test_the_description_tells_how_every_list_is_narrowed(client: FlaskClient) -> None:
    told = client.get("/api/v1/openapi.json").get_json()
    for model in registry.records().values():
        listed = told["paths"][f"/api/v1/s/{{space}}/{model.__table__.name}"]["get"]
        names = {one["name"] for one in listed["parameters"]}
        assert {"after", "limit"} <= names and ("q" in names) == hasattr(model, "search_key")
        item = listed["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["records"]
        assert told["components"]["schemas"][item["items"]["$ref"].rpartition("/")[2]]["properties"]["n"]


def test_people_read_what_a_program_can_do(sign_in: SignIn, visit: Visit) -> None:
    page = visit("/interface", by=sign_in("tanya"))
    for declared in registry:
        for model in declared.on or (None,):
            assert declared.path(model).replace("<int:n>", "{n}") in page.get_text()
