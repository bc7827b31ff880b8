"""Part 3: a step left out, or a wrong value typed, is missed in its own place and told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.scenarios import FinishVerdict, Judged
from sandbox.training.proof.findings import Finding, condition_named, sentence, step_named
from sandbox.training.proof.run import Changes
from sandbox.training.proof.slips import Slip, slips_of
from sandbox.training.proof.trial import Trial, finish_after, go_on

PART = "omission"
Place = tuple[int | None, int]


def omission(trial: Trial) -> Iterator[Finding]:
    """What can be left out or done wrong without being missed, or is missed in the wrong place."""
    failed: set[Place] = set()
    for step in trial.scenario.steps:
        if not step.guidance_only:
            with trial.run() as run:
                verdict = finish_after(run, [index for index in trial.steps() if index != step.index])
            failed |= {(one.step, one.index) for one in verdict.conditions if not one.met}
            yield _left_out(trial, step.index, verdict)
    for slip in slips_of(trial):
        yield from _slipped(trial, slip, failed)
    for step in trial.scenario.steps:
        for index, condition in enumerate(step.expect):
            if (step.index, index) not in failed:
                what = f"{step_named(step.index)}, condition {index + 1} (line {condition.line})"
                told = "nothing that was left out or done wrong fails it"
                yield Finding(PART, what, told, "vacuous")


def _left_out(trial: Trial, index: int, verdict: FinishVerdict) -> Finding:
    what = f"without {step_named(index)}"
    first = verdict.first_unmet
    if first is None:
        return Finding(PART, what, "nobody misses it: the finish is right", "not-missed")
    if first.step != index:
        told = f"the first that is missed is {condition_named(first)}"
        return Finding(PART, what, told, "missed-elsewhere")
    return _said(trial, what, first)


def _slipped(trial: Trial, slip: Slip, failed: set[Place]) -> Iterator[Finding]:
    """The first wrong value that is accepted must be missed by a condition that reads it."""
    guards, passed, unheard = [], 0, None
    for value in slip.values:
        with trial.run() as run:
            steps = [*range(slip.step)]
            go_on(run, iter(steps))
            wrong: Changes = {slip.field: slip.value_in(run, value)}
            stopped = go_on(run, range(slip.step, slip.step + 1), {slip.step: {slip.move: wrong}})
            if stopped:
                guards.append(stopped)
                continue
            go_on(run, range(slip.step + 1, len(trial.scenario.steps)))
            verdict = run.finish()
        failed |= {(one.step, one.index) for one in verdict.conditions if not one.met}
        first = verdict.first_unmet
        if first is None:
            passed += 1
        elif first.step is None or (first.step, first.index) in slip.readers:
            yield _said(trial, slip.what, first)
            return
        else:
            unheard = Finding(
                PART, slip.what, f"the first that is missed is {condition_named(first)}", "missed-elsewhere"
            )
    if unheard is not None:
        yield unheard
    elif passed:
        yield Finding(PART, slip.what, "a wrong value passes, whichever is taken", "not-missed")
    elif guards:
        yield Finding(PART, slip.what, f"guarded by {', '.join(dict.fromkeys(guards))}")
    else:
        yield Finding(PART, slip.what, "there is no other value to take")


def _said(trial: Trial, what: str, first: Judged) -> Finding:
    told = sentence(first.verdict.message, trial.language, trial.vocabulary)
    if not told:
        return Finding(PART, what, f"{condition_named(first)} says nothing", "no-sentence")
    return Finding(PART, what, told)
