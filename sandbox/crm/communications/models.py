"""What was said, and what is to be done: one row for a task, a call, a meeting, an e-mail or a note."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import UtcDateTime
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import Stamped
from sandbox.extensions import Base
from sandbox.spaces import Colleague, InSpace, current_space, ref

KINDS = ("task", "call", "meeting", "email", "note")
_KIND_LABELS = {
    "task": _l("Task"),
    "call": _l("Call"),
    "meeting": _l("Meeting"),
    "email": lazy_pgettext("kind", "E-mail"),
    "note": _l("Note"),
}
INTERNAL, PUBLIC = "internal", "public"
MEETING_MINUTES = 60
LAST_MINUTE = time(23, 59)
ABOUT = ("company", "contact", "lead", "deal", "case")
_OPEN = text("done_at IS NULL AND cancelled_at IS NULL")
_TO_DO: dict[str, Any] = {"sqlite_where": _OPEN, "postgresql_where": _OPEN}
_ONE = " + ".join(f"CASE WHEN {kind}_id IS NULL THEN 0 ELSE 1 END" for kind in ABOUT)


class Activity(Stamped, Base):
    """Something done or to be done about exactly one company, contact, lead, deal or case.

    One about a document is about its company as well, and stands in the timelines of both.

    What is planned has `due_at`; what was done has `done_at`; what was called off has `cancelled_at`.
    A note is `internal` unless its `visibility` says that the customer may read it. A meeting lasts
    `minutes`; `remind_at` is when its assignee is told of it; what is pinned leads the timeline.
    """

    __tablename__ = "activities"
    __record__ = "activity"
    __table_args__ = (
        CheckConstraint(f"{_ONE} = 1", name="about_one"),
        CheckConstraint("kind IN ('task', 'call', 'meeting', 'email', 'note')", name="kind"),
        # whether something is planned ahead on a deal; by the deal, never through a whole space
        Index("ix_activities_deal_due", "deal_id", "due_at"),
        # all that the count of what waits reads of a colleague's tasks
        Index("ix_activities_waiting", "assignee_id", "due_at", "remind_at", "space_id", "id", **_TO_DO),
    )
    __derived__ = {
        "kind": ("choice", ("kind",)),
        "direction": ("choice", ("direction",)),
        "due": ("date", ("due_at",)),
        "done": ("bool", ("done_at",)),
        "cancelled": ("bool", ("cancelled_at",)),
        "open": ("bool", ("done_at", "cancelled_at")),
        "pinned": ("bool", ("pinned_at",)),
        "visibility": ("choice", ("visibility",)),
        "on": ("reference", (*ABOUT, "document")),
    }

    kind: Mapped[str] = mapped_column(String(12), index=True)
    subject: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(60))
    direction: Mapped[str | None] = mapped_column(String(3))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[str | None] = mapped_column(Text)
    visibility: Mapped[str | None] = mapped_column(String(8))
    pinned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minutes: Mapped[int | None]
    remind_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    assignee_id: Mapped[int | None] = ref("colleagues.id")
    assignee: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[assignee_id])
    company_id: Mapped[int | None] = ref("companies.id")
    company: Mapped[Company | None] = relationship(Company)
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Contact | None] = relationship(Contact)
    lead_id: Mapped[int | None] = ref("leads.id")
    lead: Mapped[Any] = relationship("Lead")
    deal_id: Mapped[int | None] = ref("deals.id")
    deal: Mapped[Any] = relationship("Deal")
    case_id: Mapped[int | None] = ref("cases.id")
    case: Mapped[Any] = relationship("Case")
    document_id: Mapped[int | None] = ref("documents.id")
    document: Mapped[Any] = relationship("Document")

    @property
    def title(self) -> str:
        """Its subject, or what kind of thing it is."""
        return self.subject or kind_label(self.kind)

    @property
    def on(self) -> Any:
        """The record that it is about."""
        return self.document or self.company or self.contact or self.lead or self.deal or self.case

    @on.setter
    def on(self, record: InSpace) -> None:
        setattr(self, str(record.__record__), record)
        if record.__record__ == "document":
            self.company = getattr(record, "company")  # noqa: B009  documents lie above this area

    @property
    def due(self) -> date | None:
        """The day by which it is due, in the company's time zone."""
        return self.due_at.astimezone(current_space().zone).date() if self.due_at else None

    @property
    def hour(self) -> time | None:
        """The hour that was named for it; a task without one is due by the end of work, or of its day."""
        if self.due_at is None:
            return None
        space = current_space()
        named = self.due_at.astimezone(space.zone).time()
        unnamed = (space.company.working_hours.ends, LAST_MINUTE)
        return named if self.kind == "meeting" or named not in unnamed else None

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return self.done_at is not None

    @property
    def cancelled(self) -> bool:
        """Whether it was called off."""
        return self.cancelled_at is not None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and self.cancelled_at is None

    @property
    def open(self) -> bool:
        """The same, by the word of scenarios."""
        return self.is_open

    @property
    def pinned(self) -> bool:
        """Whether it leads the timeline of its record."""
        return self.pinned_at is not None

    @property
    def is_public(self) -> bool:
        """Whether the customer may read it."""
        return self.visibility == PUBLIC

    @property
    def ends_at(self) -> datetime | None:
        """When a meeting ends."""
        return self.due_at + timedelta(minutes=self.minutes or MEETING_MINUTES) if self.due_at else None

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been done before `now`."""
        return self.is_open and self.due_at is not None and self.due_at < now


def kind_label(kind: str) -> str:
    """What people call a kind of activity."""
    return str(_KIND_LABELS.get(kind, kind))
