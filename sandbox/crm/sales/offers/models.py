"""An offer and its lines; sums are computed from the lines, never typed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Money, Percent, UtcDateTime
from sandbox.crm.record import Record
from sandbox.crm.sales.catalogue.models import PriceList, Product
from sandbox.crm.sales.deals import Deal
from sandbox.extensions import Base
from sandbox.kernel.vat import HUNDRED, NOTHING, Sum, left_after, line_sum
from sandbox.spaces import Colleague, InSpace, current_space, ref

DRAFT, WAITING, APPROVED = "draft", "waiting", "approved"
SENT, ACCEPTED, DECLINED, SUPERSEDED = "sent", "accepted", "declined", "superseded"
STATUSES = (DRAFT, WAITING, APPROVED, SENT, ACCEPTED, DECLINED, SUPERSEDED)
EXPIRED = "expired"
"""A sent offer whose last day has passed: read off the calendar, never stored."""


class Offer(Record, Base):
    """One version of what is offered on a deal; the next one supersedes it and takes its number along."""

    __tablename__ = "offers"
    __record__ = "offer"
    __table_args__ = (
        CheckConstraint(f"status IN ({', '.join(repr(one) for one in STATUSES)})", name="status"),
    )
    __derived__ = {
        "widest_discount": ("percent", ("discount",)),
        "expired": ("bool", ("status", "valid_until")),
    }

    number: Mapped[str] = mapped_column(String(40))
    series: Mapped[int] = mapped_column(Integer, index=True)
    edition: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(12), index=True)
    deal_id: Mapped[int] = ref("deals.id", nullable=False)
    deal: Mapped[Deal] = relationship(Deal)
    former_id: Mapped[int | None] = ref("offers.id")
    former: Mapped[Offer | None] = relationship("Offer", remote_side="Offer.id")
    price_list_id: Mapped[int] = ref("price_lists.id", nullable=False)
    price_list: Mapped[PriceList] = relationship(PriceList)
    currency: Mapped[str] = mapped_column(String(3))
    vat_included: Mapped[bool]
    vat_rate: Mapped[Decimal] = mapped_column(Percent)
    discount: Mapped[Decimal] = mapped_column(Percent)
    valid_until: Mapped[date] = mapped_column(index=True)
    note: Mapped[str | None] = mapped_column(Text)
    net: Mapped[Decimal] = mapped_column(Money)
    vat: Mapped[Decimal] = mapped_column(Money)
    total: Mapped[Decimal] = mapped_column(Money)
    asked_by_id: Mapped[int | None] = ref("colleagues.id")
    asked_by: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[asked_by_id])
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = ref("colleagues.id")
    approved_by: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[approved_by_id])
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    remark: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decline_note: Mapped[str | None] = mapped_column(Text)
    lines: Mapped[list[OfferLine]] = relationship(
        "OfferLine", back_populates="offer", order_by="OfferLine.position", cascade="all, delete-orphan"
    )

    @property
    def title(self) -> str:
        """Its number, with the version from the second on."""
        return self.number if self.edition == 1 else f"{self.number}/{self.edition}"

    @property
    def is_being_written(self) -> bool:
        """Whether its lines may still change."""
        return self.status in (DRAFT, APPROVED)

    def is_expired(self, today: date) -> bool:
        """Whether the customer did not answer in time."""
        return self.status == SENT and self.valid_until < today

    @property
    def expired(self) -> bool:
        """The same, by the word of scenarios."""
        return self.is_expired(current_space().today())

    def state(self, today: date) -> str:
        """Its status, or expired."""
        return EXPIRED if self.is_expired(today) else self.status

    @property
    def widest_discount(self) -> Decimal:
        """The largest share, in per cent, that is off the list price of any line, both discounts together."""
        off = [HUNDRED * (1 - left_after((line.discount, self.discount))) for line in self.lines]
        return max(off, default=self.discount)

    @property
    def sum(self) -> Sum:
        """Net, tax and total, as stored."""
        return Sum(self.net, self.vat, self.total)

    @property
    def before_discount(self) -> Decimal:
        """What the lines would cost at list prices."""
        return sum((line.price * line.quantity for line in self.lines), start=Decimal(0))

    def recount(self) -> None:
        """Compute the sums of the lines, and of the offer, anew."""
        whole = NOTHING
        for line in self.lines:
            off = (line.discount, self.discount)
            one = line_sum(line.price, line.quantity, off, self.vat_rate, included=self.vat_included)
            line.net, line.vat, line.total = one.net, one.vat, one.total
            whole += one
        self.net, self.vat, self.total = whole.net, whole.vat, whole.total

    def found_by(self) -> tuple[str | None, ...]:
        """Its number, its deal, and the firm."""
        return (self.title, self.deal.title, self.deal.company.name if self.deal.company else None)


class OfferLine(InSpace, Base):
    """So many pieces of a product; name, unit and price are what they were when it was written."""

    __tablename__ = "offer_lines"
    __record__ = "offer_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    offer_id: Mapped[int] = ref("offers.id", nullable=False)
    offer: Mapped[Offer] = relationship(Offer, back_populates="lines")
    product_id: Mapped[int] = ref("products.id", nullable=False)
    product: Mapped[Product] = relationship(Product)
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(60))
    quantity: Mapped[int] = mapped_column(Integer)
    price: Mapped[Decimal] = mapped_column(Money)
    discount: Mapped[Decimal] = mapped_column(Percent)
    net: Mapped[Decimal] = mapped_column(Money)
    vat: Mapped[Decimal] = mapped_column(Money)
    total: Mapped[Decimal] = mapped_column(Money)

    @property
    def title(self) -> str:
        """What is offered."""
        return self.name

    @property
    def on(self) -> Offer:
        """The offer that it stands in."""
        return self.offer

    @property
    def amount(self) -> Decimal:
        """Its sum as the price list counts: with the tax where prices include it, else without."""
        return self.total if self.offer.vat_included else self.net
