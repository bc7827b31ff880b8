"""Products, and the price lists in which each has its price for a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Money
from sandbox.crm.record import Record
from sandbox.extensions import Base
from sandbox.spaces import InSpace, ref


class Product(Record, Base):
    """Something the firm sells; what it costs stands in the price lists."""

    __tablename__ = "products"
    __record__ = "product"

    code: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(60))

    @property
    def title(self) -> str:
        """How offers name it."""
        return self.name

    def found_by(self) -> tuple[str | None, ...]:
        """Its name and its code."""
        return (self.name, self.code)


class PriceList(Record, Base):
    """Prices that hold from a day until another; `vat_included` says whether the tax is inside of them."""

    __tablename__ = "price_lists"
    __record__ = "price_list"

    code: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(200))
    currency: Mapped[str] = mapped_column(String(3))
    vat_included: Mapped[bool]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    prices: Mapped[list[Price]] = relationship("Price", back_populates="price_list", order_by="Price.id")

    @property
    def title(self) -> str:
        """Its name."""
        return self.name

    def is_valid(self, day: date) -> bool:
        """Whether its prices hold on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def is_over(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.valid_until is not None and self.valid_until < day

    def price_of(self, product: Product) -> Decimal | None:
        """What one piece costs by this list; None where the list does not have it."""
        return next((price.amount for price in self.prices if price.product_id == product.id), None)


class Price(InSpace, Base):
    """What one piece of a product costs by a price list."""

    __tablename__ = "prices"
    __table_args__ = (UniqueConstraint("price_list_id", "product_id"),)

    price_list_id: Mapped[int] = ref("price_lists.id", nullable=False)
    price_list: Mapped[PriceList] = relationship(PriceList, back_populates="prices")
    product_id: Mapped[int] = ref("products.id", nullable=False)
    product: Mapped[Product] = relationship(Product)
    amount: Mapped[Decimal] = mapped_column(Money)
