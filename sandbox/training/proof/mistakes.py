"""Part 4: each `try` is caught with its sentence, and each `keep` is broken by one."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.scenarios import Mistake, Try, names_for_text, render_text
from sandbox.training import judging
from sandbox.training.proof.findings import Finding
from sandbox.training.proof.run import Run, Stopped
from sandbox.training.proof.trial import Trial, go_on

PART = "mistakes"
NOT_THERE = "…"


def mistakes(trial: Trial) -> Iterator[Finding]:
    """What is made wrong on purpose and not seen."""
    broken: set[int] = set()
    for mistake in trial.scenario.mistakes:
        if mistake.try_ is not None:
            with trial.run() as run:
                yield _made(trial, run, mistake, mistake.try_)
                broken |= {n for n, verdict in enumerate(run.progress.keep) if not verdict.met}
    for n, condition in enumerate(trial.scenario.keep):
        what = f"keep, condition {n + 1} (line {condition.line})"
        if n in broken:
            yield Finding(PART, what, "a mistake breaks it")
        else:
            yield Finding(PART, what, "no mistake's try breaks it", "keep-unbroken")


def _made(trial: Trial, run: Run, mistake: Mistake, tried: Try) -> Finding:
    what = f"mistake {mistake.index + 1} (line {mistake.line})"
    stopped = go_on(run, range(tried.after))
    if stopped:
        return Finding(PART, what, f"the steps before it cannot be done ({stopped})", "cannot-be-done")
    for move in tried.do:
        try:
            run.make(move)
        except Stopped as fault:
            stopped = fault.code
            break
    if mistake.index not in {one.index for one in run.progress.mistakes}:
        why = f"; its try was stopped ({stopped})" if stopped else ""
        return Finding(PART, what, f"it was made and not caught{why}", "not-caught")
    said = render_text(
        mistake.say,
        trial.language,
        names_for_text(run.bindings, judging.world_of(run.attempt)),
        run.attempt.space.now(),
        run.attempt.space.company.currency,
    )
    if NOT_THERE in said:
        return Finding(PART, what, f"its sentence names what is not there: {said}", "no-sentence")
    if mistake.critical and not run.finish().critical:
        return Finding(PART, what, "it is critical, and the finish does not say so", "not-critical")
    return Finding(PART, what, f"caught: {said}")
