"""A run of the proof plays in a space of its own and leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from sandbox.extensions import Base
from sandbox.people import Person
from sandbox.scenarios import RecordKey
from sandbox.seeding.templates import template_for
from sandbox.spaces import Space
from sandbox.training.catalogue import catalogue_of
from sandbox.training.models import Attempt, Evidence
from sandbox.training.proof.run import Run, Stopped, run_of
from sandbox.training.proof.slips import slips_of
from sandbox.training.proof.trial import Trial, go_on

pytestmark = pytest.mark.state("companies")

COMPANY = "office-supply"


def scenario(slug: str = "sales/log-a-call") -> Any:
    return catalogue_of(COMPANY).scenarios[slug]


def counted(db_session: Any, *models: type[Base]) -> list[int]:
    return [db_session.scalar(select(func.count()).select_from(model)) for model in models]


def ticks(run: Run) -> list[bool]:
    return [state.ticked for state in run.progress.steps]


def test_nothing_of_a_run_is_left(db_session: Any) -> None:
    template_for(COMPANY)
    before = counted(db_session, Space, Attempt, Evidence, Person)
    with run_of(scenario(), COMPANY, 1) as run:
        run.step(0)
        run.step(1)
        assert ticks(run) == [True, True, False]
    assert counted(db_session, Space, Attempt, Evidence, Person) == before


def test_the_same_seed_lays_out_the_same_records(db_session: Any) -> None:
    given = []
    for seed in (4, 4, 5):
        with run_of(scenario(), COMPANY, seed) as run:
            given.append(run.attempt.given)
    assert given[0] == given[1]
    assert given[0] != given[2]


def test_a_refused_move_stops_the_step_and_stays_as_evidence(db_session: Any) -> None:
    with run_of(scenario(), COMPANY, 1) as run:
        yesterday = {0: {"due": run.attempt.space.today().replace(year=2001)}}
        with pytest.raises(Stopped) as stopped:
            run.step(2, yesterday)
        assert stopped.value.code == "due_in_past"
        assert [one.index for one in run.progress.mistakes] == [1]
        assert ticks(run) == [False, False, False]
        run.step(2)
        assert ticks(run) == [False, False, True]


def test_what_the_form_refuses_never_reaches_the_action(db_session: Any) -> None:
    with run_of(scenario(), COMPANY, 1) as run:
        with pytest.raises(Stopped) as stopped:
            run.step(2, {0: {"subject": None}})
        assert stopped.value.code == "the form"


def test_a_conversion_is_named_for_later_steps(db_session: Any) -> None:
    with run_of(scenario("sales/qualify-a-lead"), COMPANY, 1) as run:
        assert "deal" not in run.bindings
        assert go_on(run, range(4)) == ""
        assert run.bindings["deal"].type == "deal"
        assert go_on(run, range(4, 5)) == ""
        assert run.finish().right


def test_the_planted_twin_is_the_first_wrong_record(db_session: Any) -> None:
    template_for(COMPANY)
    trial = Trial(scenario(), COMPANY, "en")
    slips = {slip.what: slip for slip in slips_of(trial)}
    twin = slips["step 2, call.log: on"].values[0]
    with trial.run() as run:
        found = slips["step 2, call.log: on"].value_in(run, twin)
        assert found == RecordKey("deal", run.bindings["namesake_deal"].n)
