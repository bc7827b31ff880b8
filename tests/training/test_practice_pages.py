"""Free practice by its pages: opened, reset, and left alone by everybody else."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.crm import Company
from sandbox.extensions import db
from sandbox.kernel.fold import bare_name
from sandbox.ledger import perform
from sandbox.people import job_roles
from sandbox.seeding.practice import open_free_space
from sandbox.spaces import every, fetch, inside
from sandbox.training.models import Attempt
from sandbox.web.unit_of_work import unit_of_work
from tests.conftest import SignIn, Visit, person_named

pytestmark = pytest.mark.state("company")


def names_of_companies() -> list[str]:
    db.session.rollback()
    with inside(open_free_space_of("tanya")):
        return list(db.session.scalars(every(Company).with_only_columns(Company.name).order_by(Company.id)))


def open_free_space_of(name: str) -> Any:
    found = open_free_space(person_named(name).id)
    assert found is not None
    return found


def test_practice_opens_once_and_leads_to_the_deals(db_session: Any, sign_in: SignIn, visit: Visit) -> None:
    tanya = sign_in("tanya")
    answer = tanya.post("/practice")
    assert answer.status_code == 303
    assert tanya.post("/practice").headers["Location"] == answer.headers["Location"]
    page = visit(answer.headers["Location"], by=tanya)
    assert page.find(id="space-menu") is not None
    assert page.find("a", href=answer.headers["Location"].replace("deals", "reset")) is not None


def test_pages_outside_a_space_lead_to_ones_free_practice(sign_in: SignIn, visit: Visit) -> None:
    tanya = sign_in("tanya")
    deals = tanya.post("/practice").headers["Location"]
    rail = visit("/settings", by=tanya).find("nav", class_="rail")
    assert rail is not None and rail.find("a", href=deals) is not None
    rail = visit("/settings", by=sign_in("oleg")).find("nav", class_="rail")
    assert rail is not None and rail.find("a", href=deals) is None


def test_before_there_is_a_practice_space_rail_and_search_open_it(sign_in: SignIn, visit: Visit) -> None:
    tanya = sign_in("tanya")
    shown = visit("/settings", by=tanya)
    wanted = {str(one["value"]).split("/")[-1] for one in shown.select('.rail form [name="to"]')}
    assert {"companies", "deals", "activities", "inbox"} <= wanted
    customers = tanya.post("/practice", data={"to": "/s/0/companies"}).headers["Location"]
    assert customers.endswith("/companies")
    sought = tanya.post("/practice", data={"to": "/s/0/search", "q": "8 900"}).headers["Location"]
    assert sought == customers.replace("companies", "search?q=8+900")
    assert visit(sought, by=tanya).h1 is not None
    assert visit("/settings", by=tanya).select(".search")[0]["action"] == sought.split("?")[0]
    for elsewhere in ("//evil.example/s/1/x", "/s/0/../../accounts", "https://evil.example"):
        answer = tanya.post("/practice", data={"to": elsewhere})
        assert answer.headers["Location"] == customers.replace("companies", "deals")


def test_who_does_not_practise_is_offered_no_space(sign_in: SignIn, visit: Visit) -> None:
    shown = visit("/settings", by=sign_in("boris"))
    assert shown.select(".rail form") == [] and shown.find("form", role="search") is None


def test_a_second_press_of_the_button_begins_no_second_run(db_session: Any, sign_in: SignIn) -> None:
    tanya, asked = sign_in("tanya"), {"scenario": "sales/log-a-call", "mode": "practice"}
    first = tanya.post("/start", data=asked).headers["Location"]
    assert tanya.post("/start", data=asked).headers["Location"] == first
    other = tanya.post("/start", data={**asked, "mode": "learn"}).headers["Location"]
    begun = db.session.scalars(db.select(Attempt).where(Attempt.person_id == person_named("tanya").id)).all()
    assert len(begun) == 2 and other != first
    again = {**asked, "instead": str(begun[0].id)}
    fresh = tanya.post("/start", data=again).headers["Location"]
    assert fresh not in (first, other)
    assert tanya.post("/start", data=again).headers["Location"] == fresh
    call = {"outcome": "reached", "note": "Asks for a new price."}
    with db.session.no_autoflush:
        db.session.rollback()
        deal = db.session.get_one(Attempt, begun[-1].id + 1).given["deal"][1]
    assert tanya.post(fresh.replace("deals", f"deals/{deal}/call/log"), data=call).status_code == 303
    assert tanya.post("/start", data=asked).headers["Location"] not in (first, other, fresh)


def test_a_run_is_gone_on_with_at_the_record_worked_on_last(db_session: Any, sign_in: SignIn) -> None:
    tanya = sign_in("tanya")
    deals = tanya.post("/start", data={"scenario": "sales/log-a-call", "mode": "practice"}).headers[
        "Location"
    ]
    way = deals.replace("deals", "coach")
    assert tanya.get(way).headers["Location"] == deals
    attempt = db.session.scalars(
        db.select(Attempt).where(Attempt.person_id == person_named("tanya").id)
    ).one()
    deal = attempt.given["deal"][1]
    tanya.post(f"{deals}/{deal}/call/log", data={"outcome": "reached"})
    assert tanya.get(way).headers["Location"] == f"{deals}/{deal}"
    assert way in tanya.get("/home").get_data(as_text=True)
    db.session.rollback()
    with inside(attempt.space), unit_of_work():  # what the world does meanwhile leads nowhere
        other = fetch(Company, attempt.given["namesake"][1])
        assert other.owner is not None
        values = {"outcome": "reached", "note": "Paper", "direction": "in"}
        perform("call.log", other, values, by=other.owner, origin="system")
    assert tanya.get(way).headers["Location"] == f"{deals}/{deal}"


def test_a_second_card_under_another_spelling_is_noticed(
    db_session: Any, sign_in: SignIn, visit: Visit
) -> None:
    tanya, asked = sign_in("tanya"), {"scenario": "customers/take-a-request", "mode": "practice"}
    place = tanya.post("/start", data=asked).headers["Location"].removesuffix("/deals")
    attempt = db.session.scalars(
        db.select(Attempt).where(Attempt.person_id == person_named("tanya").id)
    ).one()
    name = attempt.given["firm"][2]["name"]
    typed = {"name": bare_name(name), "kind": "legal", "anyway": "y"}
    assert bare_name(name) != name
    assert tanya.post(f"{place}/companies/create", data=typed).status_code == 303
    assert "two cards now" in visit(f"{place}/companies", by=tanya).select("#coach")[0].get_text(" ")


@pytest.mark.both_databases
def test_a_reset_asks_first_and_brings_the_fresh_data_back(
    db_session: Any, sign_in: SignIn, visit: Visit
) -> None:
    tanya = sign_in("tanya")
    place = tanya.post("/practice").headers["Location"].removesuffix("/deals")
    before = names_of_companies()
    assert tanya.post(f"{place}/companies/create", data={"name": "Zebra Stationery"}).status_code == 303
    assert "Zebra Stationery" in names_of_companies()
    assert visit(f"{place}/reset", by=tanya).find("form", action=f"{place}/reset") is not None
    assert "Zebra Stationery" in names_of_companies()
    assert tanya.post(f"{place}/reset").headers["Location"] == f"{place}/deals"
    assert names_of_companies() == before
    visit(f"{place}/deals", by=tanya)


def test_nobody_else_resets_ones_practice(sign_in: SignIn) -> None:
    place = sign_in("tanya").post("/practice").headers["Location"].replace("deals", "reset")
    assert sign_in("oleg").post(place).status_code == 404
    for way in ("get", "post"):
        assert getattr(sign_in("vera"), way)(place).status_code == 409


def test_an_attempts_data_is_not_reset_by_its_page(db_session: Any, sign_in: SignIn) -> None:
    tanya = sign_in("tanya")
    started = tanya.post("/start", data={"scenario": "sales/log-a-call", "mode": "learn"})
    assert started.status_code == 303, started.get_data(as_text=True)
    place = started.headers["Location"].rpartition("/s/")[2].partition("/")[0]
    assert tanya.get(f"/s/{place}/reset").status_code == 404
    assert tanya.post(f"/s/{place}/reset").status_code == 404


def creates(shown: Any) -> set[str]:
    """The codes of what the page's menu offers to make."""
    return {str(one["data-action"]) for one in shown.select("#new-menu [data-action]")}


def test_in_free_practice_one_may_play_another_colleague(
    db_session: Any, sign_in: SignIn, visit: Visit
) -> None:
    tanya = sign_in("tanya")
    place = tanya.post("/practice").headers["Location"].removesuffix("/deals")
    asked = visit(f"{place}/colleague", by=tanya)
    marketer = next(one for one in asked.select("label.check") if "Marketer" in one.get_text())
    offered = creates(visit(f"{place}/overview", by=tanya))
    assert "campaign.create" not in offered and "deal.create" in offered
    chosen = {"colleague": str(marketer.select("input")[0]["value"])}
    assert tanya.post(f"{place}/colleague", data=chosen).headers["Location"] == f"{place}/overview"
    offered = creates(visit(f"{place}/overview", by=tanya))
    assert "campaign.create" in offered and "deal.create" not in offered
    assert tanya.post(f"{place}/colleague", data={"colleague": "999"}).status_code == 404


def test_whom_one_plays_in_an_attempt_or_in_anothers_practice_is_not_chosen(
    db_session: Any, sign_in: SignIn
) -> None:
    tanya = sign_in("tanya")
    run, practice = begun(tanya), tanya.post("/practice").headers["Location"].removesuffix("/deals")
    assert tanya.post(f"{run}/colleague", data={"colleague": "2"}).status_code == 404
    assert sign_in("oleg").post(f"{practice}/colleague", data={"colleague": "2"}).status_code == 404
    assert sign_in("vera").post(f"{practice}/colleague", data={"colleague": "2"}).status_code == 409


def test_an_account_may_have_the_job_roles_of_the_companies(app: Any) -> None:
    with app.test_request_context(headers={"Cookie": "language=ru"}):
        assert "sales-manager" in job_roles.known()


def begun(client: Any, **more: Any) -> str:
    """A new learn run by the page; the address of its space."""
    sent = {"scenario": "sales/log-a-call", "mode": "learn", **more}
    return str(client.post("/start", data=sent).headers["Location"]).removesuffix("/deals")


def only_run(place: str) -> Attempt:
    db.session.rollback()
    space = int(place.rpartition("/")[2])
    return db.session.scalars(db.select(Attempt).where(Attempt.space_id == space)).one()


def test_starting_again_from_home_leaves_the_open_run(db_session: Any, sign_in: SignIn, visit: Visit) -> None:
    tanya = sign_in("tanya")
    first = only_run(begun(tanya)).id
    again = visit("/home", by=tanya).find("input", {"name": "instead"})
    assert again is not None and again["value"] == str(first)
    second = only_run(begun(tanya, instead=first))
    left = db.session.get_one(Attempt, first)
    assert (left.status, left.restarted, second.status) == ("abandoned", True, "open")


def test_starting_again_asks_first_where_something_was_done(
    db_session: Any, sign_in: SignIn, visit: Visit
) -> None:
    tanya = sign_in("tanya")
    place = begun(tanya)
    assert visit(f"{place}/deals", by=tanya).find("form", action=f"{place}/coach/restart") is not None
    deal = only_run(place).given["deal"][1]
    tanya.post(f"{place}/deals/{deal}/call/log", data={"outcome": "reached", "direction": "out"})
    for page in (visit(f"{place}/deals", by=tanya), visit("/home", by=tanya)):
        assert page.find("a", href=f"{place}/coach/restart") is not None
        assert page.find("form", action=f"{place}/coach/restart") is None
    asked = visit(f"{place}/coach/restart", by=tanya)
    assert asked.h1 is not None and asked.h1.get_text() == "Start again with new data?"
    assert only_run(place).is_open
    assert asked.find("form", action=f"{place}/coach/restart") is not None
    tanya.post(f"{place}/coach/restart")
    assert not only_run(place).is_open


def test_a_way_back_keeps_ones_place_in_the_list(db_session: Any, sign_in: SignIn) -> None:
    tanya = sign_in("tanya")
    place = begun(tanya)
    deal = f"{place}/deals/{only_run(place).given['deal'][1]}"
    tanya.post(f"{place}/coach/seen", data={"type": "deals", "n": deal.rpartition("/")[2]})
    tanya.post(f"{deal}/call/log", data={"outcome": "reached", "direction": "out"})
    for seen, lands in ((f"{deal}?in=status%3Dopen", f"{deal}?in=status%3Dopen"), (f"{place}/leads", deal)):
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{seen}"}
        answer = tanya.post(f"{place}/coach/rewind", data={"step": "1"}, headers=headers)
        assert answer.headers["Location"] == lands


def test_nobody_leaves_the_run_of_another(db_session: Any, sign_in: SignIn) -> None:
    tanyas = only_run(begun(sign_in("tanya"))).id
    begun(sign_in("oleg"), instead=tanyas)
    db.session.rollback()
    assert db.session.get_one(Attempt, tanyas).is_open


def test_work_in_a_paused_run_starts_its_clock_again(db_session: Any, sign_in: SignIn) -> None:
    tanya = sign_in("tanya")
    place = begun(tanya)
    tanya.post(f"{place}/coach/pause")
    assert only_run(place).paused_at is not None
    tanya.get(f"{place}/deals")
    assert only_run(place).paused_at is not None
    made = tanya.post(f"{place}/companies/create", data={"name": "Zebra Stationery", "kind": "legal"})
    assert made.status_code == 303
    attempt = only_run(place)
    assert attempt.paused_at is None and attempt.space.clock_since is not None


def test_the_timeline_marks_what_a_step_back_took_away(
    db_session: Any, sign_in: SignIn, visit: Visit
) -> None:
    tanya = sign_in("tanya")
    place = begun(tanya)
    deal = str(visit(f"{place}/deals", by=tanya).select("main [data-open]")[0]["data-open"]).partition("-")[2]
    lost = tanya.post(f"{place}/deals/{deal}/lose", data={"reason": "price", "note": "Too dear"})
    assert lost.status_code == 303
    assert visit(f"{place}/deals/{deal}", by=tanya).select_one(".timeline .undone") is None
    tanya.post(f"{place}/coach/rewind", data={"step": 0})
    undone = visit(f"{place}/deals/{deal}", by=tanya).select_one(".timeline .undone")
    assert undone is not None and "lost" in undone.get_text()


def test_an_onlooker_is_told_whose_space_it_is(sign_in: SignIn, visit: Visit) -> None:
    place = begun(sign_in("tanya"))
    vera = sign_in("vera")
    assert "Tanya Belova" in visit(f"{place}/deals", by=vera).select(".practice-chip")[0].get_text()
    assert visit("/desk", by=vera).find("a", href=f"{place}/deals") is not None
