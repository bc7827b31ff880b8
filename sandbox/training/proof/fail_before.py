"""Part 1: with nothing done no step is ticked, no condition of a step holds, and the finish fails."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.training.proof.findings import Finding, condition_named, step_named
from sandbox.training.proof.trial import Trial

PART = "fail before"


def fail_before(trial: Trial) -> Iterator[Finding]:
    """What holds although nobody has done anything."""
    with trial.run() as run:
        ticked = [state.index for state in run.progress.steps if state.ticked]
        verdict = run.finish()
    for index in ticked:
        yield Finding(PART, step_named(index), "it is ticked before anything is done", "ticks-at-once")
    for one in verdict.conditions:
        if one.met and one.step not in ticked:
            yield Finding(
                PART, condition_named(one), "it holds before its step: nothing can fail it", "vacuous"
            )
    for one in verdict.keep:
        if not one.met:
            yield Finding(PART, condition_named(one), "it is broken from the start", "keep-broken")
    if verdict.right and not ticked:
        yield Finding(PART, "finish", "it is right with nothing done", "ticks-at-once")
    elif not verdict.right:
        yield Finding(PART, "finish", "nothing is ticked, and the finish fails" if not ticked else "it fails")
