"""Who may call the interface: the person behind the token, in their own spaces as on the pages."""

from __future__ import annotations

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from sandbox.extensions import db
from sandbox.people import Person, person_by_token
from sandbox.spaces import Space
from sandbox.spaces.access import colleague_of_person, insist_on_sight, insist_on_work, mode_of
from sandbox.spaces.reach import enter
from sandbox.web.errors import draw


def person_of_token() -> Person | None:
    """Whom the request's `Authorization: Bearer …` stands for."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return person_by_token(secret.strip()) if kind.lower() == "bearer" and secret else None


def by_token() -> ResponseReturnValue | None:
    """A valid personal token, and for an address in a space a person who may enter it."""
    person = person_of_token()
    if person is None:
        return draw(401, "no_token", _("Send a personal token of your settings page as a bearer token."))
    g.person = person
    space_id = (request.view_args or {}).get("space")
    if space_id is None:
        return None
    space = db.session.get(Space, space_id)
    mode = mode_of(space, person.id, person.role) if space is not None else None
    if space is None or mode is None:
        return draw(404, "not_found")
    enter(space)
    g.space, g.space_mode, g.colleague = space, mode, colleague_of_person(space, person.id)
    insist_on_sight(space)
    if request.method == "POST":
        insist_on_work(space, mode)
    return None
