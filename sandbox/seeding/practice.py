"""Free practice: a space of one's own, and the colleague whom a person plays in a space."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from sandbox.extensions import db
from sandbox.people import Person
from sandbox.seeding.recipes import company_codes
from sandbox.seeding.templates import ensure_template
from sandbox.spaces import Casting, Colleague, Recipe, Space, every, first, inside
from sandbox.spaces.bulk import clone, reset
from sandbox.web.languages import current_language

BY_LANGUAGE = {"ru": "fuel-cards", "en": "office-supply"}
USUAL_ROLE = "sales-manager"


def company_for(person: Person) -> str:
    """The code of the company the person practises in: the setting PRACTICE_COMPANY, else by language."""
    chosen = current_app.config.get("PRACTICE_COMPANY")
    if chosen in company_codes():
        return str(chosen)
    language = (person.locale or current_language())[:2]
    return BY_LANGUAGE.get(language, BY_LANGUAGE["en"])


def cast(space: Space, person: Person, job_role: str | None = None) -> Colleague:
    """Let the person play the first colleague of a job role in the space; inside a unit of work.

    Without such a colleague it is a sales manager, and in a firm without those its first colleague. The
    colleague belongs to the session only when `space` is the current one.
    """
    with inside(space):
        colleague = _colleague(job_role or person.job_role) or _colleague(USUAL_ROLE) or _colleague(None)
        if colleague is None:
            raise LookupError(f"space {space.id} has no colleagues")
        play(space, person, colleague)
        return colleague


def play(space: Space, person: Person, colleague: Colleague) -> None:
    """Let the person play this colleague of the space from now on; inside a unit of work."""
    casting = db.session.get(Casting, (space.id, person.id))
    if casting is None:
        casting = Casting(space_id=space.id, person_id=person.id)
        db.session.add(casting)
    casting.colleague_n = colleague.n
    db.session.flush()


def open_free_space(person_id: int, code: str | None = None) -> Space | None:
    """The person's open free practice, in this company or the latest in any; only reads."""
    query = select(Space).where(Space.kind == "free", Space.status == "open", Space.person_id == person_id)
    if code is not None:
        query = query.join(Recipe, Recipe.digest == Space.recipe_digest).where(Recipe.code == code)
    return db.session.scalars(query.order_by(Space.id.desc()).limit(1)).first()


def free_space(person: Person) -> Space:
    """The person's free practice, made of today's data when there is none; inside a unit of work."""
    code = company_for(person)
    db.session.refresh(person, with_for_update=True)  # two first visits at once make one space
    space = open_free_space(person.id, code)
    if space is None:
        space = clone(ensure_template(code), "free", person_id=person.id)
        cast(space, person)
    return space


def reset_free_space(space: Space) -> None:
    """Give free practice the fresh data of today, its clock at 10:00; inside a unit of work.

    Whoever plays a colleague there goes on playing one of the same job role.
    """
    roles = _roles_of_players(space)
    template = ensure_template(space.recipe.code, seed=space.seed, volume=space.volume)
    space.template_id, space.day = template.id, template.day
    space.recipe = template.recipe
    reset(space)
    for person_id, role in roles.items():
        cast(space, db.session.get_one(Person, person_id), role)


def _roles_of_players(space: Space) -> dict[int, str | None]:
    castings = db.session.scalars(select(Casting).where(Casting.space_id == space.id)).all()
    with inside(space):
        roles = {one.n: one.job_role for one in db.session.scalars(every(Colleague))}
    return {casting.person_id: roles.get(casting.colleague_n) for casting in castings}


def _colleague(job_role: str | None) -> Colleague | None:
    query = every(Colleague).order_by(Colleague.id)
    return first(query.where(Colleague.job_role == job_role) if job_role else query)
