"""Companies and the people in them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Json, UtcDateTime
from sandbox.crm.record import Record
from sandbox.extensions import Base
from sandbox.kernel.fold import bare_name
from sandbox.spaces import ref

if TYPE_CHECKING:
    from sandbox.crm.customers.addresses import Address
    from sandbox.crm.customers.consents import Consent
    from sandbox.crm.customers.tags import Tag

LEGAL, SOLE_TRADER = "legal", "sole_trader"


class Company(Record, Base):
    """A firm or a sole trader: a customer, or one who may become it."""

    __tablename__ = "companies"
    __record__ = "company"
    __table_args__ = (CheckConstraint("kind IN ('legal', 'sole_trader')", name="kind"),)
    __derived__ = {"kind": ("choice", ("kind",)), "bare_name": ("text", ("name",))}

    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(12), default=LEGAL)
    type: Mapped[str | None] = mapped_column(String(60))
    inn: Mapped[str | None] = mapped_column(String(12), index=True)
    kpp: Mapped[str | None] = mapped_column(String(9))
    ogrn: Mapped[str | None] = mapped_column(String(15))
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    email: Mapped[str | None] = mapped_column(String(200), index=True)
    website: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(Text)
    postal_address: Mapped[str | None] = mapped_column(Text)
    bank_name: Mapped[str | None] = mapped_column(String(200))
    bic: Mapped[str | None] = mapped_column(String(20))
    account: Mapped[str | None] = mapped_column(String(40))
    correspondent_account: Mapped[str | None] = mapped_column(String(40))
    industry: Mapped[str | None] = mapped_column(String(60))
    region: Mapped[str | None] = mapped_column(String(60))
    source: Mapped[str | None] = mapped_column(String(60))
    merged_into_id: Mapped[int | None] = ref("companies.id")
    merged_into: Mapped[Company | None] = relationship("Company", remote_side="Company.id")
    apart: Mapped[list[int] | None] = mapped_column(Json)
    addresses: Mapped[list[Address]] = relationship(
        "Address", back_populates="company", order_by="Address.id"
    )
    tags: Mapped[list[Tag]] = relationship("Tag", back_populates="company", order_by="Tag.id")

    @property
    def title(self) -> str:
        """The firm's name."""
        return self.name

    @property
    def bare_name(self) -> str:
        """The name without legal form, quotation marks and case, by which a second card of it is known."""
        return bare_name(self.name)

    @property
    def is_sole_trader(self) -> bool:
        """Whether this is a person who trades under their own name."""
        return self.kind == SOLE_TRADER

    def found_by(self) -> tuple[str | None, ...]:
        """Name, numbers, phones and e-mails."""
        reached = (one.value for one in self.addresses)
        return (self.name, self.inn, self.ogrn, self.phone, self.email, *reached, self.website)


class Contact(Record, Base):
    """A person whom the company's people speak with."""

    __tablename__ = "contacts"
    __record__ = "contact"

    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str | None] = mapped_column(String(80))
    middle_name: Mapped[str | None] = mapped_column(String(80))
    position: Mapped[str | None] = mapped_column(String(120))
    role: Mapped[str | None] = mapped_column(String(60))
    company_id: Mapped[int | None] = ref("companies.id")
    company: Mapped[Company | None] = relationship(Company)
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    email: Mapped[str | None] = mapped_column(String(200), index=True)
    merged_into_id: Mapped[int | None] = ref("contacts.id")
    merged_into: Mapped[Contact | None] = relationship("Contact", remote_side="Contact.id")
    apart: Mapped[list[int] | None] = mapped_column(Json)
    addresses: Mapped[list[Address]] = relationship(
        "Address", back_populates="contact", order_by="Address.id"
    )
    tags: Mapped[list[Tag]] = relationship("Tag", back_populates="contact", order_by="Tag.id")
    consents: Mapped[list[Consent]] = relationship("Consent", back_populates="contact", order_by="Consent.id")
    masked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def title(self) -> str:
        """First, middle and last name."""
        return " ".join(part for part in (self.first_name, self.middle_name, self.last_name) if part)

    def found_by(self) -> tuple[str | None, ...]:
        """The name in both orders, phones and e-mails."""
        other_order = f"{self.last_name or ''} {self.first_name}"
        reached = (one.value for one in self.addresses if not one.is_masked)
        return (self.title, other_order, self.phone, self.email, *reached)

    def sorted_by(self) -> str:
        """The last name leads."""
        return f"{self.last_name or ''} {self.first_name}".strip()
