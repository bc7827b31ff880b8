"""Where people stand, read from their attempts and evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from sandbox.extensions import db
from sandbox.training.runs import ABANDONED
from sandbox.training.runs_of import project_today, runs_of
from sandbox.training.standing import standing_of, standings
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.factories.training import clear_for, make_attempt


@pytest.fixture(autouse=True)
def _inside(db_session: Any) -> None:
    """Everything here reads rows."""


def test_three_clean_runs_on_two_days_clear_a_person(cast: Cast) -> None:
    used = clear_for(cast.tanya)
    standing = standing_of(cast.tanya).standings["log-call"]
    assert standing.state.valid
    assert list(standing.state.used_runs) == used


def test_a_clearance_counts_by_weight_toward_coverage(cast: Cast) -> None:
    clear_for(cast.tanya)
    one = standing_of(cast.tanya)
    assert one.covered is not None
    assert 0 < one.covered < 1
    assert [standing.operation.code for standing in one.held] == ["log-call"]


def test_runs_of_another_person_change_nothing(cast: Cast) -> None:
    clear_for(cast.tanya)
    assert standing_of(cast.oleg).standings["log-call"].state.state == "none"


def test_the_same_data_counts_once(cast: Cast) -> None:
    for days in (3, 2, 1):
        make_attempt(cast.tanya, days_ago=days, seed=7)
    assert not standing_of(cast.tanya).standings["log-call"].state.valid


def test_a_helped_run_is_not_among_those_that_count(cast: Cast) -> None:
    make_attempt(cast.tanya, days_ago=2)
    helped = make_attempt(cast.tanya, days_ago=1, helped=True)
    assert helped not in standing_of(cast.tanya).standings["log-call"].state.used_runs


def test_the_demo_history_counts_for_demo_accounts_alone(cast: Cast) -> None:
    clear_for(cast.tanya, origin="demo")
    assert not standing_of(cast.tanya).standings["log-call"].state.valid
    with unit_of_work():
        db.session.get_one(type(cast.tanya), cast.tanya.id).is_demo = True
    one = standing_of(db.session.get_one(type(cast.tanya), cast.tanya.id))
    assert one.standings["log-call"].state.valid
    assert one.standings["log-call"].state.demo
    assert one.has_demo


def test_runs_on_an_older_text_of_the_scenario_are_stale_and_earn_nothing_new(cast: Cast) -> None:
    old = "0" * 64
    for days in (3, 2):
        make_attempt(cast.tanya, days_ago=days, digest=old)
    make_attempt(cast.oleg, days_ago=1.5)
    assert all(run.stale_since is not None for run in runs_of([cast.tanya])[cast.tanya.id])
    make_attempt(cast.tanya, days_ago=1)
    assert not standing_of(cast.tanya).standings["log-call"].state.valid


def test_an_exam_left_for_a_day_is_abandoned_and_revokes(cast: Cast) -> None:
    clear_for(cast.tanya)
    make_attempt(cast.tanya, days_ago=1.01, mode="exam", status="open", seconds=30)
    run = runs_of([cast.tanya])[cast.tanya.id][-1]
    assert run.status == ABANDONED
    assert run.left_24h
    assert standing_of(cast.tanya).standings["log-call"].state.state == "revoked"


def test_an_open_run_of_today_changes_nothing(cast: Cast) -> None:
    clear_for(cast.tanya)
    make_attempt(cast.tanya, status="open")
    assert standing_of(cast.tanya).standings["log-call"].state.valid


def test_a_practice_run_restarted_after_a_critical_mistake_revokes(cast: Cast) -> None:
    clear_for(cast.tanya)
    make_attempt(cast.tanya, status="abandoned", critical=True, restarted=True)
    assert standing_of(cast.tanya).standings["log-call"].state.state == "revoked"


def test_yesterday_is_answered_as_of_yesterday(cast: Cast) -> None:
    clear_for(cast.tanya)
    before = project_today() - timedelta(days=10)
    assert standing_of(cast.tanya, before).standings["log-call"].state.state == "none"


def test_many_people_are_read_in_six_queries_at_most(cast: Cast) -> None:
    people = [cast.tanya, cast.oleg]
    for person in people:
        clear_for(person)
        make_attempt(person, status="open")
    asked: list[str] = []
    listen = lambda _c, _k, statement, *_rest: asked.append(statement)  # noqa: E731
    ready = [db.session.get_one(type(person), person.id) for person in people]
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        standings(ready)
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    assert len(asked) <= 6, asked
