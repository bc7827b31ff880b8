"""Runs for browser tests: begun on the server with data of a known seed, played at the browser."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from sandbox.extensions import db
from sandbox.people import Person
from sandbox.training import attempts
from sandbox.training.models import Attempt, Evidence
from sandbox.web.unit_of_work import unit_of_work
from tests.conftest import person_named

ENGLISH, RUSSIAN = "office-supply", "fuel-cards"
CALL = "sales/log-a-call"


def begin(
    app: Flask,
    slug: str = CALL,
    *,
    who: str = "tanya",
    company: str = ENGLISH,
    mode: str = "learn",
    seed: int = 7,
) -> str:
    """Begin a run; the address where the work is."""
    with app.app_context(), unit_of_work():
        person = db.session.get_one(Person, person_named(who).id)
        return f"/s/{attempts.begin(person, slug, mode, company, seed=seed).space_id}/deals"


def verdict_of(app: Flask, attempt_id: int) -> tuple[str, bool | None]:
    """Status of an attempt, and whether it was judged right."""
    with app.app_context():
        found = db.session.get_one(Attempt, attempt_id)
        return found.status, found.is_right


def kept(app: Flask, space: int, kind: str) -> list[dict[str, object]]:
    """The evidence of one kind in the run of a space, in order."""
    with app.app_context():
        query = select(Evidence.data).join(Attempt).where(Attempt.space_id == space, Evidence.kind == kind)
        return [dict(data) for data in db.session.scalars(query.order_by(Evidence.id))]


def space_in(address: str) -> int:
    """The number of the space in an address."""
    return int(address.split("/s/")[1].split("/")[0])
