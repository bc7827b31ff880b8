"""The demo's past is played once and whole, also where the set-up was interrupted in the middle."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.people import create_demo_cast
from sandbox.training import history
from sandbox.training.models import Assignment, Attempt
from tests.conftest import MakeApp

FEW = (history.PAST[0], history.PAST[6])


@pytest.mark.slow
def test_an_interrupted_past_is_played_to_its_end(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAST", FEW)
    told: list[str] = []

    def killed(sentence: str) -> None:
        told.append(sentence)
        if len(told) == 2:
            raise KeyboardInterrupt

    def counted(model: Any) -> int:
        return int(db.session.scalar(db.select(db.func.count()).select_from(model)) or 0)

    with make_app(DEMO=True).test_request_context("/"):
        create_demo_cast(at=machine_now())
        with pytest.raises(KeyboardInterrupt):
            history.play_history(killed)
        assert (counted(Attempt), counted(Assignment)) == (1, 0)
        told.append("")
        history.play_history(killed)
        given = sum(len(scenarios) for _name, scenarios in history.GIVEN)
        assert (counted(Attempt), counted(Assignment)) == (len(FEW), given)
        history.play_history(killed)
        assert told[3:] == ["Demo history: run 2 of 2"]
