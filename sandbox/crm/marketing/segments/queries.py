"""Segments as lists and pages ask for them."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, selectinload

from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.lists import Column, Filter, Listed, code_filter, listed, owner_filter
from sandbox.crm.marketing.segments.models import Segment
from sandbox.crm.marketing.segments.rules import members_of
from sandbox.crm.marketing.segments.words import kinds
from sandbox.crm.places import lists
from sandbox.extensions import db
from sandbox.spaces import every, record_type

PREVIEWED = 8


@lists(Segment)
def list_segments() -> Listed:
    """The page of segments that the address asks for."""
    columns = (
        Column(_("Segment"), "title", Segment.sort_key),
        Column(_("Who is in it"), "of", Segment.of, css="aside"),
        Column(_("Members"), num=True),
        Column(_("How it is filled"), css="minor"),
        Column(_("Owner"), css="minor"),
        Column(_("Changed"), "changed", Segment.changed_at, css="last"),
    )
    filled = [("dynamic", _("by its conditions")), ("fixed", _("fixed list"))]
    filters = (
        owner_filter(Segment, g.colleague),
        code_filter("of", _("Who is in it"), Segment.of, kinds()),
        Filter("filled", _("How it is filled"), filled, _filled),
    )
    options = (joinedload(Segment.owner), selectinload(Segment.parts))
    return listed(every(Segment), Segment, columns=columns, filters=filters, options=options)


def list_members(segment: Segment) -> Listed:
    """The page of a segment's members that the address asks for."""
    model: Any = record_type(segment.of)
    columns: tuple[Column, ...] = (
        Column(dict(kinds())[segment.of], "title", model.sort_key),
        *([Column(_("Company"), css="aside")] if segment.of == "contact" else []),
        Column(_("Phone"), css="minor"),
        Column(_("E-mail")),
        Column(_("Owner"), css="minor"),
    )
    return listed(members_of(segment), model, columns=columns, options=_shown_with(model))


def first_members(segment: Segment) -> list[Any]:
    """The first few by name, for a look."""
    model: Any = record_type(segment.of)
    query = members_of(segment).order_by(model.sort_key, model.id).limit(PREVIEWED)
    return list(db.session.scalars(query.options(*_shown_with(model))))


def _shown_with(model: Any) -> tuple[Any, ...]:
    if model is Contact:
        return (joinedload(Contact.company), joinedload(Contact.owner))
    return (joinedload(Company.owner),) if model is Company else (joinedload(model.owner),)


def _filled(codes: list[str]) -> Any:
    if len(codes) > 1:
        return Segment.id.is_not(None)
    return Segment.fixed_at.is_not(None) if codes[0] == "fixed" else Segment.fixed_at.is_(None)
