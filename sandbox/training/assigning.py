"""Who is to run what, and by when: what trainers give and take back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.people import Person
from sandbox.training.models import Assignment


def assign(
    people: Sequence[Person], scenarios: Sequence[str], due: date | None, by: Person, at: datetime
) -> list[Assignment]:
    """Give every scenario to every person, inside a unit of work; what is given already gets the new date.

    Raises Refused `nothing_to_assign` without people or scenarios, `due_is_past` for a day that is over.
    """
    if not people or not scenarios:
        raise Refused("nothing_to_assign", _("Choose at least one person and one scenario."))
    if due is not None and due < at.date():
        raise Refused("due_is_past", _("The due date is over. Choose today or a later day."))
    trainer, ids = by.id, [person.id for person in people]
    given = {(one.person_id, one.scenario): one for one in _standing(ids)}
    made = []
    for person_id in ids:
        for slug in scenarios:
            one = given.get((person_id, slug)) or Assignment(person_id=person_id, scenario=slug)
            one.due, one.given_by_id, one.given_at = due, trainer, at
            made.append(one)
    db.session.add_all(made)
    db.session.flush()
    return made


def withdraw(assignment: Assignment, at: datetime) -> None:
    """Take an assignment back, inside a unit of work; a second time changes nothing."""
    assignment.withdrawn_at = assignment.withdrawn_at or at


def assignments_of(person: Person) -> list[Assignment]:
    """What the person has been given and still has, the earliest due first, those without a date last."""
    return _standing([person.id])


def assignments_of_people(people: Iterable[Person]) -> list[Assignment]:
    """The same for several people at once."""
    return _standing(person.id for person in people)


def _standing(person_ids: Iterable[int]) -> list[Assignment]:
    query = (
        select(Assignment)
        .options(joinedload(Assignment.person))
        .where(Assignment.person_id.in_(list(person_ids)), Assignment.withdrawn_at.is_(None))
    )
    rows = db.session.scalars(query).all()
    return sorted(rows, key=lambda one: (one.due is None, one.due or date.max, one.id))
