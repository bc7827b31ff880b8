"""A deal: what somebody may buy, for how much, by when, and how far it has come."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Money, UtcDateTime
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import Record
from sandbox.crm.sales.leads import Lead
from sandbox.crm.sales.pipelines import Pipeline, Stage, StageSpan
from sandbox.extensions import Base
from sandbox.spaces import ref

if TYPE_CHECKING:
    from sandbox.crm.communications.models import Activity


class Deal(Record, Base):
    """A possible sale; its status is the type of the stage that it stands in."""

    __tablename__ = "deals"
    __record__ = "deal"
    __derived__ = {"status": ("choice", ("stage",)), "open": ("bool", ("stage",))}

    title: Mapped[str] = mapped_column(String(200))
    company_id: Mapped[int | None] = ref("companies.id")
    company: Mapped[Company | None] = relationship(Company)
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Contact | None] = relationship(Contact)
    campaign_id: Mapped[int | None] = ref("campaigns.id")
    campaign: Mapped[Any] = relationship("Campaign", foreign_keys=[campaign_id])
    last_campaign_id: Mapped[int | None] = ref("campaigns.id")
    last_campaign: Mapped[Any] = relationship("Campaign", foreign_keys=[last_campaign_id])
    lead_id: Mapped[int | None] = ref("leads.id")
    lead: Mapped[Lead | None] = relationship(Lead, back_populates="deal")
    stage_id: Mapped[int] = ref("stages.id", nullable=False)
    stage: Mapped[Stage] = relationship(Stage)
    stage_since: Mapped[datetime] = mapped_column(UtcDateTime)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    close_date: Mapped[date | None] = mapped_column(index=True)
    next_step: Mapped[str | None] = mapped_column(String(200))
    lost_reason: Mapped[str | None] = mapped_column(String(60))
    lost_note: Mapped[str | None] = mapped_column(Text)
    paid_amount: Mapped[Decimal | None] = mapped_column(Money)
    paid_on: Mapped[date | None]
    won_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lost_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    offers: Mapped[list[Any]] = relationship(
        "Offer", viewonly=True, order_by="(desc(Offer.series), desc(Offer.edition))"
    )
    spans: Mapped[list[StageSpan]] = relationship(StageSpan, order_by=StageSpan.entered_at)

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline that the deal goes through."""
        return self.stage.pipeline

    @property
    def status(self) -> str:
        """open, won or lost."""
        return self.stage.type

    @property
    def is_open(self) -> bool:
        """Whether it is still being worked on."""
        return self.stage.is_open

    @property
    def open(self) -> bool:
        """The same, by the word of scenarios."""
        return self.is_open

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been closed before `today`."""
        return self.is_open and self.close_date is not None and self.close_date < today

    def is_stale(self, now: datetime, days: int) -> bool:
        """Whether it has stood in its stage for longer than `days`."""
        return self.is_open and (now - self.stage_since).days > days

    def has_next(self, activities: list[Activity], now: datetime) -> bool:
        """Whether one of these activities is still ahead; an open deal should always have one."""
        return any(
            activity.is_open and activity.due_at is not None and activity.due_at >= now
            for activity in activities
        )

    def found_by(self) -> tuple[str | None, ...]:
        """Its title, and the firm it is with."""
        return (self.title, self.company.name if self.company else None)
