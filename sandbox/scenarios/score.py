"""What a finished run comes to. Time, help and counting are the clearances' matter."""

from dataclasses import dataclass

from sandbox.scenarios.conditions.base import Verdict
from sandbox.scenarios.progress import MistakeState, Progress, advance
from sandbox.scenarios.scenario import Scenario
from sandbox.scenarios.values import Bindings
from sandbox.scenarios.world import World


@dataclass(frozen=True)
class Judged:
    """One condition at the finish: of which step (None: of keep), and what came of it."""

    step: int | None
    index: int
    line: int
    verdict: Verdict

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.verdict.met


@dataclass(frozen=True)
class FinishVerdict:
    """The judgement of a run at its finish."""

    right: bool
    """Every step was done, every condition holds that need not have passed, and so does every keep."""
    conditions: tuple[Judged, ...]
    keep: tuple[Judged, ...]
    mistakes: tuple[MistakeState, ...]
    critical: bool
    """Whether a critical mistake was made in this take or in what it kept."""
    first_unmet: Judged | None
    """In the order of the file: the steps first, then keep."""
    progress: Progress


def finish(
    scenario: Scenario, world: World, bindings: Bindings, progress: Progress | None = None
) -> FinishVerdict:
    """Judges the run as it stands: what was momentary counts by its step's tick, all else must be so now."""
    progress = advance(scenario, world, bindings, progress)
    conditions = tuple(
        Judged(step.index, n, condition.line, verdict)
        for step, state in zip(scenario.steps, progress.steps, strict=True)
        for n, (condition, verdict) in enumerate(zip(step.expect, state.verdicts, strict=True))
    )
    keep = tuple(
        Judged(None, n, condition.line, verdict)
        for n, (condition, verdict) in enumerate(zip(scenario.keep, progress.keep, strict=True))
    )
    first = next((one for one in (*conditions, *keep) if not one.met), None)
    critical = any(scenario.mistakes[mistake.index].critical for mistake in progress.mistakes)
    return FinishVerdict(first is None, conditions, keep, progress.mistakes, critical, first, progress)
