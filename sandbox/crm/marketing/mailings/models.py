"""A mailing, the segments that it goes to, and what became of each one in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import UtcDateTime
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.marketing.campaigns.models import Campaign
from sandbox.crm.marketing.messages.models import SUBJECT, MessageTemplate
from sandbox.crm.marketing.segments.models import Segment
from sandbox.crm.record import Record
from sandbox.extensions import Base
from sandbox.spaces import InSpace, ref

DRAFT, SCHEDULED, SENDING, DONE, CANCELLED = "draft", "scheduled", "sending", "done", "cancelled"
STATUSES = (DRAFT, SCHEDULED, SENDING, DONE, CANCELLED)

# The lines of the audience, in the order in which somebody falls out of it: each target stands in one.
NO_ADDRESS, OPTED_OUT, INVALID = "no_address", "opted_out", "invalid"
REPEATED, SUPPRESSED, NO_CONSENT, SENT = "repeated", "suppressed", "no_consent", "sent"
LINES = (NO_ADDRESS, OPTED_OUT, INVALID, REPEATED, SUPPRESSED, NO_CONSENT, SENT)

WAITING, DELIVERED, SOFT, HARD, GAVE_UP = "waiting", "delivered", "soft_bounce", "hard_bounce", "gave_up"
OUTCOMES = (WAITING, DELIVERED, SOFT, HARD, GAVE_UP)


def _one_of(column: str, codes: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(code) for code in codes)})"


class Mailing(Record, Base):
    """One letter to many, from the draft to the last click; its wording is kept when it is scheduled."""

    __tablename__ = "mailings"
    __record__ = "mailing"
    __table_args__ = (CheckConstraint(_one_of("status", STATUSES), name="status"),)
    __derived__ = {
        "targets": ("number", ("recipients",)),
        "sent": ("number", ("recipients",)),
        "delivered": ("number", ("recipients",)),
    }

    name: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(12), index=True)
    template_id: Mapped[int] = ref("message_templates.id", nullable=False)
    template: Mapped[MessageTemplate] = relationship(MessageTemplate)
    campaign_id: Mapped[int | None] = ref("campaigns.id")
    campaign: Mapped[Campaign | None] = relationship(Campaign)
    subject: Mapped[str | None] = mapped_column(String(SUBJECT))
    body: Mapped[str | None] = mapped_column(Text)
    send_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str | None] = mapped_column(String(200))
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    """When something happens next by itself: the sending, an answer of a mail server, a click."""
    lists: Mapped[list[MailingSegment]] = relationship(
        "MailingSegment", back_populates="mailing", order_by="MailingSegment.id", cascade="all, delete-orphan"
    )
    recipients: Mapped[list[MailingRecipient]] = relationship(
        "MailingRecipient", back_populates="mailing", order_by="MailingRecipient.id"
    )

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name

    @property
    def is_frozen(self) -> bool:
        """Whether it is settled who gets it: its figures never change again."""
        return self.started_at is not None

    @property
    def text(self) -> tuple[str, str]:
        """Subject and text: as scheduled, or as the template has them now."""
        if self.subject is not None and self.body is not None:
            return self.subject, self.body
        return self.template.subject, self.template.body

    @property
    def segments(self) -> list[Segment]:
        """The segments that it goes to."""
        return [one.segment for one in self.lists]

    @property
    def targets(self) -> int:
        """How many stood in its segments when it went out."""
        return len(self.recipients)

    @property
    def sent(self) -> int:
        """How many it was sent to."""
        return sum(one.line == SENT for one in self.recipients)

    @property
    def delivered(self) -> int:
        """How many have it in their mailbox."""
        return sum(one.outcome == DELIVERED for one in self.recipients)

    def is_due(self, now: datetime) -> bool:
        """Whether something should have happened by now."""
        return self.next_at is not None and self.next_at <= now


class MailingSegment(InSpace, Base):
    """A segment that a mailing goes to."""

    __tablename__ = "mailing_segments"
    __record__ = "mailing_segment"

    mailing_id: Mapped[int] = ref("mailings.id", nullable=False)
    mailing: Mapped[Mailing] = relationship(Mailing, back_populates="lists")
    segment_id: Mapped[int] = ref("segments.id", nullable=False)
    segment: Mapped[Segment] = relationship(Segment)

    @property
    def title(self) -> str:
        """The segment."""
        return self.segment.title

    @property
    def on(self) -> Mailing:
        """The mailing."""
        return self.mailing


class MailingRecipient(InSpace, Base):
    """One who stood in a segment when the mailing went out: on which line, and what became of the letter.

    The address is kept as it was; who withdraws their consent leaves its digest here.
    """

    __tablename__ = "mailing_recipients"
    __record__ = "mailing_recipient"
    __table_args__ = (
        CheckConstraint("(company_id IS NULL) <> (contact_id IS NULL)", name="to_one"),
        CheckConstraint(_one_of("line", LINES), name="line"),
        CheckConstraint(f"outcome IS NULL OR {_one_of('outcome', OUTCOMES)}", name="outcome"),
    )
    __derived__ = {
        "on": ("reference", ("contact", "company")),
        "opened": ("bool", ("opened_at",)),
        "clicked": ("bool", ("clicked_at",)),
        "opted_out": ("bool", ("opted_out_at",)),
        "processed": ("bool", ("processed_at",)),
    }

    mailing_id: Mapped[int] = ref("mailings.id", nullable=False)
    mailing: Mapped[Mailing] = relationship(Mailing, back_populates="recipients")
    segment_id: Mapped[int | None] = ref("segments.id")
    segment: Mapped[Segment | None] = relationship(Segment)
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Contact | None] = relationship(Contact)
    company_id: Mapped[int | None] = ref("companies.id")
    company: Mapped[Company | None] = relationship(Company)
    email: Mapped[str | None] = mapped_column(String(200), index=True)
    line: Mapped[str] = mapped_column(String(12))
    outcome: Mapped[str | None] = mapped_column(String(12), index=True)
    steps: Mapped[int] = mapped_column(Integer)
    """How much of its simulated fate has happened."""
    tries: Mapped[int] = mapped_column(Integer)
    server_said: Mapped[str | None] = mapped_column(String(200))
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    bounced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clicked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opted_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    processed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def who(self) -> Any:
        """The card."""
        return self.contact or self.company

    @property
    def title(self) -> str:
        """Whose letter it was."""
        return str(self.who.title)

    @property
    def on(self) -> Any:
        """The card."""
        return self.who

    @property
    def opened(self) -> bool:
        """Whether a mail program loaded its picture; that is no reading, and no success."""
        return self.opened_at is not None

    @property
    def clicked(self) -> bool:
        """Whether a link was pressed."""
        return self.clicked_at is not None

    @property
    def opted_out(self) -> bool:
        """Whether they said by it that they want no more."""
        return self.opted_out_at is not None

    @property
    def bounced(self) -> bool:
        """Whether it came back for good."""
        return self.outcome in (HARD, GAVE_UP)

    @property
    def processed(self) -> bool:
        """Whether somebody, or the system, has drawn the consequence of a bounce."""
        return self.processed_at is not None
