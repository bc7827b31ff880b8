"""The board's page: which clearances hold, what is missing, and the runs behind it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sandbox.extensions import db
from sandbox.people import Person
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.factories.training import clear_for, make_attempt


@pytest.fixture(autouse=True)
def _inside(db_session: Any) -> None:
    """Rows are laid out here."""


def words(shown: Any) -> str:
    """The text of a page on one line."""
    return " ".join(shown.get_text(" ").split())


def test_no_runs_read_as_no_data_never_as_readiness(cast: Cast, sign_in: Any, visit: Any) -> None:
    shown = visit("/readiness", by=sign_in("boris"))
    assert "No data" in shown.h1.get_text()
    assert "no data" in shown.table.get_text()


def test_a_clearance_and_what_is_missing_next_are_shown(cast: Cast, sign_in: Any, visit: Any) -> None:
    clear_for(cast.tanya)
    make_attempt(cast.oleg, days_ago=1)
    shown = visit("/readiness", by=sign_in("boris"))
    assert shown.select_one("a.heat-alone")["href"].endswith(f"/{cast.tanya.id}/log-call")
    assert "1 of 3 clean runs" in words(shown)


def test_there_is_no_completion_percentage(cast: Cast, sign_in: Any, visit: Any) -> None:
    clear_for(cast.tanya)
    assert not re.search(r"\d\s*%", words(visit("/readiness", by=sign_in("boris")).main))


def test_coverage_is_a_fraction_of_weights(cast: Cast, sign_in: Any, visit: Any) -> None:
    clear_for(cast.tanya)
    assert re.search(r"15 of \d\d", words(visit("/readiness", by=sign_in("boris"))))


def test_trainees_do_not_read_it(cast: Cast, sign_in: Any, visit: Any) -> None:
    visit("/readiness", by=sign_in("tanya"), status=403)
    visit(f"/readiness/people/{cast.tanya.id}/log-call", by=sign_in("tanya"), status=403)


def test_a_trainer_reads_of_their_groups_alone(cast: Cast, sign_in: Any, visit: Any) -> None:
    assert "Tanya Belova" in words(visit("/readiness", by=sign_in("vera")))
    assert "Tanya Belova" not in words(visit("/readiness", by=sign_in("zoe")))
    visit(f"/readiness/people/{cast.tanya.id}/log-call", by=sign_in("zoe"), status=404)


def test_each_run_says_why_it_counted_and_leads_to_its_evidence(cast: Cast, sign_in: Any, visit: Any) -> None:
    clean = make_attempt(cast.tanya, days_ago=3)
    helped = make_attempt(cast.tanya, days_ago=2, helped=True)
    wrong = make_attempt(cast.tanya, days_ago=1, right=False)
    shown = visit(f"/readiness/people/{cast.tanya.id}/log-call", by=sign_in("boris"))
    rows = [words(row) for row in shown.select("tbody tr")]
    links = [row.select_one("a")["href"] for row in shown.select("tbody tr")]
    assert links == [f"/attempts/{number}" for number in (wrong, helped, clean)]
    assert "Not everything was right" in rows[0]
    assert "Help was taken" in rows[1]
    assert "clean run" in rows[2]


def test_slow_and_learning_runs_have_their_own_reasons(cast: Cast, sign_in: Any, visit: Any) -> None:
    make_attempt(cast.tanya, days_ago=2, mode="learn")
    make_attempt(cast.tanya, days_ago=1, seconds=700)
    shown = words(visit(f"/readiness/people/{cast.tanya.id}/log-call", by=sign_in("boris")))
    assert "more than twice the norm" in shown
    assert "neither earns nor revokes" in shown


def test_the_demo_history_is_labelled_and_counts_for_no_real_person(
    cast: Cast, sign_in: Any, visit: Any
) -> None:
    clear_for(cast.tanya, origin="demo")
    board = visit("/readiness", by=sign_in("boris"))
    assert not board.select("a.heat-alone")
    shown = words(visit(f"/readiness/people/{cast.tanya.id}/log-call", by=sign_in("boris")))
    assert "It belongs to the demo history" in shown


def test_the_demo_history_counts_for_a_demo_account_under_its_label(
    cast: Cast, sign_in: Any, visit: Any
) -> None:
    clear_for(cast.tanya, origin="demo")
    with unit_of_work():
        db.session.get_one(Person, cast.tanya.id).is_demo = True
    board = visit("/readiness", by=sign_in("boris"))
    assert board.select("a.heat-alone")
    assert "Demo history" in words(board)
    shown = words(visit(f"/readiness/people/{cast.tanya.id}/log-call", by=sign_in("boris")))
    assert "rests on demo history" in shown


def test_an_unknown_operation_is_not_found(cast: Cast, sign_in: Any, visit: Any) -> None:
    visit(f"/readiness/people/{cast.tanya.id}/fly", by=sign_in("boris"), status=404)
