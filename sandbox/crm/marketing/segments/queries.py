"""Segments as lists and pages ask for them."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, selectinload

from sandbox.crm.columns import (
    Cell,
    Column,
    badge_column,
    code_column,
    day_column,
    person_column,
    title_column,
)
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.lists import Filter, Listed, code_filter, listed, owner_filter, without_views
from sandbox.crm.marketing.segments.models import Segment
from sandbox.crm.marketing.segments.rules import members_of, sizes_of
from sandbox.crm.marketing.segments.words import kinds, sentence_of
from sandbox.crm.places import lists
from sandbox.crm.putting_away import among
from sandbox.extensions import db
from sandbox.spaces import record_type
from sandbox.web.formatting import number

PREVIEWED = 8


@lists(Segment)
def list_segments() -> Listed:
    """The page of segments that the address asks for."""
    fixed = (_("fixed list"), "outline", "lock")
    dynamic = (_("by its conditions"), "info", "refresh")
    columns = (
        title_column(_("Segment"), Segment, sub=sentence_of),
        code_column(_("Who is in it"), "of", Segment.of, kinds(), css="aside", edits=""),
        Column(_("Members"), "size", num=True, cells=_size_cells, value=lambda one: one.size),
        badge_column(
            _("How it is filled"), "filled", None, lambda one: fixed if one.fixed else dynamic, css="minor"
        ),
        person_column(_("Owner"), css="minor", edits=""),
        day_column(_("Changed"), "changed", "changed_at", Segment.changed_at, css="last"),
    )
    filled = [("dynamic", _("by its conditions")), ("fixed", _("fixed list"))]
    filters = (
        owner_filter(Segment, g.colleague),
        code_filter("of", _("Who is in it"), Segment.of, kinds()),
        Filter("filled", _("How it is filled"), filled, _filled),
    )
    options = (joinedload(Segment.owner), selectinload(Segment.parts))
    return listed(among(Segment), Segment, columns=columns, filters=filters, options=options)


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
    with without_views():
        return listed(members_of(segment), model, columns=columns, options=_shown_with(model))


def _size_cells(found: Listed) -> Cell:
    sizes = sizes_of(found.rows)
    return lambda one: number(sizes[one.id])


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
