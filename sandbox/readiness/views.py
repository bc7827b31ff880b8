"""The pages of readiness: the board's first page, and the runs behind one clearance."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from sandbox.extensions import db
from sandbox.people import Person
from sandbox.readiness import READERS
from sandbox.readiness import board as readiness
from sandbox.training.reader import me
from sandbox.training.runs_of import project_today
from sandbox.training.standing import all_tracks, standing_in, standing_of, standings
from sandbox.web.access import allow, role
from sandbox.web.languages import current_language
from sandbox.web.respond import page

blueprint = Blueprint("readiness", __name__)


@blueprint.get("/readiness")
@allow(role(*READERS))
def board() -> Response:
    """Which clearances hold per person and job role, and what is missing for the next one."""
    people = list(db.session.scalars(readiness.readable_people(me())))
    everybody = standings(people, project_today())
    boards = readiness.roles_of(everybody)
    return page(
        "readiness/board.html",
        boards=boards,
        finding_words=readiness.finding(boards),
        until=readiness.evidence_up_to(everybody),
        first_missing=readiness.first_missing,
        is_covered=readiness.is_covered,
        has_demo=any(one.has_demo for one in everybody),
        language=current_language(),
    )


@blueprint.get("/readiness/people/<int:person>/<operation>")
@allow(role(*READERS))
def evidence(person: int, operation: str) -> Response:
    """The runs behind one clearance, each with the reason why it counted or not."""
    one = db.session.scalar(readiness.readable_people(me()).where(Person.id == person))
    found = all_tracks().operations.get(operation)
    if one is None or found is None:
        abort(404)
    today = project_today()
    whole = standing_of(one, today)
    standing = whole.standings.get(operation) or standing_in(one, found, list(whole.runs), today)
    return page(
        "readiness/evidence.html",
        person=one,
        standing=standing,
        told=readiness.runs_told(standing, one),
    )
