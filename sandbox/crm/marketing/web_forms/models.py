"""A form of the firm's website, the rules by which what it brings finds an owner, and what was sent by it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Json, UtcDateTime
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.marketing.campaigns.models import Campaign
from sandbox.crm.record import Record, Stamped
from sandbox.extensions import Base
from sandbox.spaces import Colleague, InSpace, ref

DRAFT, PUBLISHED, CLOSED = "draft", "published", "closed"
STATUSES = (DRAFT, PUBLISHED, CLOSED)
ASKED, NEEDED = "asked", "needed"
FIELDS = ("company_name", "inn", "phone", "email", "region", "product", "need")
"""What a form may ask for besides the name, in the order in which it stands there."""
FIXED, ROUND_ROBIN, BY_REGION, BY_PRODUCT = "fixed", "round_robin", "region", "product"
ROUTINGS = (FIXED, ROUND_ROBIN, BY_REGION, BY_PRODUCT)


class WebForm(Record, Base):
    """A form with a box for each consent; `*_ticked` and `*_forced` are mistakes that publishing refuses."""

    __tablename__ = "web_forms"
    __record__ = "web_form"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'published', 'closed')", name="status"),
        CheckConstraint("routing IN ('fixed', 'round_robin', 'region', 'product')", name="routing"),
    )
    __derived__ = {"published": ("bool", ("status",))}

    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(60), index=True)
    intro: Mapped[str | None] = mapped_column(Text)
    thanks: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12), index=True)
    asks: Mapped[dict[str, Any]] = mapped_column(Json)
    personal_text: Mapped[str | None] = mapped_column(String(60))
    personal_ticked: Mapped[bool]
    advertising_text: Mapped[str | None] = mapped_column(String(60))
    advertising_ticked: Mapped[bool]
    advertising_forced: Mapped[bool]
    routing: Mapped[str] = mapped_column(String(12))
    routed_to_id: Mapped[int | None] = ref("colleagues.id")
    routed_to: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[routed_to_id])
    last_routed_id: Mapped[int | None] = ref("colleagues.id")
    last_routed: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[last_routed_id])
    campaign_id: Mapped[int | None] = ref("campaigns.id")
    campaign: Mapped[Campaign | None] = relationship(Campaign)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rules: Mapped[list[RoutingRule]] = relationship(
        "RoutingRule", back_populates="web_form", order_by="RoutingRule.id", cascade="all, delete-orphan"
    )

    @property
    def title(self) -> str:
        """What stands above it."""
        return self.name

    @property
    def published(self) -> bool:
        """Whether visitors can fill it in."""
        return self.status == PUBLISHED

    def asked(self) -> list[str]:
        """The fields that it asks for, besides the name, in their order."""
        return [name for name in FIELDS if (self.asks or {}).get(name) in (ASKED, NEEDED)]

    def needs(self, name: str) -> bool:
        """Whether a visitor has to fill a field in."""
        return (self.asks or {}).get(name) == NEEDED

    def found_by(self) -> tuple[str | None, ...]:
        """Its title and its address."""
        return (self.name, self.address)


class RoutingRule(InSpace, Base):
    """Who gets the leads of a region, or those that ask for a product."""

    __tablename__ = "routing_rules"
    __record__ = "routing_rule"

    web_form_id: Mapped[int] = ref("web_forms.id", nullable=False)
    web_form: Mapped[WebForm] = relationship(WebForm, back_populates="rules")
    code: Mapped[str] = mapped_column(String(60))
    colleague_id: Mapped[int] = ref("colleagues.id", nullable=False)
    colleague: Mapped[Colleague] = relationship(Colleague)

    @property
    def title(self) -> str:
        """Whose it is."""
        return f"{self.code}: {self.colleague.name}"

    @property
    def on(self) -> WebForm:
        """The form that it belongs to."""
        return self.web_form


class Submission(Stamped, Base):
    """What a visitor sent, as it was sent: kept as evidence and never changed.

    `consents` are the purposes that were ticked, each with the code of the wording that stood beside the box.
    """

    __tablename__ = "submissions"
    __record__ = "submission"

    web_form_id: Mapped[int] = ref("web_forms.id", nullable=False)
    web_form: Mapped[WebForm] = relationship(WebForm)
    lead_id: Mapped[int | None] = ref("leads.id")
    lead: Mapped[Any] = relationship("Lead")
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Contact | None] = relationship(Contact)
    company_id: Mapped[int | None] = ref("companies.id")
    company: Mapped[Company | None] = relationship(Company)
    campaign_id: Mapped[int | None] = ref("campaigns.id")
    campaign: Mapped[Campaign | None] = relationship(Campaign)
    routed_to_id: Mapped[int | None] = ref("colleagues.id")
    routed_to: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[routed_to_id])
    sent: Mapped[dict[str, Any]] = mapped_column(Json)
    consents: Mapped[dict[str, Any] | None] = mapped_column(Json)
    tag: Mapped[str | None] = mapped_column(String(60))
    is_repeat: Mapped[bool]

    @property
    def title(self) -> str:
        """Who sent which form."""
        return f"{self.sent.get('name', '—')}, {self.web_form.name}"

    @property
    def on(self) -> Any:
        """The lead that it became, or belongs to."""
        return self.lead or self.web_form
