"""What may be done with segments: each condition is put down, changed and taken off by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.marketing.segments.fields import BadValue, fields_of, values_for
from sandbox.crm.marketing.segments.forms import (
    AddMemberForm,
    ConditionForm,
    CreateSegmentForm,
    GroupForm,
    MatchForm,
    SegmentForm,
    codes_of,
)
from sandbox.crm.marketing.segments.models import Segment, SegmentMember, SegmentPart
from sandbox.crm.marketing.segments.questions import may_delete_segment
from sandbox.crm.marketing.segments.rules import members_of, size_of
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, every, first

PARTS = (Segment, SegmentPart)
WRITING = ("fixed",)
ASKING = ("unknown_field", "wrong_value")
MOST_DEPTH = 4


@action(
    "segment.create",
    makes=Segment,
    event="created",
    right="market",
    form=CreateSegmentForm,
    icon="filter-plus",
    title=_l("New segment"),
    submit=_l("Create segment"),
    says=_l("%(by)s began the segment “%(record)s”"),
)
def create_segment(
    *, name: str, of: str, match: str, note: str | None = None, by: Colleague, at: datetime
) -> Segment:
    """Begin a segment; without a condition everybody is in it."""
    made = Segment(name=name, of=of, match=match, note=note)
    stamp_new(made, by, at)
    db.session.add(made)
    db.session.flush()
    return made


@action(
    "segment.edit",
    on=Segment,
    event="edited",
    right="market",
    form=SegmentForm,
    icon="edit",
    title=_l("Rename"),
    submit=_l("Save"),
    says=_l("%(by)s renamed the segment “%(record)s”"),
    shown=lambda segment: segment.deleted_at is None,
)
def edit_segment(
    segment: Segment, *, name: str, note: str | None = None, by: Colleague, at: datetime
) -> None:
    """Give a segment another name or say what it is for."""
    segment.name, segment.note = name, note
    stamp_change(segment, by, at)


can_be_put_away(
    Segment,
    right="market",
    deleted=_l("%(by)s deleted the segment “%(record)s”"),
    restored=_l("%(by)s restored the segment “%(record)s”"),
    insist=may_delete_segment.insist,
    refusals=("in_use",),
)


@action(
    "segment.add_condition",
    on=PARTS,
    makes=SegmentPart,
    event="condition_added",
    right="market",
    form=ConditionForm,
    icon="plus",
    title=_l("Add a condition"),
    says=_l("%(by)s added to the segment “%(segment)s”: %(condition)s"),
    shown=lambda part: _may_grow(part),
    guards_version=False,
    refusals=(*WRITING, *ASKING),
)
def add_condition(
    part: Segment | SegmentPart,
    *,
    field: str,
    operator: str,
    choices: str | None = None,
    value: str | None = None,
    by: Colleague,
    at: datetime,
) -> SegmentPart:
    """Put down one more condition, in the segment itself or in a group of it."""
    segment = _insist_on_writing(part)
    values = _values(segment, field, operator, choices, value)
    return _put(segment, part, by, at, field=field, operator=operator, values=values)


@action(
    "segment.add_group",
    on=PARTS,
    makes=SegmentPart,
    event="group_added",
    right="market",
    form=GroupForm,
    icon="brackets",
    title=_l("Add brackets"),
    says=_l("%(by)s added brackets to the segment “%(segment)s”"),
    shown=lambda part: _may_grow(part) and _depth(part) < MOST_DEPTH,
    guards_version=False,
    refusals=(*WRITING, "too_deep"),
)
def add_group(part: Segment | SegmentPart, *, match: str, by: Colleague, at: datetime) -> SegmentPart:
    """Open brackets: inside them parts are joined by another word than outside."""
    segment = _insist_on_writing(part)
    if _depth(part) >= MOST_DEPTH:
        raise Refused("too_deep", _("Nobody can read brackets that deep. Make a segment of its own."))
    return _put(segment, part, by, at, match=match)


@action(
    "segment.set_match",
    on=PARTS,
    event="match_set",
    right="market",
    form=MatchForm,
    icon="arrows-exchange",
    title=_l("All or any"),
    submit=_l("Save"),
    says=_l("%(by)s set for the segment “%(segment)s”: %(match)s"),
    shown=lambda part: False,  # a switch at the head of its parts
    guards_version=False,
    refusals=WRITING,
)
def set_match(part: Segment | SegmentPart, *, match: str, by: Colleague, at: datetime) -> None:
    """Say whether all parts must hold, or any of them is enough."""
    segment = _insist_on_writing(part)
    part.match = match
    _changed(segment, by, at)


@action(
    "segment_part.edit",
    on=SegmentPart,
    event="edited",
    right="market",
    form=ConditionForm,
    icon="edit",
    title=_l("Change the condition"),
    submit=_l("Save"),
    says=_l("%(by)s changed a condition of the segment “%(segment)s”: %(condition)s"),
    shown=lambda part: not part.is_group and not part.segment.fixed,
    refusals=(*WRITING, *ASKING, "no_condition"),
)
def edit_part(
    part: SegmentPart,
    *,
    field: str,
    operator: str,
    choices: str | None = None,
    value: str | None = None,
    by: Colleague,
    at: datetime,
) -> None:
    """Ask something else."""
    segment = _insist_on_writing(part)
    if part.is_group:
        raise Refused("no_condition", _("These are brackets. Change the conditions inside them."))
    part.values = _values(segment, field, operator, choices, value)
    part.field, part.operator = field, operator
    tell(condition=part.title)
    _changed(segment, by, at)


@action(
    "segment_part.remove",
    on=SegmentPart,
    event="removed",
    right="market",
    kind="danger",
    icon="x",
    title=_l("Take it off"),
    says=_l("%(by)s took off the segment “%(segment)s”: %(condition)s"),
    shown=lambda part: not part.segment.fixed,
    guards_version=False,
    refusals=WRITING,
    undoable=True,
)
def remove_part(part: SegmentPart, *, by: Colleague, at: datetime) -> Segment:
    """Take a condition off, or brackets with all that is in them."""
    segment = _insist_on_writing(part)
    tell(condition=part.title)
    for one in reversed([part, *_inside(part)]):
        segment.parts.remove(one)
        db.session.flush()
    _changed(segment, by, at)
    return segment


@action(
    "segment.fix",
    on=Segment,
    event="fixed",
    right="market",
    icon="lock",
    title=_l("Fix the members"),
    says=_l("%(by)s fixed the segment “%(record)s”: %(count)s in it"),
    shown=lambda segment: segment.deleted_at is None and not segment.fixed,
    refusals=WRITING,
)
def fix_segment(segment: Segment, *, by: Colleague, at: datetime) -> None:
    """Keep today's members as a list that no change of a card alters."""
    _insist_on_writing(segment)
    members = list(db.session.scalars(members_of(segment)))
    segment.fixed_at = at
    for place, record in enumerate(members, start=1):
        put_member(segment, record, place, at)
    tell(count=len(members))
    _changed(segment, by, at)


@action(
    "segment.add_member",
    on=(Contact, Company),
    makes=SegmentMember,
    event="member_added",
    right="market",
    form=AddMemberForm,
    icon="list-check",
    title=_l("Add to a fixed list"),
    submit=_l("Add"),
    says=_l("%(by)s added %(record)s to the list “%(segment)s”"),
    shown=lambda card: card.deleted_at is None and getattr(card, "masked_at", None) is None,
    guards_version=False,
    refusals=("not_fixed", "other_kind", "member_here"),
)
def add_member(card: Any, *, segment: Segment, by: Colleague, at: datetime) -> SegmentMember:
    """Put a card into a list that was fixed."""
    if not segment.fixed:
        raise Refused("not_fixed", _("This segment fills itself by its conditions. Fix its members first."))
    if segment.of != card.__record__:
        raise Refused("other_kind", _("This list holds another kind of record."))
    mine = getattr(SegmentMember, f"{segment.of}_id") == card.id
    if first(every(SegmentMember).where(SegmentMember.segment_id == segment.id, mine)) is not None:
        raise Refused("member_here", _("%(card)s is in this list already.", card=card.title))
    made = put_member(segment, card, size_of(segment) + 1, at)
    stamp_change(segment, by, at)
    return made


@action(
    "segment_member.remove",
    on=SegmentMember,
    event="removed",
    right="market",
    kind="danger",
    icon="x",
    title=_l("Take out of the list"),
    says=_l("%(by)s took %(record)s out of the list “%(segment)s”"),
    guards_version=False,
)
def remove_member(member: SegmentMember, *, by: Colleague, at: datetime) -> Segment:
    """Take somebody out of a fixed list; the card stays."""
    segment = member.segment
    tell(segment=_told(segment))
    db.session.delete(member)
    stamp_change(segment, by, at)
    return segment


def put_member(segment: Segment, record: Any, place: int, at: datetime) -> SegmentMember:
    """One more in a fixed list; joins the running action."""
    made = SegmentMember(added_at=at, position=place)
    setattr(made, segment.of, record)
    made.segment = segment
    db.session.add(made)
    return made


def _put(segment: Segment, into: Any, by: Colleague, at: datetime, **fields: Any) -> SegmentPart:
    made = SegmentPart(parent=into if isinstance(into, SegmentPart) else None, **fields)
    segment.parts.append(made)
    db.session.flush()
    tell(condition=made.title)
    _changed(segment, by, at)
    return made


def _values(segment: Segment, field: str, operator: str, choices: str | None, value: str | None) -> list[str]:
    known = fields_of(segment.of).get(field)
    if known is None:
        raise Refused("unknown_field", _("This segment cannot ask that: choose one of its fields."))
    try:
        return values_for(known, operator, codes_of(choices), value)
    except BadValue as fault:
        raise Refused("wrong_value", str(fault)) from None


def _insist_on_writing(part: Segment | SegmentPart) -> Segment:
    segment = part if isinstance(part, Segment) else part.segment
    tell(segment=_told(segment))
    if segment.fixed:
        raise Refused("fixed", _("The members of this segment are fixed. Begin another one instead."))
    return segment


def _may_grow(part: Segment | SegmentPart) -> bool:
    if isinstance(part, Segment):
        return part.deleted_at is None and not part.fixed
    return part.is_group and not part.segment.fixed


def _depth(part: Segment | SegmentPart) -> int:
    depth = 0
    while isinstance(part, SegmentPart):
        depth, part = depth + 1, part.parent or part.segment
    return depth


def _inside(part: SegmentPart) -> list[SegmentPart]:
    return [one for inner in part.inner for one in (inner, *_inside(inner))]


def _changed(segment: Segment, by: Colleague, at: datetime) -> None:
    stamp_change(segment, by, at)


def _told(segment: Segment) -> dict[str, object]:
    return {"type": segment.__record__, "n": segment.n, "title": segment.title}
