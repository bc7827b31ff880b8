"""All parts of the proof for one scenario with one company, in one language of the interface."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import force_locale

from sandbox.scenarios import Scenario
from sandbox.seeding.recipes import company_file
from sandbox.seeding.templates import template_for
from sandbox.training.proof.fail_before import fail_before
from sandbox.training.proof.findings import Finding
from sandbox.training.proof.mistakes import mistakes
from sandbox.training.proof.omission import omission
from sandbox.training.proof.seeds import seeds
from sandbox.training.proof.solve import solve, unread
from sandbox.training.proof.trial import Trial

FEW, MANY = 3, 20
LANGUAGES = ("en", "ru")


def prove(scenario: Scenario, company: str, language: str, count: int = FEW) -> list[Finding]:
    """Every part in the company's own language; in the other one the walkthrough and the mistakes.

    The template of the company is made first, and stays; of the runs nothing is left.
    """
    template_for(company)
    with force_locale(language):
        return list(_parts(Trial(scenario, company, language), count))


def holds(findings: list[Finding]) -> bool:
    """Whether the scenario may be played."""
    return all(one.is_right for one in findings)


def _parts(trial: Trial, count: int) -> Iterator[Finding]:
    if trial.language != company_file(trial.company).language:
        yield from solve(trial)
        yield from mistakes(trial)
        return
    yield from fail_before(trial)
    solved = [*unread(trial), *solve(trial)]
    yield from solved
    if not holds(solved):
        return  # what cannot be done rightly cannot be left out
    yield from omission(trial)
    yield from mistakes(trial)
    yield from seeds(trial, count)
