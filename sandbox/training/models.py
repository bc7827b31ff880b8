"""What a trainer gave, what a person ran, and the evidence of it; all of it stands outside the spaces."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, Text, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from sandbox.columns import Json, UtcDateTime
from sandbox.extensions import Base
from sandbox.kernel.clock import machine_now
from sandbox.people import Person
from sandbox.spaces import Space

MODES = ("learn", "practice", "exam")
STATUSES = ("open", "finished", "abandoned")


class Assignment(Base):
    """A scenario given to a person by a date."""

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_person", "person_id", "scenario"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    scenario: Mapped[str] = mapped_column(String(120))
    due: Mapped[date | None]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    given_by: Mapped[Person] = relationship(foreign_keys=given_by_id)


class Script(Base):
    """A scenario file as it was when an attempt ran on it: the file may change, the attempt keeps its own."""

    __tablename__ = "scripts"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), index=True)
    text: Mapped[str] = mapped_column(Text)


class Proof(Base):
    """What the proof of a scenario with a company came to, kept by what it was made from.

    `faults` are the findings it fell by, each with `part`, `what`, `told` and `fault`; empty when it holds.
    """

    __tablename__ = "proofs"

    script_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    company_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    program_version: Mapped[str] = mapped_column(String(40), primary_key=True)
    scenario: Mapped[str] = mapped_column(String(120))
    company: Mapped[str] = mapped_column(String(60))
    trials: Mapped[int]
    faults: Mapped[list[dict[str, str]]] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def holds(self) -> bool:
        """Whether the scenario stood every trial."""
        return not self.faults


class Attempt(Base):
    """One run of a scenario by one person, on data of its own, pinned to what it ran on.

    `progress` is a projection of the evidence kept for speed; `given` holds where the scenario's records
    stand and the values they were laid out with; `start_n` is the space's counter when the work began.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint("mode IN ('learn', 'practice', 'exam')", name="mode"),
        CheckConstraint("status IN ('open', 'finished', 'abandoned')", name="status"),
        CheckConstraint("origin IN ('real', 'demo')", name="origin"),
        Index("ix_attempts_person", "person_id", "scenario"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    scenario: Mapped[str] = mapped_column(String(120))
    operation: Mapped[str] = mapped_column(String(60), index=True)
    script_digest: Mapped[str] = mapped_column(ForeignKey("scripts.digest"))
    program_version: Mapped[str] = mapped_column(String(40))
    company: Mapped[str] = mapped_column(String(60))
    company_digest: Mapped[str] = mapped_column(String(64))
    seed: Mapped[int] = mapped_column(BigInteger)
    mode: Mapped[str] = mapped_column(String(12))
    origin: Mapped[str] = mapped_column(String(8), default="real")
    status: Mapped[str] = mapped_column(String(12), default="open")
    demo_of_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"))
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id"), index=True)
    start_n: Mapped[int] = mapped_column(BigInteger)
    take: Mapped[int] = mapped_column(default=1)
    given: Mapped[dict[str, Any]] = mapped_column(Json)
    progress: Mapped[dict[str, Any] | None] = mapped_column(Json)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_change_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_help_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_critical_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    restarted: Mapped[bool] = mapped_column(default=False)
    norm_seconds: Mapped[float]
    seconds: Mapped[float | None]
    is_right: Mapped[bool | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(Json)

    person: Mapped[Person] = relationship()
    space: Mapped[Space] = relationship()
    script: Mapped[Script] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether the run goes on, be it paused."""
        return self.status == "open"

    @property
    def is_late(self) -> bool:
        """Whether the time of a control run is over."""
        return self.ends_at is not None and machine_now() >= self.ends_at

    @property
    def ran_out(self) -> bool:
        """Whether a control run was judged because its time was over, not because somebody had finished."""
        return self.ends_at is not None and self.finished_at is not None and self.finished_at >= self.ends_at

    @property
    def is_showing(self) -> bool:
        """Whether this is a demo played for somebody: it plays by itself and is nobody's run."""
        return self.demo_of_id is not None

    @property
    def is_demo(self) -> bool:
        """Whether it belongs to the demo history, which is labelled so wherever it is shown."""
        return self.origin == "demo"


class Evidence(Base):
    """One thing that happened in an attempt, with its own copy of what was seen; never changed or removed."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_attempt", "attempt_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    take: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    step: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)


class EvidenceIsFinal(RuntimeError):
    """Somebody tried to change or remove evidence."""


@event.listens_for(Evidence, "before_update")
@event.listens_for(Evidence, "before_delete")
def _refuse(mapper: Mapper[Any], connection: Any, row: Evidence) -> None:
    raise EvidenceIsFinal("evidence is only ever added")
