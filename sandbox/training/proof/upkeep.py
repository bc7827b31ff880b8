"""The proofs that are missing are made: at the set-up, and in the background when a file has changed."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.kernel.clock import machine_now
from sandbox.play.stage import house_apart
from sandbox.scenarios import Scenario
from sandbox.training.proof.findings import Finding
from sandbox.training.proof.proving import FEW, LANGUAGES, prove
from sandbox.training.proofs import broken_files, keep, playable, unproven
from sandbox.web.unit_of_work import unit_of_work


def prove_missing(tell: Callable[[str], object], *, again: bool = False) -> bool:
    """Prove what has no proof yet, in both languages, and keep the results; whether all of it holds.

    `again` proves everything anew: the program's text may have changed without its version.

    The trials run in a house apart: they would hold the write lock of this one from those who work in it.
    """
    broken = broken_files()
    for told in broken:
        tell(f"✗ {told}")
    missing = list(playable() if again else unproven())
    all_hold = not broken
    if not missing:
        return all_hold
    with house_apart() as house:
        for number, (company, scenario) in enumerate(missing, 1):
            tell(f"Proof {number} of {len(missing)}: {scenario.slug}, {company}")
            with house.app_context():
                findings = _tried(scenario, company)
            with unit_of_work():
                proof = keep(scenario, company, findings, machine_now())
                faults = list(proof.faults)
            for fault in faults:
                all_hold = False
                tell(f"  ✗ {fault['what']}: {fault['told']} [{fault['fault']}]")
    return all_hold


def _tried(scenario: Scenario, company: str) -> list[Finding]:
    return [one for language in LANGUAGES for one in prove(scenario, company, language, FEW)]
