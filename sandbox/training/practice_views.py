"""Free practice: the way into one's own space, whom one plays there, and the way back to fresh data."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from flask import Response, abort, flash, g, request
from flask_babel import gettext as _
from flask_login import current_user

from sandbox.extensions import db
from sandbox.people import Person
from sandbox.seeding.practice import free_space, play, reset_free_space
from sandbox.spaces import Colleague, Space, every, fetch
from sandbox.spaces.access import in_space, insist_on_work
from sandbox.training.blueprint import blueprint
from sandbox.web.access import allow, signed_in
from sandbox.web.respond import page, see_other
from sandbox.web.unit_of_work import unit_of_work

_PLACE = re.compile(r"/s/\d+/(?P<place>[a-z][a-z/-]*)")


@blueprint.post("/practice")
@allow(signed_in)
def practice() -> Response:
    """Go to one's own practice space, laid out at the first visit.

    `to` is the page of a space that is wanted there, with `q` what is searched for.
    """
    with unit_of_work():
        space_id = free_space(db.session.get_one(Person, current_user.id)).id
    wanted = _PLACE.fullmatch(request.form.get("to", ""))
    asked = request.form.get("q", "").strip()
    question = f"?{urlencode({'q': asked})}" if asked else ""
    return see_other(f"/s/{space_id}/{wanted['place'] if wanted else 'deals'}{question}")


@blueprint.get("/s/<int:space>/reset")
@allow(in_space)
def ask_reset(space: int) -> Response:
    """Say what a reset takes away before it is done."""
    _insist_on_free_practice()
    return page("training/reset.html")


@blueprint.post("/s/<int:space>/reset")
@allow(in_space)
def reset(space: int) -> Response:
    """Give the practice space today's fresh data."""
    _insist_on_free_practice()
    with unit_of_work():
        reset_free_space(db.session.get_one(Space, space))
    flash(_("Your practice data is fresh again."), "ok")
    return see_other(f"/s/{space}/deals")


@blueprint.get("/s/<int:space>/colleague")
@allow(in_space)
def ask_colleague(space: int) -> Response:
    """Offer the colleagues of the firm: a paper that one sends for approval is approved by another."""
    _insist_on_free_practice()
    colleagues = db.session.scalars(every(Colleague).order_by(Colleague.id)).all()
    return page("training/colleague.html", colleagues=colleagues)


@blueprint.post("/s/<int:space>/colleague")
@allow(in_space)
def be_colleague(space: int) -> Response:
    """Play another colleague from now on, with that job role's rights and that colleague's inbox."""
    _insist_on_free_practice()
    with unit_of_work():
        colleague = fetch(Colleague, request.form.get("colleague", type=int) or 0)
        play(db.session.get_one(Space, space), db.session.get_one(Person, current_user.id), colleague)
        name = colleague.name
    flash(_("You are %(name)s now.", name=name), "ok")
    return see_other(f"/s/{space}/overview")


def _insist_on_free_practice() -> None:
    """An attempt keeps its data, and begins anew only as a whole; a person who looks on changes nothing."""
    if g.space.kind != "free":
        abort(404)
    insist_on_work(g.space, g.space_mode)
