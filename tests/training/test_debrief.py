"""The page of a run: whose it is, and what it tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from sandbox.extensions import db
from sandbox.scenarios import Progress
from sandbox.scenarios.progress import StepState
from sandbox.training import judging
from sandbox.training.models import Attempt, Evidence
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.factories.training import clear_for, make_attempt


@pytest.fixture(autouse=True)
def _inside(db_session: Any) -> None:
    """Rows are laid out here."""


def test_oleg_cannot_open_tanyas_attempt(cast: Cast, sign_in: Any) -> None:
    attempt = make_attempt(cast.tanya)
    assert sign_in("oleg").get(f"/attempts/{attempt}").status_code == 404


def test_a_trainer_of_another_group_cannot_open_it(cast: Cast, sign_in: Any) -> None:
    attempt = make_attempt(cast.tanya)
    assert sign_in("zoe").get(f"/attempts/{attempt}").status_code == 404


@pytest.mark.parametrize("who", ["tanya", "vera", "boris", "anna"])
def test_those_who_may_look_read_it(cast: Cast, sign_in: Any, visit: Any, who: str) -> None:
    shown = visit(f"/attempts/{make_attempt(cast.tanya)}", by=sign_in(who))
    assert "Every step is right, and the run counts" in shown.h1.get_text()


def test_help_is_named_as_what_kept_the_run_from_counting(cast: Cast, sign_in: Any, visit: Any) -> None:
    shown = visit(f"/attempts/{make_attempt(cast.tanya, helped=True)}", by=sign_in("tanya"))
    assert "Help kept the run from counting" in shown.h1.get_text()
    assert [one.get_text() for one in shown.select(".four b")][2] == "1"  # words would not fit in
    assert shown.select(".four > div")[2].get_text(" ").endswith("1 hint")


def test_a_critical_mistake_is_told_with_its_sentence(cast: Cast, sign_in: Any, visit: Any) -> None:
    shown = visit(f"/attempts/{make_attempt(cast.tanya, critical=True)}", by=sign_in("tanya"))
    assert "critical mistake" in shown.h1.get_text()


def test_an_open_run_says_how_far_it_is(cast: Cast, sign_in: Any, visit: Any) -> None:
    shown = visit(f"/attempts/{make_attempt(cast.tanya, status='open')}", by=sign_in("vera"))
    assert "Still at work" in shown.h1.get_text()


def test_an_unknown_attempt_is_not_found(cast: Cast, sign_in: Any) -> None:
    assert sign_in("boris").get("/attempts/4711").status_code == 404


def test_only_its_person_is_offered_another_run(cast: Cast, sign_in: Any, visit: Any) -> None:
    attempt = make_attempt(cast.tanya)
    assert visit(f"/attempts/{attempt}", by=sign_in("tanya")).select("input[name=mode]")
    assert not visit(f"/attempts/{attempt}", by=sign_in("boris")).select("input[name=mode]")


def test_a_demo_run_is_labelled(cast: Cast, sign_in: Any, visit: Any) -> None:
    attempt = make_attempt(cast.tanya, origin="demo")
    assert "demo history" in visit(f"/attempts/{attempt}", by=sign_in("boris")).get_text(" ")


def condition(step: int | None, met: bool, words: str = "") -> dict[str, Any]:
    """One condition as the finish keeps it."""
    message = {"message": "none.tick", "values": {"text": {"text": {"en": words, "ru": words}}}}
    parts = [[{**message, "message": "tick"}, met]] if words else []
    return {"step": step, "met": met, "message": message if words else None, "parts": parts}


def judged(attempt: int, conditions: list[dict[str, Any]], keep: Iterable[dict[str, Any]] = ()) -> None:
    """Lay down what the finish came to."""
    with unit_of_work():
        db.session.get_one(Attempt, attempt).result = {"conditions": conditions, "keep": list(keep)}


def told(cast: Cast, sign_in: Any, visit: Any, attempt: int) -> str:
    return " ".join(
        visit(f"/attempts/{attempt}", by=sign_in("tanya")).select_one("main").get_text(" ").split()
    )


def test_the_heading_and_the_fact_count_the_same_steps(cast: Cast, sign_in: Any, visit: Any) -> None:
    attempt = make_attempt(cast.tanya, right=False)
    judged(attempt, [condition(1, True), condition(2, False, "A task is set")], [condition(None, True)])
    text = told(cast, sign_in, visit, attempt)
    assert "2 of 3 steps are right. See below what differs." in text
    assert "Right at the finish 2 of 3 not all steps" in text


def test_what_can_no_longer_be_done_is_not_advised(cast: Cast, sign_in: Any, visit: Any) -> None:
    attempt = make_attempt(cast.tanya, right=False)
    judged(attempt, [condition(1, True), condition(2, False, "A task is set")])
    text = told(cast, sign_in, visit, attempt)
    assert "Still missing: “A task is set”." in text
    assert text.count("A task is set") == 1
    assert "Do it as the step says" not in text


def test_right_steps_beside_a_broken_rest_are_told_as_such(cast: Cast, sign_in: Any, visit: Any) -> None:
    attempt = make_attempt(cast.tanya, right=False)
    judged(attempt, [condition(1, True), condition(2, True)], [condition(None, False, "One card")])
    text = told(cast, sign_in, visit, attempt)
    assert "Every step is right, but something else was changed" in text
    assert "3 of 3 something else was changed" in text


def test_a_control_run_that_ran_out_says_so(cast: Cast, sign_in: Any, visit: Any) -> None:
    number = make_attempt(cast.tanya, mode="exam", right=False)
    judged(number, [condition(1, False, "A call"), condition(2, True)])
    assert "The time ran out" not in told(cast, sign_in, visit, number)
    with unit_of_work():
        attempt = db.session.get_one(Attempt, number)
        attempt.ends_at = attempt.finished_at
    assert "The time ran out:" in told(cast, sign_in, visit, number)


def test_what_only_shows_the_way_takes_no_time_of_a_control_run(cast: Cast, sign_in: Any, visit: Any) -> None:
    number = make_attempt(cast.tanya, mode="exam", seconds=100)
    with unit_of_work():
        attempt = db.session.get_one(Attempt, number)
        attempt.progress = Progress(tuple(StepState(step, step + 1, step + 1) for step in range(3))).as_json()
        for step, seconds in enumerate((20, 60, 90)):
            judging.note(
                attempt, "tick", step=step, at=attempt.started_at + timedelta(seconds=seconds), saw=[]
            )
    page = visit(f"/attempts/{number}", by=sign_in("tanya"))
    times = [one.get_text(strip=True) for one in page.select("main .num.dense")]
    assert times == ["1:00", "0:30"]


def test_a_refusal_that_is_a_mistake_is_told_once(cast: Cast, sign_in: Any, visit: Any) -> None:
    number = make_attempt(cast.tanya)
    with unit_of_work():
        attempt = db.session.get_one(Attempt, number)
        turned_down: dict[str, Any] = {"action": "task.set", "record": None, "values": {}, "after": 1}
        for code in ("due_in_past", "no_subject"):
            judging.note(attempt, "refusal", code=code, sentence=f"Said of {code}.", **turned_down)
        late = next(one.index for one in judging.scenario_in(attempt).mistakes if "task.set" in str(one.when))
        judging.note(attempt, "mistake", index=late, critical=False)
    text = told(cast, sign_in, visit, number)
    assert "Said of no_subject." in text
    assert "Said of due_in_past." not in text


def test_the_run_that_wins_the_clearance_says_so(cast: Cast, sign_in: Any, visit: Any) -> None:
    first, _second, last = clear_for(cast.tanya)
    assert "This run has won the clearance" in told(cast, sign_in, visit, last)
    assert "has won" not in told(cast, sign_in, visit, first), "it was one of three"
    ways = visit(f"/attempts/{last}", by=sign_in("tanya")).select(".actions button")
    assert (
        ways[0].get_text(" ", strip=True).startswith("Next:")
    )  # what was learnt need not be tried at once again
    make_attempt(cast.oleg)
    assert "has won" not in told(cast, sign_in, visit, make_attempt(cast.tanya, mode="learn"))
    assert first


def test_help_is_told_in_words(cast: Cast, sign_in: Any, visit: Any) -> None:
    attempt = make_attempt(cast.tanya, helped=True)
    with unit_of_work():
        at = db.session.get_one(Attempt, attempt).finished_at
        for rung in ("tell", "show"):
            row = Evidence(attempt_id=attempt, take=1, kind="help", at=at, step=1)
            row.data = {"rung": rung}
            db.session.add(row)
    text = told(cast, sign_in, visit, attempt)
    assert "1 hint, explained once, place shown once" in text
    assert "×" not in text
