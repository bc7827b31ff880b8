"""Who may enter a space, and how: its person works, that person's trainer looks, others find nothing."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import and_, bindparam, or_, select

from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.people import Person
from sandbox.spaces.mixin import BLOCK
from sandbox.spaces.models import Casting, Colleague, Space
from sandbox.spaces.reach import current_space, enter, kept
from sandbox.web.access import signed_in

WORK, LOOK = "work", "look"
_PLAYED = and_(
    Colleague.id == Casting.space_id * BLOCK + Casting.colleague_n,
    Casting.space_id == bindparam("space"),
    or_(Casting.person_id == bindparam("person"), Casting.person_id == bindparam("owner")),
)
_EVERYBODY = kept(
    select(Colleague, Casting.person_id).outerjoin(Casting, _PLAYED).order_by(Colleague.name, Colleague.id)
)

# Whether one person may look over another's shoulder; the accounts know, `wiring` says where to ask.
looks_over: list[Callable[[int, int], bool]] = []

# What else may speak against a change in a space, by raising Refused; `wiring` says whom to ask.
objections: list[Callable[[Space], None]] = []

# What speaks against even looking, by raising Refused; asked once the colleague is known.
sights: list[Callable[[Space], None]] = []


def mode_of(space: Space, person_id: int, role: str) -> str | None:
    """`work`, `look`, or None when the space does not exist for this person."""
    if space.kind == "template" or space.status == "purged":
        return None
    if space.person_id == person_id or db.session.get(Casting, (space.id, person_id)) is not None:
        return WORK
    if space.person_id is None:
        return None
    trains = role == "trainer" and any(may(person_id, space.person_id) for may in looks_over)
    return LOOK if trains or role == "administrator" else None


def in_space() -> ResponseReturnValue | None:
    """The space in the address, for its person to work in and for their trainer to look at."""
    answer = signed_in()
    if answer is not None:
        return answer
    space = db.session.get(Space, (request.view_args or {}).get("space"))
    mode = mode_of(space, current_user.id, current_user.role) if space is not None else None
    if space is None or mode is None:
        abort(404)
    enter(space)
    g.space, g.space_mode, g.colleague = space, mode, colleague_of_person(space, current_user.id)
    if mode == LOOK:
        g.watched = db.session.get(Person, space.person_id)
    insist_on_sight(space)
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        insist_on_work(space, mode)
    return None


def insist_on_sight(space: Space) -> None:
    """Refuse what this colleague may not even look at."""
    for look in sights:
        look(space)


def insist_on_work(space: Space, mode: str) -> None:
    """Refuse a change where one may only look, or where the work is over."""
    if mode != WORK:
        raise Refused("look_only", _("You are looking over someone's shoulder: here nothing can be changed."))
    if not space.is_open:
        raise Refused("space_closed", _("This attempt is finished, and its records stay as they were."))
    for object_to in objections:
        object_to(space)


def works_here() -> bool:
    """Whether this request may change something where it is: only then a button to do so is offered."""
    space = g.get("space")
    return g.get("space_mode", WORK) == WORK and (space is None or space.is_open)


def colleague_of_person(space: Space, person: int) -> Colleague | None:
    """The colleague whom a person plays in a space; for one who looks on, the one its owner plays.

    All colleagues come along: a page names several of them, and they are few.
    """
    asked = {"space": space.id, "person": person, "owner": space.person_id}
    found = db.session.execute(_EVERYBODY, asked).all()
    g.colleagues = (space, list(dict.fromkeys(colleague for colleague, _person in found)))
    played = {person_id: colleague for colleague, person_id in found if person_id is not None}
    return played.get(person) or played.get(space.person_id or 0)


def colleagues_here() -> list[Colleague]:
    """All colleagues of the current space by name; a page of the space has them already."""
    space, known = g.get("colleagues", (None, []))
    if space is current_space():
        return list(known)
    return list(db.session.scalars(select(Colleague).order_by(Colleague.name, Colleague.id)))
