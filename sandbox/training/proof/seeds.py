"""Part 5: the walkthrough holds with other data, difficult names among it; each twice, against flakes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sandbox.training.proof.findings import Finding
from sandbox.training.proof.solve import solve
from sandbox.training.proof.trial import Trial

PART = "seeds"
# Apostrophes, ё and е, names as long as a line: in every second run each name is a difficult one.
DIFFICULT = 1.0


def seeds(trial: Trial, count: int) -> Iterator[Finding]:
    """What fails with the data of some seed."""
    failed = False
    for seed in range(trial.seed, trial.seed + count):
        share = DIFFICULT if seed % 2 else 0.0
        for _time in (1, 2):
            for one in solve(replace(trial, seed=seed, nasty=share), PART):
                if not one.is_right:
                    failed = True
                    yield replace(one, what=f"seed {seed}, {one.what}")
    if not failed:
        yield Finding(PART, f"{count} seeds, twice", "all right")
