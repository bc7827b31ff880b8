"""A run from its beginning to its finish: ticks, takes, help, the time of a control run, and its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now, pass_time, set_back
from sandbox.kernel.errors import Refused
from sandbox.people import Person, person_by_email
from sandbox.spaces import inside
from sandbox.spaces.bulk import images, purge
from sandbox.training import attempts, judging
from sandbox.training.models import Attempt, Evidence, EvidenceIsFinal
from sandbox.training.walking import walk_step
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import email_of

LOG = "sales/log-a-call"


@pytest.fixture
def tanya(app: Any, cast: Any) -> Iterator[Person]:
    with app.test_request_context("/"):
        person = person_by_email(email_of("tanya"))
        assert person is not None
        yield person


def begin(person: Person, mode: str = "practice", company: str = "office-supply", seed: int = 5) -> Attempt:
    with unit_of_work():
        return attempts.begin(db.session.get_one(Person, person.id), LOG, mode, company, seed=seed)


def walk(attempt: Attempt, *steps: int) -> None:
    for step in steps:
        with unit_of_work(), inside(attempt.space):
            walk_step(attempt, step)


def ticked(attempt: Attempt) -> list[bool]:
    progress = judging.progress_of(attempt)
    assert progress is not None
    return [state.ticked for state in progress.steps]


def evidence(attempt: Attempt, kind: str) -> list[Evidence]:
    query = select(Evidence).where(Evidence.attempt_id == attempt.id, Evidence.kind == kind)
    return list(db.session.scalars(query.order_by(Evidence.id)))


@pytest.mark.parametrize("company", ["office-supply", "fuel-cards"])
def test_a_walkthrough_ticks_step_by_step_and_is_right_at_the_finish(tanya: Person, company: str) -> None:
    attempt = begin(tanya, company=company)
    seen = [ticked(attempt)]
    for step in range(3):
        walk(attempt, step)
        seen.append(ticked(attempt))
    assert seen == [[False] * 3, [True, False, False], [True, True, False], [True] * 3]
    with unit_of_work(), inside(attempt.space):
        verdict = attempts.conclude(attempt)
    assert verdict.right and attempt.is_right and attempt.status == "finished"
    assert attempt.space.status == "closed"


def test_nothing_done_is_not_right(tanya: Person) -> None:
    attempt = begin(tanya)
    with unit_of_work(), inside(attempt.space):
        verdict = attempts.conclude(attempt)
    assert not verdict.right and attempt.is_right is False


def test_a_rewind_takes_back_records_and_ticks_together(tanya: Person) -> None:
    attempt = begin(tanya)
    walk(attempt, 0)
    before = {table: rows for table, rows in images(attempt.space).items() if table != "events"}
    walk(attempt, 1, 2)
    with unit_of_work(), inside(attempt.space):
        attempts.rewind(attempt, 1, by=attempts.me_in(attempt))
    assert ticked(attempt) == [True, False, False] and attempt.take == 2
    assert {table: rows for table, rows in images(attempt.space).items() if table != "events"} == before
    assert [row.data["rung"] for row in evidence(attempt, "help")] == ["rewind"]
    walk(attempt, 1, 2)
    assert ticked(attempt) == [True] * 3


def test_what_the_house_does_by_itself_is_no_time_of_work(tanya: Person) -> None:
    with set_back(machine_now() - timedelta(hours=1)):
        attempt = begin(tanya)
        with unit_of_work():
            for minute, origin in ((1, "trainee"), (5, "system")):
                judging.note(
                    attempt, "event", at=attempt.started_at + timedelta(minutes=minute), origin=origin
                )
    with unit_of_work(), inside(attempt.space):
        attempts.conclude(attempt, at=attempt.started_at + timedelta(minutes=9))
    # A gap counts as five minutes at most, and the answer that came breaks none in two.
    assert attempt.seconds == (1 + 5) * 60


def test_evidence_outlives_the_rows_it_tells_of_and_is_never_changed(tanya: Person) -> None:
    attempt = begin(tanya)
    walk(attempt, 0, 1, 2)
    with unit_of_work(), inside(attempt.space):
        attempts.conclude(attempt)
    with unit_of_work():
        purge(attempt.space)
    kept = evidence(attempt, "event")
    assert [row.data["code"] for row in kept] == ["call.logged", "task.set"]
    assert all(row.data["facts"] for row in kept)
    with pytest.raises(EvidenceIsFinal), unit_of_work():
        db.session.get_one(Evidence, kept[0].id).kind = "nothing"


def test_two_attempts_have_different_data_and_one_seed_the_same(tanya: Person) -> None:
    first, second, third = begin(tanya, seed=1), begin(tanya, seed=2), begin(tanya, seed=1)
    assert first.given != second.given
    assert first.given["firm"][2] == third.given["firm"][2]


def test_a_control_run_whose_time_is_over_takes_no_more_work_and_is_judged_as_it_stood(tanya: Person) -> None:
    with set_back(machine_now() - timedelta(hours=2)):
        attempt = begin(tanya, "exam")
        walk(attempt, 0, 1)
        pass_time(timedelta(minutes=1))
    with pytest.raises(Refused) as refusal:
        attempts.insist_on_time(attempt.space)
    assert refusal.value.code == "time_over"
    with unit_of_work():
        assert attempts.conclude_late(machine_now()) == 1
    assert attempt.status == "finished" and attempt.is_right is False
    assert attempt.finished_at == attempt.ends_at


def test_an_unknown_scenario_is_a_sentence(tanya: Person) -> None:
    with pytest.raises(Refused) as refusal, unit_of_work():
        attempts.begin(db.session.get_one(Person, tanya.id), "sales/none", "learn", "office-supply")
    assert refusal.value.code == "no_scenario"
