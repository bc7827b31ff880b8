"""Every scenario of the house stands its proof, with every company, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sandbox.scenarios import Fault
from sandbox.training.catalogue import FOLDER, catalogue_of
from sandbox.training.proof.findings import Finding
from sandbox.training.proof.proving import FEW, prove

pytestmark = pytest.mark.state("companies")

SLUGS = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in Path(FOLDER).glob("*/*.yaml"))
OWN = {"office-supply": "en", "fuel-cards": "ru"}


def wrong(findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if not one.is_right]


@pytest.mark.parametrize("company", OWN)
@pytest.mark.parametrize("slug", SLUGS)
def test_the_scenario_is_solved_and_every_slip_is_missed(slug: str, company: str, db_session: Any) -> None:
    findings = prove(catalogue_of(company).scenarios[slug], company, OWN[company], FEW)
    assert not wrong(findings)
    assert {one.part for one in findings} == {"fail before", "solve", "omission", "mistakes", "seeds"}


@pytest.mark.parametrize(("company", "language"), [("office-supply", "ru"), ("fuel-cards", "en")])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_scenario_is_solved_in_the_other_language(
    slug: str, company: str, language: str, db_session: Any
) -> None:
    assert not wrong(prove(catalogue_of(company).scenarios[slug], company, language))


@pytest.mark.parametrize("company", OWN)
def test_no_file_of_the_house_has_a_fault(company: str) -> None:
    faults: tuple[Fault, ...] = catalogue_of(company).faults
    assert [str(fault) for fault in faults] == []
