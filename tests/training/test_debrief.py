"""The page of a run: whose it is, and what it tells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Cast
from tests.factories.training import make_attempt


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
    assert "1 hint" in shown.get_text(" ")


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
