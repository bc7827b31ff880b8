"""Cases: what customers complain of or ask for, with a clock for the answer and one for the solution."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import UtcDateTime
from sandbox.crm.communications.hours import after_work
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import Record
from sandbox.extensions import Base
from sandbox.spaces import Colleague, current_space, ref

NEW, IN_WORK, CLOSED = "new", "in_work", "closed"


class Case(Record, Base):
    """Something a customer wants to have put right; its clocks run in working hours of the firm."""

    __tablename__ = "cases"
    __record__ = "case"
    __table_args__ = (CheckConstraint("status IN ('new', 'in_work', 'closed')", name="status"),)
    __derived__ = {
        "status": ("choice", ("status",)),
        "open": ("bool", ("status",)),
        "escalated": ("bool", ("escalated_at",)),
        "answered": ("bool", ("answered_at",)),
    }

    number: Mapped[int] = mapped_column(Integer)
    subject: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    type: Mapped[str] = mapped_column(String(60))
    priority: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(12), default=NEW)
    company_id: Mapped[int | None] = ref("companies.id")
    company: Mapped[Company | None] = relationship(Company)
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Contact | None] = relationship(Contact)
    respond_by: Mapped[datetime] = mapped_column(UtcDateTime)
    resolve_by: Mapped[datetime] = mapped_column(UtcDateTime)
    clock_from: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated_to_id: Mapped[int | None] = ref("colleagues.id")
    escalated_to: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[escalated_to_id])
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(String(60))
    result_note: Mapped[str | None] = mapped_column(Text)

    @property
    def title(self) -> str:
        """Its number and what it is about."""
        return f"#{self.number} {self.subject}"

    def found_by(self) -> tuple[str | None, ...]:
        """Number and subject, and whose case it is."""
        return (self.title, self.company.name if self.company else None)

    def sorted_by(self) -> str:
        """By number."""
        return f"{self.number:010}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a solution."""
        return self.status != CLOSED

    @property
    def open(self) -> bool:
        """The same, by the word of scenarios."""
        return self.is_open

    @property
    def answered(self) -> bool:
        """Whether the customer was answered."""
        return self.answered_at is not None

    @property
    def escalated(self) -> bool:
        """Whether it was taken to somebody higher up."""
        return self.escalated_at is not None

    @property
    def due_at(self) -> datetime:
        """By when the next thing must happen: the answer, then the solution."""
        return self.resolve_by if self.answered else self.respond_by

    def is_overdue(self, now: datetime) -> bool:
        """Whether a clock has run out."""
        return self.is_open and self.due_at < now

    def start_clocks(self, at: datetime) -> None:
        """Let both clocks run from `at`, as long as the priority allows."""
        self.clock_from = at
        self.set_clocks()

    def set_clocks(self) -> None:
        """Set both ends anew after the priority was changed; the clocks go on from where they began."""
        priority = current_space().company.cases.priority(self.priority)
        respond, resolve = (priority.respond_hours, priority.resolve_hours) if priority else (8, 40)
        self.respond_by = after_work(self.clock_from, timedelta(hours=float(respond)))
        self.resolve_by = after_work(self.clock_from, timedelta(hours=float(resolve)))
