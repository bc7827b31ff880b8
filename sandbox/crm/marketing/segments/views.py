"""The pages of segments: the list, the builder, the members, and the counts while one is built."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _

from sandbox.crm.actions_on_page import laid_out
from sandbox.crm.communications.timeline import timeline_of
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import tabs
from sandbox.crm.marketing.mailings.queries import mailings_by
from sandbox.crm.marketing.mailings.words import mailing_states
from sandbox.crm.marketing.segments.fields import fields_of, values_for
from sandbox.crm.marketing.segments.forms import ConditionForm, codes_of
from sandbox.crm.marketing.segments.models import Segment, SegmentMember, SegmentPart
from sandbox.crm.marketing.segments.queries import first_members, list_members, list_segments
from sandbox.crm.marketing.segments.rules import Tally, clause_of, count, sizes_of, tally
from sandbox.crm.marketing.segments.tree import Condition, Group, tree_of
from sandbox.crm.marketing.segments.words import how_many, kinds, matches, said_of, sentence, sentence_of
from sandbox.crm.places import way_back
from sandbox.ledger import registry
from sandbox.ledger.offers import Offer, address_of, offer_to_create, offers_for
from sandbox.ledger.perform import may
from sandbox.spaces import InSpace, current_space, fetch
from sandbox.spaces.access import in_space, works_here
from sandbox.web.access import allow
from sandbox.web.respond import fragment, page, see_other

blueprint = Blueprint("segments", __name__, url_prefix="/s/<int:space>")


@dataclass(frozen=True)
class Drawn:
    """A part as the builder draws it: its words, how many it finds alone, its buttons, its inner parts."""

    row: InSpace
    match: str | None
    words: Any
    alone: int
    buttons: list[Offer]
    adds: list[Offer]
    switch: str | None
    parts: list[Drawn]


@blueprint.app_context_processor
def fields_for_conditions() -> dict[str, Any]:
    """What the dialog of a condition offers."""
    return {"segment_fields": lambda kind: list(fields_of(kind).values())}


@blueprint.get("/segments")
@allow(in_space)
def segments(space: int) -> Response:
    """All segments of the space."""
    found = list_segments()
    return list_page(
        found,
        title=_("Segments"),
        label=_("Views of segments"),
        create=offer_to_create("segment.create"),
        views=(
            (_("All segments"), {}),
            (_("Mine"), {"owner": "me"}),
            (_("Fixed lists"), {"filled": "fixed"}),
        ),
        empty=(
            "filter-plus",
            _("No segments yet"),
            _("A segment names whom a mailing goes to, by what the cards say of them."),
        ),
    )


@blueprint.get("/segments/<int:n>")
@allow(in_space)
def segment(space: int, n: int) -> Response:
    """One segment: its condition to be built, who fits it, and what it is used for."""
    one = fetch(Segment, n, deleted=True)
    tree = tree_of(one)
    counts = _counts(one, tree)
    g.way_back = way_back(one)
    return page(
        "marketing/segments/segment.html",
        record=one,
        actions=laid_out(one, (), ("segment.fix",), apart=ADDS),
        builder=None if one.fixed else _drawn_whole(one, tree, counts),
        counts=counts,
        said=sentence_of(one),
        filled_by=sentence(one.of, tree),
        turned=sentence(one.of, tree.turned()),
        matches=dict(matches()),
        how_many=how_many,
        members=first_members(one),
        kinds=dict(kinds()),
        mailings=mailings_by(one.id),
        states=dict(mailing_states()),
        lines=timeline_of(one, "changes", None)[0],
    )


@blueprint.get("/segments/<int:n>/members")
@allow(in_space)
def members(space: int, n: int) -> Response:
    """Everybody in a segment, page by page."""
    one = fetch(Segment, n)
    found = list_members(one)
    return page(
        "marketing/segments/members.html",
        record=one,
        found=found,
        tabs=tabs((_("All members"), {})),
        how_many=how_many,
        said=sentence_of(one),
    )


@blueprint.get("/segments/<int:n>/count")
@allow(in_space)
def counted(space: int, n: int) -> Response:
    """How many a condition that is being written finds, alone and with the others; a fragment."""
    one = fetch(Segment, n)
    asked = _asked(one)
    if asked is None:
        return fragment("marketing/segments/_count.html", alone=None)
    condition, into = asked
    fields, tree = fields_of(one.of), tree_of(one).with_part(condition, into)
    alone, whole, total = count(one.of, [clause_of(condition, fields), clause_of(tree, fields), None])
    return fragment(
        "marketing/segments/_count.html",
        alone=alone,
        whole=whole,
        total=total,
        how_many=how_many,
        of=one.of,
        said=sentence(one.of, tree),
    )


@blueprint.get("/segment_parts/<int:n>")
@allow(in_space)
def part(space: int, n: int) -> Response:
    """A condition is read in its segment."""
    return see_other(url_for("segments.segment", space=space, n=fetch(SegmentPart, n).segment.n))


@blueprint.get("/segment_members/<int:n>")
@allow(in_space)
def member(space: int, n: int) -> Response:
    """A member is read in its list."""
    return see_other(url_for("segments.segment", space=space, n=fetch(SegmentMember, n).segment.n))


ADDS = ("segment.add_condition", "segment.add_group")


def _counts(segment: Segment, tree: Group) -> Tally:
    if segment.fixed:
        size = sizes_of([segment])[segment.id]
        return Tally(size, size, size, {})
    return tally(segment.of, tree)


def _drawn_whole(segment: Segment, tree: Group, counts: Tally) -> Drawn:
    rows = {part.id: part for part in segment.parts}
    return _drawn(segment, tree, counts, rows, segment.of)


def _drawn(row: InSpace, part: Group | Condition, counts: Tally, rows: dict[int, Any], kind: str) -> Drawn:
    offers = [_led_back(one, row) for one in offers_for(row)]
    is_group = isinstance(part, Group)
    switch = registry["segment.set_match"]
    return Drawn(
        row=row,
        match=part.match if isinstance(part, Group) else None,
        words=said_of(part, kind),
        alone=counts.alone.get(part.key, counts.size),
        buttons=[one for one in offers if one.code in ("segment_part.edit", "segment_part.remove")],
        adds=[one for one in offers if one.code in ADDS],
        switch=address_of(switch, row) if is_group and _may_write(switch) else None,
        parts=[_drawn(rows[one.key], one, counts, rows, kind) for one in part.parts]
        if isinstance(part, Group)
        else [],
    )


def _may_write(declared: Any) -> bool:
    return g.colleague is not None and works_here() and may(g.colleague, declared)


def _led_back(offer: Offer, row: InSpace) -> Offer:
    """A part's buttons lead back to the builder."""
    if isinstance(row, Segment):
        return offer
    segment = row.segment if isinstance(row, SegmentPart) else row
    here = f"/s/{current_space().id}/segments/{segment.n}"
    return replace(offer, url=f"{offer.url}?{urlencode({'return_to': here})}")


def _asked(segment: Segment) -> tuple[Condition, int] | None:
    """The condition in the address as far as it is written, and the group that it goes into."""
    form: Any = ConditionForm.filled(request.args)
    if form.asked is None or not form.validate():
        return None
    values = values_for(form.asked, form.operator.data, codes_of(form.choices.data), form.value.data)
    rows = {part.n: part for part in segment.parts}
    named = rows.get(request.args.get("part", 0, type=int))
    is_edited = named is not None and not named.is_group
    condition = Condition(
        form.field.data, form.operator.data, tuple(values), named.id if named and is_edited else 0
    )
    return condition, named.id if named and not is_edited else 0
