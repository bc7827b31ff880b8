"""A segment: its condition as a tree of parts, or the members that it was fixed with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Json, UtcDateTime
from sandbox.crm.record import Record
from sandbox.extensions import Base
from sandbox.spaces import InSpace, ref

CONTACT, COMPANY, LEAD = "contact", "company", "lead"
KINDS = (CONTACT, COMPANY, LEAD)
ALL, ANY = "all", "any"
MATCHES = (ALL, ANY)
_MATCH = "match IN ('all', 'any')"
_ONE = " + ".join(f"CASE WHEN {kind}_id IS NULL THEN 0 ELSE 1 END" for kind in KINDS)


class Segment(Record, Base):
    """Contacts, companies or leads: those who fit its condition whenever it is asked, or a fixed list.

    `match` says whether all parts of the condition must hold, or any of them is enough.
    """

    __tablename__ = "segments"
    __record__ = "segment"
    __table_args__ = (
        CheckConstraint("of IN ('contact', 'company', 'lead')", name="of"),
        CheckConstraint(_MATCH, name="match"),
    )
    __derived__ = {
        "of": ("choice", ("of",)),
        "match": ("choice", ("match",)),
        "fixed": ("bool", ("fixed_at",)),
        "size": ("number", ("parts", "members", "match")),
        "condition_count": ("number", ("parts",)),
    }

    name: Mapped[str] = mapped_column(String(200))
    of: Mapped[str] = mapped_column(String(8), index=True)
    match: Mapped[str] = mapped_column(String(3))
    note: Mapped[str | None] = mapped_column(Text)
    fixed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    parts: Mapped[list[SegmentPart]] = relationship(
        "SegmentPart",
        back_populates="segment",
        order_by="SegmentPart.id",
        cascade="all, delete-orphan",
    )
    members: Mapped[list[SegmentMember]] = relationship("SegmentMember", back_populates="segment")

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name

    @property
    def fixed(self) -> bool:
        """Whether its members stand fast, whatever becomes of the cards."""
        return self.fixed_at is not None

    @property
    def top(self) -> list[SegmentPart]:
        """The parts that stand in no group."""
        return [part for part in self.parts if part.parent_id is None]

    @property
    def condition_count(self) -> int:
        """How many conditions it has, in groups or not."""
        return sum(not part.is_group for part in self.parts)

    @property
    def size(self) -> int:
        """How many belong to it now; for scenarios and the interface (lists ask for all sizes at once)."""
        from sandbox.crm.marketing.segments.rules import size_of

        return size_of(self)


class SegmentPart(InSpace, Base):
    """A condition, or a group of parts of which all or any must hold.

    A condition keeps what it asks as codes of the company file: `field` such as `company.industry`,
    `operator`, and `values`.
    """

    __tablename__ = "segment_parts"
    __record__ = "segment_part"
    __table_args__ = (
        CheckConstraint("(match IS NULL) <> (field IS NULL)", name="group_or_condition"),
        CheckConstraint(f"match IS NULL OR {_MATCH}", name="match"),
    )

    segment_id: Mapped[int] = ref("segments.id", nullable=False)
    segment: Mapped[Segment] = relationship(Segment, back_populates="parts")
    parent_id: Mapped[int | None] = ref("segment_parts.id")
    parent: Mapped[SegmentPart | None] = relationship("SegmentPart", remote_side="SegmentPart.id")
    match: Mapped[str | None] = mapped_column(String(3))
    field: Mapped[str | None] = mapped_column(String(80))
    operator: Mapped[str | None] = mapped_column(String(20))
    values: Mapped[list[str] | None] = mapped_column(Json)

    @property
    def is_group(self) -> bool:
        """Whether it holds other parts."""
        return self.match is not None

    @property
    def inner(self) -> list[SegmentPart]:
        """The parts of a group."""
        return [part for part in self.segment.parts if part.parent_id == self.id]

    @property
    def title(self) -> str:
        """What it asks, in words."""
        from sandbox.crm.marketing.segments.words import sentence_of_part

        return sentence_of_part(self)

    @property
    def on(self) -> Segment:
        """The segment that it belongs to."""
        return self.segment


class SegmentMember(InSpace, Base):
    """One who stands in a fixed list."""

    __tablename__ = "segment_members"
    __record__ = "segment_member"
    __table_args__ = (CheckConstraint(f"{_ONE} = 1", name="of_one"),)
    __derived__ = {"on": ("reference", KINDS)}

    segment_id: Mapped[int] = ref("segments.id", nullable=False)
    segment: Mapped[Segment] = relationship(Segment, back_populates="members")
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Any] = relationship("Contact")
    company_id: Mapped[int | None] = ref("companies.id")
    company: Mapped[Any] = relationship("Company")
    lead_id: Mapped[int | None] = ref("leads.id")
    lead: Mapped[Any] = relationship("Lead")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    position: Mapped[int] = mapped_column(Integer)

    @property
    def who(self) -> Any:
        """The card or the lead."""
        return self.contact or self.company or self.lead

    @property
    def title(self) -> str:
        """Who it is."""
        return str(self.who.title)

    @property
    def on(self) -> Segment:
        """The list."""
        return self.segment
