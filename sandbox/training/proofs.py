"""What is known of the scenarios' proofs: a scenario that failed its own is offered to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from sandbox.extensions import db
from sandbox.scenarios import Fault, Scenario, ScenarioFaults
from sandbox.seeding.recipes import company_codes, company_file
from sandbox.spaces.company_faults import CompanyFaults
from sandbox.training.catalogue import FOLDER, catalogue_of
from sandbox.training.models import Proof
from sandbox.training.proof.findings import Finding
from sandbox.training.tracks import load_tracks
from sandbox.version import __version__


def offered(company: str) -> dict[str, Scenario]:
    """The scenarios that the company can play, by slug, less those whose proof failed.

    One that has not been proven yet is offered: the set-up and the background worker prove what is new.
    """
    failed = {slug for slug, proof in proofs_of(company).items() if not proof.holds}
    return {slug: one for slug, one in catalogue_of(company).scenarios.items() if slug not in failed}


def proofs_of(company: str) -> dict[str, Proof]:
    """The proofs of the company's scenarios as the files stand now, by slug; none where none is made yet."""
    digests = {one.digest: slug for slug, one in catalogue_of(company).scenarios.items()}
    query = select(Proof).where(
        Proof.company_digest == company_file(company).digest,
        Proof.program_version == __version__,
        Proof.script_digest.in_(digests),
    )
    return {digests[proof.script_digest]: proof for proof in db.session.scalars(query)}


def playable() -> Iterator[tuple[str, Scenario]]:
    """Each company with each of its scenarios; a faulty company file has none."""
    for company in company_codes():
        try:
            scenarios = catalogue_of(company).scenarios
        except CompanyFaults:
            continue
        yield from ((company, one) for one in scenarios.values())


def unproven() -> Iterator[tuple[str, Scenario]]:
    """Those of them that have no proof yet."""
    known = {company: proofs_of(company) for company in {company for company, _one in playable()}}
    yield from ((company, one) for company, one in playable() if one.slug not in known[company])


def broken_files() -> list[str]:
    """Every fault of the files of companies, scenarios and tracks, with its place."""
    told: dict[str, None] = {}
    operations: dict[str, str] = {}
    job_roles: set[str] = set()
    for company in company_codes():
        try:
            job_roles |= set(company_file(company).roles)
            catalogue = catalogue_of(company)
        except CompanyFaults as fault:
            told.update(dict.fromkeys(map(str, fault.faults)))
            continue
        told.update(dict.fromkeys(map(str, catalogue.faults)))
        operations |= {slug: one.operation for slug, one in catalogue.scenarios.items()}
    try:
        found = load_tracks(FOLDER / "tracks.yaml").faults(scenarios=operations, job_roles=job_roles)
    except ScenarioFaults as fault:
        found = fault.faults
    told.update(dict.fromkeys(map(str, found)))
    return list(told)


@dataclass(frozen=True)
class Withheld:
    """What the catalogue of a company lacks: broken files, failed proofs, and how many are unproven yet."""

    broken: tuple[Fault, ...]
    failed: list[Proof]
    unproven: int

    def __bool__(self) -> bool:
        return bool(self.broken or self.failed or self.unproven)


def withheld(company: str) -> Withheld:
    """What trainers should know of scenarios that they miss in the list."""
    catalogue, known = catalogue_of(company), proofs_of(company)
    failed = [proof for proof in known.values() if not proof.holds]
    return Withheld(catalogue.faults, failed, len(catalogue.scenarios) - len(known))


def keep(scenario: Scenario, company: str, findings: list[Finding], at: datetime) -> Proof:
    """Write down what a proof came to, in the place of an earlier one of the same; in a unit of work."""
    proof = Proof(
        script_digest=scenario.digest,
        company_digest=company_file(company).digest,
        program_version=__version__,
        scenario=scenario.slug,
        company=company,
        trials=len(findings),
        faults=[one.as_json() for one in findings if not one.is_right],
        made_at=at,
    )
    return db.session.merge(proof)
