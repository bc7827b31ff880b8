"""A condition as a tree, apart from the rows that it is kept in: what counting and wording work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.crm.marketing.segments.models import Segment, SegmentPart

ALL, ANY = "all", "any"
MATCHES = (ALL, ANY)


@dataclass(frozen=True)
class Condition:
    """One thing that is asked of a record: a field, an operator, and the values as codes or texts."""

    field: str
    operator: str
    values: tuple[str, ...] = ()
    key: int = 0


@dataclass(frozen=True)
class Group:
    """Parts of which all must hold, or any is enough; `key` is the id of its row, 0 for the whole."""

    match: str
    parts: tuple[Group | Condition, ...] = field(default=())
    key: int = 0

    def walk(self) -> Iterator[Group | Condition]:
        """All parts at any depth."""
        for part in self.parts:
            yield part
            if isinstance(part, Group):
                yield from part.walk()

    def turned(self) -> Group:
        """The same parts under the other word: what a slip between "and" and "or" would give."""
        return replace(self, match=ANY if self.match == ALL else ALL)

    def with_part(self, part: Group | Condition, into: int = 0) -> Group:
        """The tree with one part more in the group with the key `into`; one of the same key is replaced."""
        mine = tuple(each.with_part(part, into) if isinstance(each, Group) else each for each in self.parts)
        if part.key and any(each.key == part.key for each in mine):
            return replace(self, parts=tuple(part if each.key == part.key else each for each in mine))
        return replace(self, parts=(*mine, part) if self.key == into and not part.key else mine)


def tree_of(segment: Segment) -> Group:
    """The condition of a segment."""
    return Group(segment.match, _parts(segment.parts, None))


def tree_of_part(part: SegmentPart) -> Group | Condition:
    """One part of it."""
    if part.match is not None:
        return Group(part.match, _parts(part.segment.parts, part.id), part.id)
    return Condition(part.field or "", part.operator or "", tuple(part.values or ()), part.id)


def _parts(rows: Sequence[SegmentPart], parent: int | None) -> tuple[Group | Condition, ...]:
    return tuple(tree_of_part(row) for row in rows if row.parent_id == parent)
