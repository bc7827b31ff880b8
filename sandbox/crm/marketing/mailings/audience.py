"""Who would get a mailing: every one in its segments on exactly one line, found with few questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import and_, literal_column, or_, select, union_all

from sandbox.crm.customers.addresses import EMAIL, Address
from sandbox.crm.customers.consents import ADVERTISING, Consent
from sandbox.crm.customers.masking import digest_of
from sandbox.crm.customers.models import Contact
from sandbox.crm.marketing.mailings.models import (
    INVALID,
    LINES,
    NO_ADDRESS,
    NO_CONSENT,
    OPTED_OUT,
    REPEATED,
    SENT,
    SUPPRESSED,
)
from sandbox.crm.marketing.segments.models import Segment
from sandbox.crm.marketing.segments.rules import members_of
from sandbox.crm.marketing.suppressions.actions import active_values, is_suppressed
from sandbox.extensions import db
from sandbox.spaces import record_type


@dataclass(frozen=True)
class Target:
    """One member of one segment: the card's id, its e-mail, and the line it stands on."""

    segment: Segment
    kind: str
    id: int
    email: str | None
    line: str


@dataclass(frozen=True)
class Audience:
    """All targets of a mailing, in the order of its segments."""

    targets: Sequence[Target]

    @cached_property
    def lines(self) -> dict[str, int]:
        """How many stand on each line; together they are the targets."""
        found = Counter(target.line for target in self.targets)
        return {line: found[line] for line in LINES}

    @cached_property
    def sizes(self) -> dict[int, int]:
        """How many members each segment has, by its id."""
        return Counter(target.segment.id for target in self.targets)

    @property
    def to_be_sent(self) -> int:
        """How many would get it."""
        return self.lines[SENT]


def audience_of(segments: Sequence[Segment]) -> Audience:
    """Everybody in the segments, each on their line; a card in two of them is a target twice."""
    members = [(segments[row.place], row.id, row.email) for row in _members(segments)]
    known = _Known.of_space()
    seen: set[str] = set()
    targets = []
    for segment, id_, email in members:
        line = known.line_of(segment.of, id_, email, seen)
        if email:
            seen.add(email)
        targets.append(Target(segment, segment.of, id_, email, line))
    return Audience(targets)


def _members(segments: Sequence[Segment]) -> Sequence[Any]:
    """The members of all segments in one question, each with its segment's place among them."""
    if not segments:
        return []
    asked = []
    for place, segment in enumerate(segments):
        model: Any = record_type(segment.of)
        stands: Any = literal_column(str(place)).label("place")
        asked.append(members_of(segment).with_only_columns(stands, model.id, model.email, model.sort_key))
    found = union_all(*asked).subquery()
    return db.session.execute(select(found).order_by(found.c.place, found.c.sort_key, found.c.id)).all()


@dataclass(frozen=True)
class _Known:
    """What speaks for and against addresses, by value: a second card with the same one changes nothing."""

    opted_out: set[str]
    invalid: set[str]
    suppressed: set[str]
    provable: set[tuple[str, int, str]]

    @classmethod
    def of_space(cls) -> _Known:
        """Read it for the whole space."""
        bad = (
            select(Address.value, Address.opted_out_at, Address.invalid_at)
            .where(Address.kind == EMAIL)
            .where(or_(Address.opted_out_at.is_not(None), Address.invalid_at.is_not(None)))
        )
        rows = db.session.execute(bad).all()
        return cls(
            opted_out={row.value for row in rows if row.opted_out_at is not None},
            invalid={row.value for row in rows if row.invalid_at is not None},
            suppressed=active_values(),
            provable=_provable(),
        )

    def line_of(self, kind: str, id_: int, email: str | None, seen: set[str]) -> str:
        """The first line, in their order, that an address falls under."""
        if not email:
            return NO_ADDRESS
        if email in self.opted_out or digest_of(email) in self.opted_out:
            return OPTED_OUT
        if email in self.invalid:
            return INVALID
        if email in seen:
            return REPEATED
        if is_suppressed(email, self.suppressed):
            return SUPPRESSED
        return SENT if (kind, id_, email) in self.provable else NO_CONSENT


def _provable() -> set[tuple[str, int, str]]:
    """Cards and addresses for which a consent to advertising is recorded and in force.

    A company has none of its own: its address counts where one of its people agreed for this very address.
    """
    covers = or_(Consent.address_id.is_(None), Consent.address_id == Address.id)
    agreed = (
        select(Contact.id, Contact.company_id, Address.value)
        .join(Address, and_(Address.contact_id == Contact.id, Address.kind == EMAIL))
        .join(Consent, and_(Consent.contact_id == Contact.id, covers))
        .where(Contact.deleted_at.is_(None), Consent.purpose == ADVERTISING, Consent.withdrawn_on.is_(None))
    )
    found: set[tuple[str, int, str]] = set()
    for row in db.session.execute(agreed):
        found.add(("contact", row.id, row.value))
        if row.company_id is not None:
            found.add(("company", row.company_id, row.value))
    return found
