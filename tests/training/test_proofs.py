"""A proof is made once for what it was made from, and a scenario that failed its own is offered to nobody."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.seeding.recipes import company_codes
from sandbox.training.catalogue import catalogue_of
from sandbox.training.models import Attempt, Proof
from sandbox.training.proof import findings
from sandbox.training.proof.findings import Finding
from sandbox.training.proof.upkeep import prove_missing
from sandbox.training.proof.words import SENTENCES
from sandbox.training.proofs import keep, offered, unproven
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.factories.training import CALL, COMPANY

RIGHT = Finding("solve", "3 steps", "all is right")
WRONG = Finding("solve", "step 2", "it does not tick when its moves are done", "never-ticks")


@pytest.fixture(autouse=True)
def _inside(db_session: Any) -> None:
    """Rows are laid out here."""


def kept(*found: Finding, slug: str = CALL, company: str = COMPANY) -> None:
    with unit_of_work():
        keep(catalogue_of(company).scenarios[slug], company, list(found), machine_now())


def test_what_failed_its_proof_is_offered_to_nobody(cast: Cast, sign_in: Any, visit: Any) -> None:
    tanya, vera = sign_in("tanya"), sign_in("vera")
    assert CALL in str(visit("/home", by=tanya)) and CALL in str(visit("/desk", by=vera))
    kept(RIGHT, WRONG)
    assert CALL not in offered(COMPANY) and len(offered(COMPANY)) == 3
    assert f'value="{CALL}"' not in str(visit("/home", by=tanya))
    desk = visit("/desk", by=vera)
    assert f'value="{CALL}"' not in str(desk)
    assert str(SENTENCES["never-ticks"]) in desk.get_text() and CALL in desk.get_text()
    assert tanya.post("/start", data={"scenario": CALL, "mode": "learn"}).status_code == 409
    assert db.session.scalars(db.select(Attempt)).all() == []


def test_a_later_proof_of_the_same_takes_the_place_of_the_earlier(cast: Cast) -> None:
    kept(WRONG)
    kept(RIGHT)
    assert CALL in offered(COMPANY)
    assert db.session.scalars(db.select(Proof)).one().holds


def test_a_proof_by_another_version_of_the_program_counts_no_more(cast: Cast) -> None:
    kept(WRONG)
    with unit_of_work():
        db.session.scalars(db.select(Proof)).one().program_version = "0.0.1"
    assert CALL in offered(COMPANY)
    assert (COMPANY, CALL) in {(company, one.slug) for company, one in unproven()}


def test_what_is_missing_is_proven_for_real_and_only_once(cast: Cast) -> None:
    for company in company_codes():
        for slug in catalogue_of(company).scenarios:
            if (company, slug) != (COMPANY, CALL):
                kept(RIGHT, slug=slug, company=company)
    told: list[str] = []
    assert prove_missing(told.append)
    assert told == [f"Proof 1 of 1: {CALL}, {COMPANY}"]
    proof = db.session.scalars(db.select(Proof).where(Proof.trials > 1)).one()
    assert (proof.scenario, proof.company, proof.holds) == (CALL, COMPANY, True)
    assert prove_missing(told.append) and len(told) == 1
    assert db.session.scalars(db.select(Attempt)).all() == []


def test_every_kind_of_fault_has_a_sentence() -> None:
    folder = Path(findings.__file__).parent
    text = "".join(path.read_text() for path in folder.glob("*.py") if path.name != "words.py")
    named = re.search(r"Faults: (.*?)\.\n", str(Finding.__doc__), re.DOTALL)
    assert named is not None
    kinds = set(re.findall(r"[a-z-]+", named[1]))
    assert kinds == set(SENTENCES)
    assert all(f'"{kind}"' in text for kind in kinds)
