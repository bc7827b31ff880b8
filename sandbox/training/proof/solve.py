"""Part 2: the walkthrough ticks each step exactly with its moves, and ends right without a mistake."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.scenarios import FinishVerdict, judge, unread_moves
from sandbox.training import judging
from sandbox.training.proof.findings import Finding, condition_named, sentence, step_named
from sandbox.training.proof.run import Run, Stopped
from sandbox.training.proof.trial import Trial

PART = "solve"


def solve(trial: Trial, part: str = PART) -> Iterator[Finding]:
    """What the walkthrough does not come through."""
    if faults := list(_played(trial, part)):
        yield from faults
    else:
        yield Finding(
            part, f"{len(trial.scenario.steps)} steps", "each ticks with its own moves; all is right"
        )


def unread(trial: Trial) -> Iterator[Finding]:
    """Moves of the walkthrough that no condition reads."""
    for step, index in unread_moves(trial.scenario, trial.vocabulary):
        told = "no condition reads what it does: expect it, or leave it out"
        yield Finding(PART, f"{step_named(step)}, move {index + 1}", told, "unread-move")


def _played(trial: Trial, part: str) -> Iterator[Finding]:
    with trial.run() as run:
        for index in trial.steps():
            before = _ticked(run)
            if index in before:
                yield Finding(part, step_named(index), "it ticks before its own moves", "ticks-early")
            try:
                run.step(index)
            except Stopped as stopped:
                told = f"its moves cannot be made ({stopped.code}): {stopped.why}"
                yield Finding(part, step_named(index), told, "cannot-be-done")
                return
            if index not in _ticked(run):
                yield Finding(part, step_named(index), _why_not(run, trial, index), "never-ticks")
        for mistake in run.progress.mistakes:
            told = "the walkthrough itself makes it"
            yield Finding(part, f"mistake {mistake.index + 1}", told, "mistaken")
        moments = list(_needless_moments(run, trial, part))
        yield from _at_the_finish(run.finish(), trial, part)
        yield from moments


def _ticked(run: Run) -> set[int]:
    return {state.index for state in run.progress.steps if state.ticked}


def _why_not(run: Run, trial: Trial, index: int) -> str:
    verdicts = run.progress.steps[index].verdicts
    unmet = [sentence(one.message, trial.language, trial.vocabulary) for one in verdicts if not one.met]
    return "it does not tick when its moves are done: " + " ".join(unmet)


def _at_the_finish(verdict: FinishVerdict, trial: Trial, part: str) -> Iterator[Finding]:
    ticked = {state.index for state in verdict.progress.steps if state.ticked}
    for one in (*verdict.conditions, *verdict.keep):
        if one.met or (one.step is not None and one.step not in ticked):
            continue
        why = sentence(one.verdict.message, trial.language, trial.vocabulary)
        if one.step is None:
            yield Finding(part, condition_named(one), f"the walkthrough breaks it: {why}", "keep-broken")
        else:
            told = f"a later step overtakes it; say moment: true. {why}"
            yield Finding(part, condition_named(one), told, "overtaken")


def _needless_moments(run: Run, trial: Trial, part: str) -> Iterator[Finding]:
    """Conditions that are told to be momentary although the walkthrough never overtakes them."""
    world = judging.world_of(run.attempt)
    for step in trial.scenario.steps:
        for index, condition in enumerate(step.expect):
            if condition.moment and judge(condition, world, run.bindings, own_work=True).met:
                what = f"{step_named(step.index)}, condition {index + 1} (line {condition.line})"
                yield Finding(part, what, "nothing overtakes it: leave out moment", "needless-moment")
