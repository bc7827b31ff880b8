"""What every part of the proof works on: a scenario, a company, a seed, and the language of its reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sandbox.scenarios import FinishVerdict, Scenario
from sandbox.seeding.recipes import company_file
from sandbox.training.proof.run import Changes, Run, Stopped, run_of
from sandbox.training.vocabulary import CompanyVocabulary, vocabulary_for


@dataclass(frozen=True)
class Trial:
    """A scenario on trial with a company; `language` is that of the interface."""

    scenario: Scenario
    company: str
    language: str
    seed: int = 1
    nasty: float = 0.0

    @property
    def vocabulary(self) -> CompanyVocabulary:
        """The words of the company."""
        return vocabulary_for(company_file(self.company))

    def run(self) -> AbstractContextManager[Run]:
        """A fresh run, of which nothing is left after the block."""
        return run_of(self.scenario, self.company, self.seed, nasty=self.nasty)

    def steps(self) -> Iterator[int]:
        """The steps in the order of the file."""
        return iter(range(len(self.scenario.steps)))


def go_on(
    run: Run, steps: Iterator[int] | range, changes: dict[int, dict[int, Changes]] | None = None
) -> str:
    """Make the moves of these steps until one cannot be made; the code of what stopped it, or nothing."""
    for index in steps:
        try:
            run.step(index, (changes or {}).get(index))
        except Stopped as stopped:
            return stopped.code
    return ""


def finish_after(run: Run, steps: list[int]) -> FinishVerdict:
    """Do these steps as far as they go, then press Finish."""
    go_on(run, iter(steps))
    return run.finish()
