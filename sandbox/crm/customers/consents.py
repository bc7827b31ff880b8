"""Consents as evidence: who agreed to what, by which wording, when, how it is known, and when it ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask_babel import pgettext
from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.crm.customers.addresses import Address
from sandbox.crm.record import Stamped
from sandbox.extensions import Base
from sandbox.spaces import current_space, ref

if TYPE_CHECKING:
    from sandbox.crm.customers.models import Contact
    from sandbox.spaces.company_parts import ConsentText

PERSONAL_DATA, ADVERTISING = "personal_data", "advertising"
PURPOSES = (PERSONAL_DATA, ADVERTISING)


class Consent(Stamped, Base):
    """A person's consent for one purpose; with an address it covers that address alone."""

    __tablename__ = "consents"
    __record__ = "consent"
    __table_args__ = (CheckConstraint("purpose IN ('personal_data', 'advertising')", name="purpose"),)
    __derived__ = {"purpose": ("choice", ("purpose",)), "active": ("bool", ("withdrawn_on",))}

    contact_id: Mapped[int] = ref("contacts.id", nullable=False)
    contact: Mapped[Contact] = relationship("Contact", back_populates="consents")
    address_id: Mapped[int | None] = ref("addresses.id")
    address: Mapped[Address | None] = relationship(Address)
    purpose: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(60))
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    withdrawn_how: Mapped[str | None] = mapped_column(String(200))

    @property
    def title(self) -> str:
        """What was agreed to."""
        return purpose_word(self.purpose)

    @property
    def on(self) -> Contact:
        """The person who agreed."""
        return self.contact

    @property
    def active(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.withdrawn_on is None

    def covers(self, address: Address) -> bool:
        """Whether it is good for an address of its person."""
        return self.active and self.address_id in (None, address.id)


def purpose_word(purpose: str) -> str:
    """What people call a purpose."""
    if purpose == PERSONAL_DATA:
        return pgettext("consent", "Personal data")
    return pgettext("consent", "Advertising")


def may_advertise_to(address: Address) -> bool:
    """Whether there is provable consent to advertise at an address, and nothing speaks against it."""
    contact = address.contact
    if contact is None or not address.is_usable:
        return False
    return any(one.purpose == ADVERTISING and one.covers(address) for one in contact.consents)


def text_on(purpose: str, day: date) -> ConsentText | None:
    """The wording that was in force for a purpose on a day."""
    texts = [one for one in current_space().company.consent_texts if one.purpose == purpose]
    valid = [one for one in texts if one.valid_from <= day]
    return max(valid, key=lambda one: one.valid_from) if valid else None
