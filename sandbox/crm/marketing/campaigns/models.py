"""A campaign and what was spent on it; its cost is added up from the lines, never typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode, urlsplit, urlunsplit

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Money
from sandbox.crm.record import Record
from sandbox.extensions import Base
from sandbox.spaces import InSpace, current_space, ref

PLANNED, RUNNING, FINISHED, CANCELLED = "planned", "running", "finished", "cancelled"
STATUSES = (PLANNED, RUNNING, FINISHED, CANCELLED)
TAG_LENGTH = 60


class Campaign(Record, Base):
    """What the firm does for a time to be asked; leads and deals belong to it by its source tag."""

    __tablename__ = "campaigns"
    __record__ = "campaign"
    __table_args__ = (
        CheckConstraint(f"status IN ({', '.join(repr(one) for one in STATUSES)})", name="status"),
    )
    __derived__ = {"over_budget": ("bool", ("budget",)), "open": ("bool", ("status",))}

    name: Mapped[str] = mapped_column(String(200))
    tag: Mapped[str] = mapped_column(String(TAG_LENGTH), index=True)
    type: Mapped[str] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(12), default=PLANNED, index=True)
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    budget: Mapped[Decimal | None] = mapped_column(Money)
    expected_cost: Mapped[Decimal | None] = mapped_column(Money)
    expected_revenue: Mapped[Decimal | None] = mapped_column(Money)
    cost: Mapped[Decimal] = mapped_column(Money)
    landing: Mapped[str | None] = mapped_column(String(200))
    goal: Mapped[str | None] = mapped_column(Text)
    costs: Mapped[list[CampaignCost]] = relationship(
        "CampaignCost",
        back_populates="campaign",
        order_by="(CampaignCost.day, CampaignCost.id)",
        cascade="all, delete-orphan",
    )

    @property
    def title(self) -> str:
        """Its name."""
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it is still ahead or running."""
        return self.status in (PLANNED, RUNNING)

    @property
    def open(self) -> bool:
        """The same, by the word of scenarios."""
        return self.is_open

    @property
    def over_budget(self) -> bool:
        """Whether more was spent than was allowed."""
        return self.budget is not None and self.cost > self.budget

    def is_overdue(self, today: date) -> bool:
        """Whether it still runs although its last day has passed."""
        return self.status == RUNNING and self.ends_on is not None and self.ends_on < today

    def add_up(self) -> None:
        """Take the cost from its lines."""
        self.cost = sum((line.amount for line in self.costs), start=Decimal(0))

    def link(self, landing: str | None = None, medium: str | None = None) -> str:
        """The address to be spread: whoever comes by it carries the campaign's tag."""
        parts = urlsplit(landing or self.landing or f"https://{current_space().company.domain}/")
        tagged = urlencode(
            {"utm_source": self.type, "utm_medium": medium or self.type, "utm_campaign": self.tag}
        )
        asked = f"{parts.query}&{tagged}" if parts.query else tagged
        return urlunsplit((parts.scheme, parts.netloc, parts.path, asked, parts.fragment))

    def found_by(self) -> tuple[str | None, ...]:
        """Its name and its tag."""
        return (self.name, self.tag)


class CampaignCost(InSpace, Base):
    """Money spent on a campaign on a day, and for what."""

    __tablename__ = "campaign_costs"
    __record__ = "campaign_cost"

    campaign_id: Mapped[int] = ref("campaigns.id", nullable=False)
    campaign: Mapped[Campaign] = relationship(Campaign, back_populates="costs")
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Decimal] = mapped_column(Money)

    @property
    def title(self) -> str:
        """What the money was spent on."""
        return self.what

    @property
    def on(self) -> Campaign:
        """The campaign that it stands in."""
        return self.campaign
