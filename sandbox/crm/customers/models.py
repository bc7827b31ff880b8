"""Companies and the people in them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.crm.record import Record
from sandbox.extensions import Base
from sandbox.spaces import ref

LEGAL, SOLE_TRADER = "legal", "sole_trader"


class Company(Record, Base):
    """A firm or a sole trader: a customer, or one who may become it."""

    __tablename__ = "companies"
    __record__ = "company"
    __table_args__ = (CheckConstraint("kind IN ('legal', 'sole_trader')", name="kind"),)
    __derived__ = {"kind": ("choice", ("kind",))}

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
    industry: Mapped[str | None] = mapped_column(String(60))
    region: Mapped[str | None] = mapped_column(String(60))
    source: Mapped[str | None] = mapped_column(String(60))

    @property
    def title(self) -> str:
        """The firm's name."""
        return self.name

    @property
    def is_sole_trader(self) -> bool:
        """Whether this is a person who trades under their own name."""
        return self.kind == SOLE_TRADER

    def found_by(self) -> tuple[str | None, ...]:
        """Name, numbers, phone and addresses."""
        return (self.name, self.inn, self.ogrn, self.phone, self.email, self.website)


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

    @property
    def title(self) -> str:
        """First, middle and last name."""
        return " ".join(part for part in (self.first_name, self.middle_name, self.last_name) if part)

    def found_by(self) -> tuple[str | None, ...]:
        """The name in both orders, phone and e-mail."""
        return (self.title, f"{self.last_name or ''} {self.first_name}", self.phone, self.email)

    def sorted_by(self) -> str:
        """The last name leads."""
        return f"{self.last_name or ''} {self.first_name}".strip()
