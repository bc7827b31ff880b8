"""Who fits: a tree of conditions as one clause, and all the counts of a page in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, case, false, func, or_

from sandbox.crm.marketing.segments.fields import SegmentField, fields_of
from sandbox.crm.marketing.segments.tree import ALL, Condition, Group, tree_of
from sandbox.extensions import db
from sandbox.spaces import current_space, every, record_type

if TYPE_CHECKING:
    from sandbox.crm.marketing.segments.models import Segment

Fields = Mapping[str, SegmentField]


@dataclass(frozen=True)
class Tally:
    """What a segment's page counts: all there are, how many fit, and how many each part finds alone.

    `turned` is how many would fit if the outermost "all" were "any", or the other way round.
    """

    total: int
    size: int
    turned: int
    alone: dict[int, int]


def population(kind: str) -> Select[Any]:
    """All records of a kind that a segment may hold; a masked person is in none."""
    model: Any = record_type(kind)
    query = every(model)
    return query.where(model.masked_at.is_(None)) if kind == "contact" else query


def clause_of(part: Group | Condition, fields: Fields) -> Any:
    """The clause of a part, or None for a group with nothing in it: that one asks nothing."""
    if isinstance(part, Condition):
        field = fields.get(part.field)
        if field is None or part.operator not in field.operators:
            return false()  # the company file no longer has the field: nobody fits it
        return field.ask(part.operator, part.values, current_space().now())
    clauses = [clause for inner in part.parts if (clause := clause_of(inner, fields)) is not None]
    if not clauses:
        return None
    return and_(*clauses) if part.match == ALL else or_(*clauses)


def members_of(segment: Segment) -> Select[Any]:
    """A select of the records that belong to a segment now."""
    if segment.fixed:
        return population(segment.of).where(record_type(segment.of).id.in_(_listed_in([segment])))
    return fitting(segment.of, tree_of(segment))


def fitting(kind: str, tree: Group) -> Select[Any]:
    """A select of the records that fit a condition."""
    clause = clause_of(tree, fields_of(kind))
    query = population(kind)
    return query if clause is None else query.where(clause)


def size_of(segment: Segment) -> int:
    """How many belong to a segment now."""
    return sizes_of([segment])[segment.id]


def sizes_of(segments: Sequence[Segment]) -> dict[int, int]:
    """How many belong to each, in one statement."""
    columns: dict[str, list[tuple[int, Any]]] = {}
    for segment in segments:
        kind = segment.of
        clause = (
            record_type(kind).id.in_(_listed_in([segment]))
            if segment.fixed
            else clause_of(tree_of(segment), fields_of(kind))
        )
        columns.setdefault(kind, []).append((segment.id, _counted(clause)))
    if not columns:
        return {}
    # one kind is read through once; the few of the others are counted beside it
    read = max(columns, key=lambda kind: len(columns[kind]))
    asked = [
        (id_, counted if kind == read else _of(kind, [counted]).scalar_subquery())
        for kind, mine in columns.items()
        for id_, counted in mine
    ]
    row = db.session.execute(_of(read, [column for _id, column in asked])).one()
    return {id_: int(number) for (id_, _column), number in zip(asked, row, strict=True)}


def tally(kind: str, tree: Group) -> Tally:
    """The counts of a segment's page, all of them in one statement."""
    fields, parts = fields_of(kind), list(tree.walk())
    clauses = [None, clause_of(tree, fields), clause_of(tree.turned(), fields)]
    total, size, turned, *alone = count(kind, [*clauses, *(clause_of(part, fields) for part in parts)])
    return Tally(total, size, turned, dict(zip((part.key for part in parts), alone, strict=True)))


def count(kind: str, clauses: Iterable[Any]) -> list[int]:
    """How many records of a kind each clause finds; None finds all."""
    row = db.session.execute(_of(kind, [_counted(one) for one in clauses])).one()
    return [int(each) for each in row]


def _counted(clause: Any) -> Any:
    return func.count() if clause is None else func.count(case((clause, 1)))


def _of(kind: str, columns: Sequence[Any]) -> Select[Any]:
    named = [column.label(f"count_{place}") for place, column in enumerate(columns)]
    return population(kind).with_only_columns(*named, maintain_column_froms=True)


def _listed_in(segments: Sequence[Segment]) -> Select[Any]:
    """The ids of the records in fixed lists; not the list's own query, so that it works inside another."""
    member: Any = record_type("segment_member")
    column = getattr(member, f"{segments[0].of}_id")
    return every(member).with_only_columns(column).where(member.segment_id.in_([one.id for one in segments]))
