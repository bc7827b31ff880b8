"""The coach over its pages: what it lights, counts, asks before the finish, and shows to an onlooker."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from sandbox.extensions import db
from sandbox.spaces import inside
from sandbox.training.models import Attempt
from sandbox.training.walking import walk_step
from sandbox.web.unit_of_work import unit_of_work
from tests.browser.runs import CALL, begin, kept, space_in
from tests.conftest import SignIn, Visit

pytestmark = pytest.mark.state("company")
WIN = "sales/move-and-win"


@pytest.fixture
def tanya(sign_in: SignIn) -> FlaskClient:
    return sign_in("tanya")


def given(app: Flask, space: int, name: str) -> int:
    with app.app_context():
        attempt = db.session.query(Attempt).filter_by(space_id=space).one()
        return int(attempt.given[name][1])


def tomorrow(app: Flask, space: int) -> str:
    """By the clock of the run's space."""
    with app.app_context():
        attempt = db.session.query(Attempt).filter_by(space_id=space).one()
        return (attempt.space.now() + timedelta(days=1)).date().isoformat()


def move(page: BeautifulSoup) -> dict[str, Any]:
    place = page.select_one("#coach-move")
    assert place is not None
    return dict(json.loads(str(place.get("data-move", "{}"))))


def send(visit: Visit, who: FlaskClient, address: str, **typed: str) -> Any:
    """Open an action's form and send it with `typed`, as htmx does."""
    form = visit(address, by=who).select_one("form[data-form]")
    assert form is not None
    values = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
    headers = {"HX-Target": "dialog#dialog"}
    return who.post_htmx(address, data={**values, **typed}, headers=headers)  # type: ignore[attr-defined]


def test_work_that_went_astray_is_lit_back_and_a_way_back_ends_at_the_record(
    app: Flask, tanya: FlaskClient, visit: Visit
) -> None:
    address = begin(app, CALL)
    space = space_in(address)
    deal = given(app, space, "deal")
    tanya.post(f"/s/{space}/coach/seen", data={"type": "deals", "n": deal})
    assert move(visit(f"{address}/{deal}", by=tanya))["action"] == "call.log"
    send(visit, tanya, f"{address}/{deal}/call/log", outcome="no-answer", note="Nobody there.")
    page = visit(f"{address}/{deal}", by=tanya)
    assert move(page) == {"back": True}
    assert page.select_one("#coach [data-way-back]")
    answer = tanya.post(f"/s/{space}/coach/rewind", data={"step": 1})
    assert answer.location == f"{address}/{deal}"
    assert move(visit(f"{address}/{deal}", by=tanya))["action"] == "call.log"


def test_a_mistake_put_right_by_hand_asks_for_no_way_back(
    app: Flask, tanya: FlaskClient, visit: Visit
) -> None:
    address = begin(app, "customers/take-a-request")
    place = address.removesuffix("/deals")
    with app.app_context():
        attempt = db.session.query(Attempt).filter_by(space_id=space_in(address)).one()
        name = str(attempt.given["firm"][2]["name"])
    twin = tanya.post(
        f"{place}/companies/create", data={"name": name, "kind": "legal", "anyway": "1"}
    ).location
    assert move(visit(twin, by=tanya)) == {"back": True}
    tanya.post(f"{twin}/delete")
    page = visit(address, by=tanya)
    assert "two cards now" in page.select("#coach")[0].get_text(" ")
    assert move(page).get("back") is None


def test_a_refusal_that_is_a_mistake_is_told_by_the_panel_at_once(
    app: Flask, tanya: FlaskClient, visit: Visit
) -> None:
    address = begin(app, CALL)
    deal = given(app, space_in(address), "deal")
    answer = send(visit, tanya, f"{address}/{deal}/task/set", subject="Call", due="2001-01-01")
    assert answer.status_code == 409
    drawn = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    panel = drawn.select_one('hx-partial[hx-target="#coach"]')
    assert panel is not None
    assert "late from birth" in panel.get_text()


def test_a_request_is_searched_by_the_number_that_rang(app: Flask, tanya: FlaskClient, visit: Visit) -> None:
    address = begin(app, "customers/take-a-request")
    lit = move(visit(address, by=tanya))
    assert lit["find"].startswith("+")
    assert lit["via"] == f"contacts-{given(app, space_in(address), 'contact')}"


def test_each_help_counts_once(app: Flask, tanya: FlaskClient) -> None:
    space = space_in(begin(app, CALL))
    for rung in ("hint", "hint", "do"):
        tanya.post(f"/s/{space}/coach/help/{rung}")
    assert [one["rung"] for one in kept(app, space, "help")] == ["hint", "do"]


def test_what_was_done_for_one_is_shown_where_it_was_done(
    app: Flask, tanya: FlaskClient, visit: Visit
) -> None:
    address = begin(app, CALL)
    page = f"{address}/{given(app, space_in(address), 'deal')}"
    answer = tanya.post(f"{address.removesuffix('/deals')}/coach/help/do", headers={"Referer": address})
    assert answer.status_code == 303 and answer.location.endswith(page)
    assert "Done for you: Open the deal." in visit(page, by=tanya).get_text(" ", strip=True)


def test_a_run_survives_that_a_given_record_is_deleted(app: Flask, tanya: FlaskClient, visit: Visit) -> None:
    for scenario in (CALL, WIN, "customers/take-a-request"):
        address = begin(app, scenario)
        place = address.removesuffix("/deals")
        contact = given(app, space_in(address), "contact")
        assert tanya.post(f"{place}/contacts/{contact}/delete").status_code == 303
        assert visit(address, by=tanya).select_one("#coach") is not None


@pytest.mark.parametrize(
    ("mode", "says"),
    [("practice", "3 steps are not done yet"), ("exam", "judged as it stands, and it counts")],
)
def test_a_finish_with_open_steps_asks_first(
    app: Flask, tanya: FlaskClient, visit: Visit, mode: str, says: str
) -> None:
    address = begin(app, CALL, mode=mode)
    link = visit(address, by=tanya).select_one("#coach a[data-finish]")
    assert link is not None
    asked = visit(str(link["href"]), by=tanya).get_text()
    assert says in asked
    assert ("not done yet" in asked) is (mode != "exam")


def test_the_finish_of_a_control_run_tells_nothing_of_what_is_right(
    app: Flask, tanya: FlaskClient, visit: Visit
) -> None:
    address = begin(app, CALL, mode="exam")
    deal = f"{address}/{given(app, space_in(address), 'deal')}"
    before = visit(address, by=tanya).select("#coach [data-finish]")
    send(visit, tanya, f"{deal}/call/log", outcome="reached", direction="in", note="A new price.")
    send(visit, tanya, f"{deal}/task/set", subject="Send it", due=tomorrow(app, space_in(address)))
    assert visit(address, by=tanya).select("#coach [data-finish]") == before


def test_a_control_run_offers_no_way_back_after_a_mistake(
    app: Flask, tanya: FlaskClient, visit: Visit
) -> None:
    for mode, offered in (("practice", True), ("exam", False)):
        address = begin(app, CALL, mode=mode)
        twin = given(app, space_in(address), "namesake_deal")
        send(
            visit, tanya, f"{address}/{twin}/call/log", outcome="reached", direction="in", note="A new price."
        )
        assert bool(visit(address, by=tanya).select("#coach .way-back")) is offered


def test_what_was_done_and_holds_no_more_is_said_before_the_finish(
    app: Flask, tanya: FlaskClient, visit: Visit
) -> None:
    address = begin(app, CALL)
    for _step in range(3):
        tanya.post(f"{address.removesuffix('/deals')}/coach/help/do")
    deal = f"{address}/{given(app, space_in(address), 'deal')}"
    page = visit(deal, by=tanya)
    assert "Not quite yet" not in page.select("#coach")[0].get_text()
    off = page.select('[data-action="task.cancel"]')[0]["href"]
    assert send(visit, tanya, str(off).partition("?")[0], reason="No need.").status_code == 303
    assert "Not quite yet" in visit(deal, by=tanya).select("#coach")[0].get_text()


def test_a_run_that_is_over_says_so_and_leads_to_what_came_of_it(
    app: Flask, tanya: FlaskClient, visit: Visit
) -> None:
    address = begin(app, CALL)
    done = tanya.post(f"{address.removesuffix('/deals')}/coach/finish").location
    coach = visit(address, by=tanya).select_one("#coach")
    assert coach is not None
    assert "It was judged." in coach.get_text()
    assert [link["href"] for link in coach.select("a.button")] == [done]


def test_an_onlooker_finds_no_buttons(app: Flask, sign_in: SignIn, visit: Visit) -> None:
    page = visit(begin(app, CALL), by=sign_in("anna"))
    coach = page.select_one("#coach")
    assert coach is not None
    assert "This is the run of Tanya Belova" in coach.get_text()
    assert coach.select("form") == []
    place = coach.select_one("#coach-move")
    assert place is not None
    assert (place["data-seen"], place["data-lit"]) == ("", "")


def test_a_told_mistake_names_the_only_way_on(app: Flask, tanya: FlaskClient, visit: Visit) -> None:
    address = begin(app, "sales/qualify-a-lead")
    space = space_in(address)
    with app.test_request_context("/"):
        attempt = db.session.query(Attempt).filter_by(space_id=space).one()
        with inside(attempt.space), unit_of_work():
            for step in range(3):
                walk_step(attempt, step)
    lead, namesake = given(app, space, "lead"), given(app, space, "namesake")
    page = f"/s/{space}/leads/{lead}"
    send(visit, tanya, f"{page}/convert", company=str(namesake))
    panel = visit(page, by=tanya).select("#coach")[0].get_text(" ", strip=True)
    assert "convert it anew" in panel
    assert "Correct it there" not in panel, "what cannot be done is not advised beside it"
