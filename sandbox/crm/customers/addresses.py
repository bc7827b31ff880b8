"""The e-mails and phones of a card, a row each: a bounce or an opt-out is one address's, not the card's."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import UtcDateTime
from sandbox.crm.customers.cleaning import clean_email, clean_phone
from sandbox.crm.record import Record, Stamped, stamp_change, stamp_new
from sandbox.extensions import Base, db
from sandbox.spaces import Colleague, every, first, ref

if TYPE_CHECKING:
    from sandbox.crm.customers.models import Company, Contact

PHONE, EMAIL = "phone", "email"
KINDS = (PHONE, EMAIL)
TYPES = ("work", "mobile", "personal", "accounts", "other")
CLEAN = {PHONE: clean_phone, EMAIL: clean_email}


class Address(Stamped, Base):
    """One e-mail or phone of a company or a contact.

    Exactly one of a kind is primary: the card shows it as its `phone` and `email`. What was reported as
    *invalid*, and whoever *opted out*, did so for this address and nothing else.
    """

    __tablename__ = "addresses"
    __record__ = "address"
    __table_args__ = (
        CheckConstraint("kind IN ('phone', 'email')", name="kind"),
        CheckConstraint("(company_id IS NULL) <> (contact_id IS NULL)", name="of_one"),
    )
    __derived__ = {
        "kind": ("choice", ("kind",)),
        "type": ("choice", ("type",)),
        "primary": ("bool", ("is_primary",)),
        "invalid": ("bool", ("invalid_at",)),
        "opted_out": ("bool", ("opted_out_at",)),
        "on": ("reference", ("company", "contact")),
    }

    kind: Mapped[str] = mapped_column(String(8))
    type: Mapped[str] = mapped_column(String(12))
    value: Mapped[str] = mapped_column(String(200), index=True)
    is_primary: Mapped[bool]
    invalid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    invalid_reason: Mapped[str | None] = mapped_column(String(200))
    opted_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opted_out_how: Mapped[str | None] = mapped_column(String(200))
    company_id: Mapped[int | None] = ref("companies.id")
    company: Mapped[Company | None] = relationship("Company", back_populates="addresses")
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Contact | None] = relationship("Contact", back_populates="addresses")

    @property
    def title(self) -> str:
        """The number in E.164, or the e-mail."""
        return "•••" if self.is_masked else self.value

    @property
    def on(self) -> Company | Contact:
        """The card that it stands on."""
        card = self.company or self.contact
        assert card is not None  # noqa: S101  (held by the table)
        return card

    @property
    def primary(self) -> bool:
        """Whether the card shows it as its phone or e-mail."""
        return self.is_primary

    @property
    def invalid(self) -> bool:
        """Whether nothing reaches it."""
        return self.invalid_at is not None

    @property
    def opted_out(self) -> bool:
        """Whether its owner wants no advertising there."""
        return self.opted_out_at is not None

    @property
    def is_masked(self) -> bool:
        """Whether only its digest is left."""
        return self.value.startswith("sha256:")

    @property
    def is_usable(self) -> bool:
        """Whether advertising may be sent to it, as far as the address itself says."""
        return not self.invalid and not self.opted_out


def of_kind(card: Company | Contact, kind: str) -> list[Address]:
    """A card's addresses of a kind, the primary one first."""
    mine = [one for one in card.addresses if one.kind == kind]
    return sorted(mine, key=lambda one: not one.is_primary)


def primary_of(card: Company | Contact, kind: str) -> Address | None:
    """The one that the card shows."""
    return next((one for one in card.addresses if one.kind == kind and one.is_primary), None)


def make_address(
    card: Company | Contact,
    kind: str,
    value: str,
    *,
    type: str | None = None,
    primary: bool = False,
    by: Colleague | None,
    at: datetime,
) -> Address:
    """Add an address to a card; the first of its kind is primary anyway.

    Whoever opted out by this address on another card has opted out on this one: an import that makes the same
    person twice does not bring them back.
    """
    usual = "mobile" if kind == PHONE and card.__record__ == "contact" else "work"
    made = Address(kind=kind, type=type or usual, value=value, is_primary=False)
    setattr(made, str(card.__record__), card)
    known = _opted_out(kind, value)
    if known is not None:
        made.opted_out_at, made.opted_out_how = known.opted_out_at, known.opted_out_how
    stamp_new(made, by, at)
    db.session.add(made)
    if primary or primary_of(card, kind) is None:
        choose_primary(made, by, at)
    return made


def _opted_out(kind: str, value: str) -> Address | None:
    query = every(Address).where(
        Address.kind == kind, Address.value == value, Address.opted_out_at.is_not(None)
    )
    with db.session.no_autoflush:  # the card that it is for may not be whole yet
        return first(query.order_by(Address.id))


def choose_primary(address: Address, by: Colleague | None, at: datetime) -> None:
    """Make an address the one that its card shows, in the place of another."""
    for other in of_kind(address.on, address.kind):
        if other.is_primary != (other is address):
            other.is_primary = other is address
            stamp_change(other, by, at)
    address.is_primary = True
    project(address.on, by, at)


def drop(address: Address, by: Colleague | None, at: datetime) -> None:
    """Take an address off its card; the next of its kind becomes primary."""
    card, kind, was_primary = address.on, address.kind, address.is_primary
    db.session.delete(address)
    db.session.flush()
    db.session.refresh(card, ["addresses"])
    left = of_kind(card, kind)
    if was_primary and left:
        choose_primary(left[0], by, at)
    project(card, by, at)


def project(card: Company | Contact, by: Colleague | None, at: datetime) -> None:
    """Show the primary addresses as the card's phone and e-mail, and let it be found by all of them."""
    for kind in KINDS:
        one = primary_of(card, kind)
        setattr(card, kind, one.value if one else None)
    _stamp(card, by, at)


def follow_card(card: Company | Contact, by: Colleague | None, at: datetime) -> None:
    """Let the addresses say what was typed into the card's own phone and e-mail.

    A correction changes the primary address; where that one was invalid or opted out, it stays as it is
    beside the new one: nobody's word is lost by an edit.
    """
    said = {kind: getattr(card, kind) for kind in KINDS}
    for kind, typed in said.items():
        primary = primary_of(card, kind)
        if (primary.value if primary else None) == typed:
            continue
        known = next((one for one in of_kind(card, kind) if one.value == typed), None)
        if known is not None:
            choose_primary(known, by, at)
        elif not typed:
            _clear(primary, by, at)
        elif primary is not None and primary.is_usable:
            primary.value = typed
            stamp_change(primary, by, at)
        else:
            make_address(card, kind, typed, primary=True, by=by, at=at)
    project(card, by, at)


def _clear(primary: Address | None, by: Colleague | None, at: datetime) -> None:
    if primary is None or primary.opted_out:
        return
    consents = primary.contact.consents if primary.contact is not None else []
    if any(one.address is primary for one in consents):
        return  # the evidence of a consent stands on it
    drop(primary, by, at)


def _stamp(card: Record, by: Colleague | None, at: datetime) -> None:
    if card.id is not None:
        stamp_change(card, by, at)
    else:
        card.make_keys()
