"""The same press from several windows at once does its work once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from sandbox.extensions import db
from sandbox.spaces import Space
from sandbox.training.models import Attempt, Evidence
from tests.conftest import SignIn

pytestmark = [pytest.mark.both_databases, pytest.mark.state("company")]
WINDOWS = 4


def at_once(sign_in: SignIn, address: str, **sent: Any) -> list[int]:
    """The same POST of Tanya's from several windows in the same moment; the statuses."""
    windows, ready = [sign_in("tanya") for _ in range(WINDOWS)], Barrier(WINDOWS)

    def press(window: Any) -> int:
        ready.wait()
        return int(window.post(address, data=sent).status_code)

    with ThreadPoolExecutor(WINDOWS) as pool:
        return sorted(pool.map(press, windows))


def test_a_run_is_finished_once(db_session: Any, sign_in: SignIn) -> None:
    begun = sign_in("tanya").post("/start", data={"scenario": "sales/log-a-call", "mode": "learn"})
    place = str(begun.headers["Location"]).removesuffix("/deals")
    assert at_once(sign_in, f"{place}/coach/finish") == [303] + [409] * (WINDOWS - 1)
    db.session.rollback()
    finished = db.select(Evidence).where(Evidence.kind == "finished")
    assert len(db.session.scalars(finished).all()) == 1


def test_a_run_is_begun_anew_once(db_session: Any, sign_in: SignIn) -> None:
    begun = sign_in("tanya").post("/start", data={"scenario": "sales/log-a-call", "mode": "learn"})
    place = str(begun.headers["Location"]).removesuffix("/deals")
    assert at_once(sign_in, f"{place}/coach/restart") == [303] + [409] * (WINDOWS - 1)
    db.session.rollback()
    assert len(db.session.scalars(db.select(Attempt).where(Attempt.status == "open")).all()) == 1


def test_the_first_visit_makes_one_practice_space(db_session: Any, sign_in: SignIn) -> None:
    assert at_once(sign_in, "/practice") == [303] * WINDOWS
    db.session.rollback()
    assert len(db.session.scalars(db.select(Space).where(Space.kind == "free")).all()) == 1
