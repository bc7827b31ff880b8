"""What a form's box finds while one types: the records it may hold, each told from its namesakes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, request
from sqlalchemy.orm import joinedload

from sandbox.crm.lists import words_asked
from sandbox.crm.search import about
from sandbox.crm.sight import closed_to
from sandbox.extensions import db
from sandbox.ledger import registry
from sandbox.ledger.fields import RecordField
from sandbox.ledger.offers import Offer, offer_to_create
from sandbox.spaces import InSpace, every, fetch, found_by
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import fragment

blueprint = Blueprint("choosing", __name__, url_prefix="/s/<int:space>")
SHOWN = 8


@blueprint.get("/choices")
@allow(in_space)
def choices(space: int) -> Response:
    """The records for the box `?field=` of the form `?form=` that hold the words of `?q=`, the latest first
    while nothing is typed; `?within=` is the record that the field's choice belongs to."""
    field = _field(request.args.get("form", ""), request.args.get("field", ""))
    words, rows = words_asked(), _found(field) if field else []
    return fragment(
        "crm/_choices.html",
        rows=[(row, about(row)) for row in rows[:SHOWN]],
        more=len(rows) > SHOWN,
        words=words,
        create=_create(field.model) if field and words else None,
    )


def _field(form: str, name: str) -> RecordField | None:
    """The field that is named so, where this colleague's job role works with what it holds."""
    field = registry.actions[form].form()._fields.get(name) if form in registry.actions else None
    if not isinstance(field, RecordField) or not field.is_looked_up:
        return None
    if g.colleague is not None and field.model.__record__ in closed_to(g.colleague.job_role):
        return None
    return field


def _found(field: RecordField) -> list[Any]:
    model: Any = field.model
    query = field.narrowed(every(model))
    words, within = words_asked(), request.args.get("within", type=int)
    if words:
        query = query.where(found_by(model, words))
    if field.within and within:
        owner: Any = getattr(model, field.within).property.mapper.class_
        query = query.where(getattr(model, f"{field.within}_id") == fetch(owner, within).id)
    told = [joinedload(getattr(model, name)) for name in ("company", "stage") if hasattr(model, name)]
    order = (model.sort_key, model.id) if words else (model.changed_at.desc(), model.id)
    return list(db.session.scalars(query.options(*told).order_by(*order).limit(SHOWN + 1)))


def _create(model: type[InSpace]) -> Offer | None:
    """The button that makes such a record without leaving the form, where the job role may."""
    code = f"{model.__record__}.create"
    return offer_to_create(code) if code in registry.actions else None
