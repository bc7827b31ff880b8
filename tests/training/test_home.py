"""A trainee's first page: what to do next, and how far they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.people import Person
from sandbox.training.assigning import assign, assignments_of, withdraw
from sandbox.training.models import Assignment
from sandbox.training.runs_of import project_today
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.factories.training import CALL, clear_for, make_attempt


@pytest.fixture(autouse=True)
def _inside(db_session: Any) -> None:
    """Rows are laid out here."""


def give(trainee: Person, trainer: Person, due: date | None = None) -> None:
    """Assign logging calls."""
    with unit_of_work():
        assign([trainee], [CALL], due, trainer, machine_now())


def test_the_page_greets_by_name_and_offers_the_first_task(cast: Cast, sign_in: Any, visit: Any) -> None:
    shown = visit("/home", by=sign_in("tanya"))
    assert "Tanya" in shown.h1.get_text()
    assert shown.select_one(".next-card input[name=scenario]")["value"] == CALL
    modes = [one["value"] for one in shown.select(".next-card input[name=mode]")]
    assert modes == ["learn", "practice", "exam"]


def test_an_open_run_comes_first(cast: Cast, sign_in: Any, visit: Any) -> None:
    make_attempt(cast.tanya, status="open")
    hero = visit("/home", by=sign_in("tanya")).select_one(".next-card")
    assert "Continue at step 2" in hero.get_text()


def test_an_open_control_run_tells_nothing_of_its_steps(cast: Cast, sign_in: Any, visit: Any) -> None:
    make_attempt(cast.tanya, status="open", mode="exam")
    hero = visit("/home", by=sign_in("tanya")).select_one(".next-card")
    assert "Control run, begun" in hero.get_text() and "clock runs on" in hero.get_text()
    assert "step 2" not in hero.get_text() and hero.select(".next-step") == []


def test_a_paused_run_is_resumed_by_its_button(cast: Cast, sign_in: Any, visit: Any) -> None:
    make_attempt(cast.tanya, status="open", paused_at=machine_now())
    hero = visit("/home", by=sign_in("tanya")).select_one(".next-card")
    assert hero.select_one("form")["action"].endswith("/coach/resume")


def test_an_assignment_is_shown_with_its_date(cast: Cast, sign_in: Any, visit: Any) -> None:
    give(cast.tanya, cast.vera, project_today() + timedelta(days=1))
    hero = visit("/home", by=sign_in("tanya")).select_one(".next-card").get_text(" ")
    assert "Assigned to you" in hero
    assert "tomorrow" in hero or "today" in hero


def test_what_is_missing_stands_beside_the_ladder(cast: Cast, sign_in: Any, visit: Any) -> None:
    make_attempt(cast.tanya, days_ago=2)
    make_attempt(cast.tanya, days_ago=1)
    assert "2 of 3 clean runs" in visit("/home", by=sign_in("tanya")).get_text(" ")


def test_a_cleared_task_is_no_longer_the_next_one(cast: Cast, sign_in: Any, visit: Any) -> None:
    clear_for(cast.tanya)
    shown = visit("/home", by=sign_in("tanya"))
    hero = shown.select_one(".next-card input[name=scenario]")
    assert hero is None or hero["value"] != CALL


def test_demo_history_is_labelled(cast: Cast, sign_in: Any, visit: Any) -> None:
    with unit_of_work():
        db.session.get_one(Person, cast.tanya.id).is_demo = True
    clear_for(cast.tanya, origin="demo")
    with unit_of_work():
        db.session.get_one(Person, cast.tanya.id).is_demo = False
    assert "demo history" in visit("/home", by=sign_in("tanya")).get_text(" ")


def test_somebody_else_sees_nothing_of_it(cast: Cast, sign_in: Any, visit: Any) -> None:
    clear_for(cast.tanya)
    give(cast.tanya, cast.vera)
    shown = visit("/home", by=sign_in("oleg")).get_text(" ")
    assert "Assigned to you" not in shown
    assert "Cleared" not in shown


def test_a_person_without_a_job_role_reads_a_calm_page(cast: Cast, sign_in: Any, visit: Any) -> None:
    assert "No task is waiting" in visit("/home", by=sign_in("vera")).get_text(" ")


def test_a_withdrawn_assignment_is_gone_and_may_be_given_again(cast: Cast) -> None:
    give(cast.tanya, cast.vera)
    with unit_of_work():
        withdraw(db.session.scalars(db.select(Assignment)).one(), machine_now())
    assert assignments_of(cast.tanya) == []
    give(cast.tanya, cast.vera)
    assert len(assignments_of(cast.tanya)) == 1


def test_giving_twice_moves_the_date_and_makes_no_second_assignment(cast: Cast) -> None:
    give(cast.tanya, cast.vera)
    give(cast.tanya, cast.vera, date.max)
    assert [one.due for one in assignments_of(cast.tanya)] == [date.max]


def test_another_task_is_taken_to_the_front_with_all_its_ways(cast: Cast, sign_in: Any, visit: Any) -> None:
    shown = visit("/home", by=sign_in("tanya"))
    first, second = shown.select(".row-task a")[:2]
    assert (first["aria-current"], second.get("aria-current")) == ("true", None)
    hero = visit(second["href"].partition("#")[0], by=sign_in("tanya")).select_one(".next-card")
    assert hero.h2.get_text() == second.get_text()
    assert [one["value"] for one in hero.select("input[name=mode]")] == ["learn", "practice", "exam"]
