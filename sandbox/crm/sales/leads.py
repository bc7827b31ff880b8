"""Somebody who asked: a lead, before it is known whether there is a deal in it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Money, UtcDateTime
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import Record
from sandbox.extensions import Base
from sandbox.spaces import ref

if TYPE_CHECKING:
    from sandbox.crm.sales.deals import Deal

NEW, IN_WORK, QUALIFIED, CONVERTED, REJECTED = "new", "in_work", "qualified", "converted", "rejected"
STATUSES = (NEW, IN_WORK, QUALIFIED, CONVERTED, REJECTED)
OPEN_STATUSES = (NEW, IN_WORK, QUALIFIED)


class Lead(Record, Base):
    """An inbound request; after its conversion it points at the company, contact and deal that came of it.

    `campaign` is the one that first brought it, `last_campaign` the one that brought it last.
    """

    __tablename__ = "leads"
    __record__ = "lead"
    __table_args__ = (
        CheckConstraint("status IN ('new', 'in_work', 'qualified', 'converted', 'rejected')", name="status"),
    )
    __derived__ = {"status": ("choice", ("status",)), "open": ("bool", ("status",))}

    name: Mapped[str] = mapped_column(String(200))
    company_name: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    email: Mapped[str | None] = mapped_column(String(200), index=True)
    source: Mapped[str | None] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(12), default=NEW, index=True)
    budget: Mapped[Decimal | None] = mapped_column(Money)
    need: Mapped[str | None] = mapped_column(Text)
    reject_reason: Mapped[str | None] = mapped_column(String(60))
    reject_note: Mapped[str | None] = mapped_column(Text)
    first_response_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    company_id: Mapped[int | None] = ref("companies.id")
    company: Mapped[Company | None] = relationship(Company)
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Contact | None] = relationship(Contact)
    campaign_id: Mapped[int | None] = ref("campaigns.id")
    campaign: Mapped[Any] = relationship("Campaign", foreign_keys=[campaign_id])
    last_campaign_id: Mapped[int | None] = ref("campaigns.id")
    last_campaign: Mapped[Any] = relationship("Campaign", foreign_keys=[last_campaign_id])
    is_test: Mapped[bool | None]
    deal: Mapped[Deal | None] = relationship("Deal", back_populates="lead", uselist=False)
    handovers: Mapped[list[Any]] = relationship("Handover", viewonly=True, order_by="desc(Handover.id)")

    @property
    def title(self) -> str:
        """Who asked, and for which firm."""
        return f"{self.name} ({self.company_name})" if self.company_name else self.name

    @property
    def is_open(self) -> bool:
        """Whether the lead is still being worked on."""
        return self.status in OPEN_STATUSES

    @property
    def open(self) -> bool:
        """The same, by the word of scenarios."""
        return self.is_open

    def waits_for_response(self) -> bool:
        """Whether nobody has answered yet: a new status is no answer, a call or a letter is."""
        return self.is_open and self.first_response_at is None

    def found_by(self) -> tuple[str | None, ...]:
        """Person, firm, phone and e-mail."""
        return (self.name, self.company_name, self.phone, self.email)
