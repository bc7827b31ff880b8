"""What is left of an attempt when its rows have gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from sandbox.extensions import db, queue
from sandbox.kernel.clock import machine_now
from sandbox.spaces import Space
from sandbox.spaces.bulk import count_rows
from sandbox.training import attempts
from sandbox.training.models import Attempt, Evidence
from sandbox.training.retention import purge_old
from sandbox.web.unit_of_work import unit_of_work
from tests.conftest import person_named

pytestmark = [pytest.mark.state("company"), pytest.mark.usefixtures("db_session")]


def run(finish: bool) -> tuple[int, int]:
    """An attempt of Tanya's, over or not: its number and its space's."""
    with unit_of_work():
        attempt = attempts.begin(person_named("tanya"), "sales/log-a-call", "practice", "office-supply")
        found = attempt.id, attempt.space_id
    if finish:
        with unit_of_work():
            attempts.abandon(db.session.get_one(Attempt, found[0]), restarted=False)
    return found


@pytest.mark.both_databases
def test_only_attempts_over_for_longer_than_the_retention_are_emptied(app: Any) -> None:
    over, going_on = run(finish=True), run(finish=False)
    later = machine_now() + timedelta(days=app.config["RETENTION_DAYS"])
    assert purge_old(later - timedelta(minutes=1)) == 0
    assert purge_old(later + timedelta(minutes=1)) == 1
    assert purge_old(later + timedelta(minutes=1)) == 0
    gone, kept = (db.session.get_one(Space, space) for _, space in (over, going_on))
    assert gone.status == "purged" and not any(count_rows(gone).values())
    assert kept.is_open and count_rows(kept)["colleagues"]


def test_the_evidence_outlives_the_rows(app: Any) -> None:
    attempt, _space = run(finish=True)
    count = select(func.count()).where(Evidence.attempt_id == attempt)
    before = db.session.scalar(count)
    purge_old(machine_now() + timedelta(days=400))
    assert before and db.session.scalar(count) == before


def test_the_command_and_the_worker_do_it(app: Any) -> None:
    attempt, space = run(finish=True)
    with unit_of_work():
        db.session.get_one(Attempt, attempt).finished_at = machine_now() - timedelta(days=31)
    answer = app.test_cli_runner().invoke(args=["training", "purge"])
    assert answer.output == "Spaces emptied: 1\n"
    db.session.rollback()
    assert db.session.get_one(Space, space).status == "purged"
    names = {task.name for task in queue()._registry.periodic_tasks}
    assert names == {
        "answer_for_counterparties",
        "judge_late_control_runs",
        "go_on_with_many_records",
        "let_mailings_go_on",
        "prove_what_changed",
        "purge_old_attempts",
    }
