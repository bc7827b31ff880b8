"""The guard is guarded: a bad scenario is rejected by the proof, each for its own reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sandbox.scenarios import Scenario, ScenarioFaults, load_scenario
from sandbox.seeding.recipes import company_file
from sandbox.training.catalogue import strange_operation
from sandbox.training.proof.proving import holds, prove
from sandbox.training.vocabulary import vocabulary_for

pytestmark = pytest.mark.state("companies")

BAD = Path(__file__).parent / "bad"
COMPANY = "office-supply"
REASONS = {
    "always-passes": "ticks-at-once",
    "never-passes": "never-ticks",
    "vacuous-condition": "vacuous",
    "unreachable-step": "cannot-be-done",
    "needless-moment": "needless-moment",
    "unread-move": "unread-move",
    "unbroken-keep": "keep-unbroken",
    "uncaught-mistake": "not-caught",
}


def scenario(name: str) -> Scenario:
    return load_scenario(BAD / f"{name}.yaml", vocabulary_for(company_file(COMPANY)), BAD.parent)


@pytest.mark.parametrize(("name", "reason"), REASONS.items())
def test_a_bad_scenario_is_rejected_for_its_own_reason(name: str, reason: str, db_session: Any) -> None:
    findings = prove(scenario(name), COMPANY, "en", 1)
    assert not holds(findings)
    assert next(one.fault for one in findings if one.fault) == reason


def test_a_typo_is_told_with_its_line_and_the_right_word(db_session: Any) -> None:
    with pytest.raises(ScenarioFaults) as found:
        scenario("typo")
    told = [(fault.line, fault.suggestion) for fault in found.value.faults if "outcom" in fault.message]
    assert (17, "outcome") in told


def test_an_operation_that_nobody_declared_is_told_before_any_trial(tmp_path: Path, db_session: Any) -> None:
    file = tmp_path / "sales" / "sample.yaml"
    file.parent.mkdir()
    text = (BAD / "unread-move.yaml").read_text("utf-8")
    file.write_text(text.replace("operation: log-call", "operation: log-cal"), "utf-8")
    fault = strange_operation(load_scenario(file, vocabulary_for(company_file(COMPANY)), tmp_path))
    assert fault is not None
    assert (fault.line, fault.suggestion) == (1 + text[: text.index("operation:")].count("\n"), "log-call")
    assert strange_operation(scenario("unread-move")) is None


def test_every_bad_file_has_a_reason() -> None:
    assert {path.stem for path in BAD.glob("*.yaml")} == {*REASONS, "typo"}
