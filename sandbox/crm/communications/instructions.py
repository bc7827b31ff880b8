"""Instructions of the firm: a text for job roles, its versions, and who has said that they read it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Index, Integer, String, Text, and_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from sandbox.columns import UtcDateTime
from sandbox.crm.communications.asking import place, places_of
from sandbox.crm.communications.questions import Waiting
from sandbox.crm.record import Record, Stamped
from sandbox.extensions import Base, db
from sandbox.spaces import Colleague, InSpace, every, ref


class Instruction(Record, Base):
    """What people of some job roles must know; `number` is the version of the text as it stands."""

    __tablename__ = "instructions"
    __record__ = "instruction"
    __derived__ = {"published": ("bool", ("published_number",))}

    name: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(Integer, default=1)
    change_note: Mapped[str | None] = mapped_column(Text)
    audience: Mapped[str | None] = mapped_column(Text)
    published_number: Mapped[int | None] = mapped_column(Integer)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def title(self) -> str:
        """Its name."""
        return self.name

    def found_by(self) -> tuple[str | None, ...]:
        """Name and text."""
        return (self.name, self.body)

    @property
    def published(self) -> bool:
        """Whether a version is in force."""
        return self.published_number is not None

    @property
    def has_draft(self) -> bool:
        """Whether its text differs from what is in force."""
        return self.number != self.published_number

    @property
    def roles(self) -> list[str]:
        """The job roles it was published to."""
        return (self.audience or "").split()


class InstructionVersion(InSpace, Base):
    """A text as it was published; never changed."""

    __tablename__ = "instruction_versions"
    __table_args__ = (Index("ix_instruction_versions_number", "instruction_id", "number", unique=True),)

    instruction_id: Mapped[int | None] = ref("instructions.id", nullable=False, index=False)
    number: Mapped[int] = mapped_column(Integer)
    body: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Acknowledgement(Stamped, Base):
    """That a colleague is to read a version by a day, and when they said that they had."""

    __tablename__ = "acknowledgements"
    __record__ = "acknowledgement"
    __derived__ = {"acknowledged": ("bool", ("acknowledged_at",)), "reminded": ("bool", ("reminded_at",))}

    instruction_id: Mapped[int | None] = ref("instructions.id", nullable=False)
    instruction: Mapped[Instruction] = relationship(Instruction)
    colleague_id: Mapped[int | None] = ref("colleagues.id", nullable=False)
    colleague: Mapped[Colleague] = relationship(Colleague, foreign_keys=[colleague_id])
    number: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def title(self) -> str:
        """Who is to read what."""
        return _("%(colleague)s reads “%(name)s”", colleague=self.colleague.name, name=self.instruction.name)

    @property
    def on(self) -> Instruction:
        """The instruction."""
        return self.instruction

    @property
    def acknowledged(self) -> bool:
        """Whether the colleague said that they had read it."""
        return self.acknowledged_at is not None

    @property
    def reminded(self) -> bool:
        """Whether the colleague was reminded."""
        return self.reminded_at is not None


def asked_of(instruction: Instruction) -> list[Acknowledgement]:
    """Who is to read the version in force, in the order of being asked."""
    query = every(Acknowledgement).where(
        Acknowledgement.instruction_id == instruction.id,
        Acknowledgement.number == instruction.published_number,
    )
    return list(db.session.scalars(query.order_by(Acknowledgement.id)))


def to_read() -> ColumnElement[bool]:
    """The clause for what whoever asks is still to read; an older version waits no more."""
    in_force = select(Instruction.published_number).where(Instruction.id == Acknowledgement.instruction_id)
    return and_(
        Acknowledgement.colleague_id == place("me"),
        Acknowledgement.acknowledged_at.is_(None),
        Acknowledgement.number == in_force.correlate(Acknowledgement).scalar_subquery(),
    )


def instructions_waiting(me: Colleague) -> list[Waiting]:
    """The instructions that a colleague is still to read."""
    found = every(Acknowledgement).where(to_read()).options(joinedload(Acknowledgement.instruction))
    return [
        Waiting("instruction", one, one.instruction, one.instruction.name, one.created_at, due=one.due_at)
        for one in db.session.scalars(found, places_of(me))
    ]
