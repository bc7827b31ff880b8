"""Message templates as lists and pages ask for them, and what a recipient would read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, func
from sqlalchemy.orm import joinedload, selectinload

from sandbox.crm.columns import badge_column, day_column, person_column, title_column
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.lists import Listed, listed, owner_filter
from sandbox.crm.marketing.messages.models import MessageTemplate
from sandbox.crm.marketing.messages.placeholders import Card, named_in, placeholders
from sandbox.crm.marketing.segments.models import Segment
from sandbox.crm.marketing.segments.rules import count as count_of_kind
from sandbox.crm.marketing.segments.rules import members_of, population
from sandbox.crm.places import lists
from sandbox.crm.putting_away import among
from sandbox.extensions import db
from sandbox.spaces import every, found_by, record_type
from sandbox.web.formatting import number

MAILED = ("contact", "company")


@dataclass(frozen=True)
class Previewed:
    """One recipient of many: whose card fills the text, and who stands before and after."""

    card: Card | None
    number: int
    total: int


@dataclass(frozen=True)
class Gap:
    """A placeholder that some cards leave empty, and how many of how many."""

    name: str
    kind: str
    lacking: int
    total: int


@lists(MessageTemplate)
def list_templates() -> Listed:
    """The page of templates that the address asks for."""
    there, missing = (_("in the text"), "ok", "check"), (_("missing"), "warn", "alert-triangle")
    tested, untested = (_("tested"), "ok", "test-pipe"), (_("not tested"), "outline", "test-pipe")
    columns = (
        title_column(_("Template"), MessageTemplate, sub=lambda one: one.subject),
        badge_column(
            _("Opt-out link"), "opt_out", None, lambda one: there if one.has_opt_out else missing, css="aside"
        ),
        badge_column(_("Test"), "test", None, lambda one: tested if one.tested else untested, css="aside"),
        person_column(_("Owner"), css="minor", edits=""),
        day_column(_("Changed"), "changed", "changed_at", MessageTemplate.changed_at, css="minor"),
    )
    options = (joinedload(MessageTemplate.owner), selectinload(MessageTemplate.tests))
    filters = (owner_filter(MessageTemplate, g.colleague),)
    return listed(among(MessageTemplate), MessageTemplate, columns=columns, filters=filters, options=options)


def mailed_segments() -> list[Segment]:
    """The segments that a letter may go to: people and firms, not leads."""
    query = every(Segment).where(Segment.of.in_(MAILED)).order_by(Segment.sort_key)
    return list(db.session.scalars(query.options(selectinload(Segment.parts))))


def previewed(segment: Segment | None, place: int, words: str) -> Previewed:
    """The recipient at a place among the members of a segment, or among all contacts; by name."""
    query: Select[Any] = members_of(segment) if segment else population("contact")
    model: Any = record_type(segment.of) if segment else Contact
    if words:
        query = query.where(found_by(model, words))
    total = _count(query)
    number = min(max(1, place), total)
    return Previewed(_at(number, query, model) if total else None, number, total)


def first_of(segment: Segment | None) -> Any:
    """The first recipient among the members of a segment, or among all contacts; None where it has none."""
    query = members_of(segment) if segment else population("contact")
    return _at(1, query, record_type(segment.of if segment else "contact"))


def _at(place: int, query: Select[Any], model: Any) -> Any:
    options = [joinedload(model.owner), *([joinedload(Contact.company)] if model is Contact else [])]
    ordered = query.options(*options).order_by(model.sort_key, model.id)
    return db.session.scalars(ordered.offset(place - 1).limit(1)).first()


def gaps_of(texts: tuple[str, ...], segment: Segment | None) -> list[Gap]:
    """What stays empty for some of those who would get these texts."""
    kind = segment.of if segment else "contact"
    model: Any = {"contact": Contact, "company": Company}[kind]
    known = placeholders()
    asked = [(name, known[name].lacks(model)) for name in named_in(*texts) if name in known]
    asked = [(name, clause) for name, clause in asked if clause is not None]
    if not asked:
        return []
    within = (
        model.id.in_(members_of(segment).with_only_columns(model.id)) if segment else model.id.is_not(None)
    )
    total, *lacking = count_of_kind(kind, [within, *(within & clause for _name, clause in asked)])
    return [
        Gap(name, kind, number, total)
        for (name, _clause), number in zip(asked, lacking, strict=True)
        if number
    ]


def gap_said(gap: Gap) -> str:
    """What stays empty for how many, in words."""
    name = "{{ " + gap.name + " }}"
    if gap.kind == "company" and gap.lacking == gap.total:
        return _("%(name)s is a person’s: it stays empty for every company.", name=name)
    return ngettext(
        "%(name)s stays empty for %(num)d recipient of %(total)s.",
        "%(name)s stays empty for %(num)d recipients of %(total)s.",
        gap.lacking,
        name=name,
        total=number(gap.total),
    )


def _count(query: Select[Any]) -> int:
    return db.session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0
