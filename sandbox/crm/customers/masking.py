"""Masking: a person's data goes, what the firm must keep stays; an address is known again by its digest."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from flask_babel import gettext as _

from sandbox.crm.customers.consents import ADVERTISING, Consent
from sandbox.crm.customers.models import Contact
from sandbox.crm.record import stamp_change
from sandbox.kernel.errors import Refused
from sandbox.ledger import tell
from sandbox.spaces import Colleague, current_space

PREFIX = "sha256:"
NAME = {"en": "Masked person", "ru": "Данные скрыты"}


def digest_of(value: str) -> str:
    """What is kept of an address, so that the next import knows it again and nobody can read it."""
    return PREFIX + sha256(value.encode()).hexdigest()


def mask(contact: Contact, by: Colleague, at: datetime) -> None:
    """Take a person's data off the card; the card, its company, deals and papers stay."""
    contact.first_name = NAME[current_space().company.language]
    contact.last_name = contact.middle_name = contact.position = None
    contact.phone = contact.email = contact.custom = None
    contact.masked_at = at
    for address in contact.addresses:
        if not address.is_masked:
            address.value = digest_of(address.value)
        address.is_primary = False
        address.opted_out_at = address.opted_out_at or at
        address.invalid_reason = address.opted_out_how = None
        stamp_change(address, by, at)
    stamp_change(contact, by, at)
    tell(masked=True)


def end(consent: Consent, day: date, how: str, by: Colleague, at: datetime) -> None:
    """Withdraw one consent; without the one to advertising its addresses want no more of it."""
    consent.withdrawn_on, consent.withdrawn_how = day, how
    stamp_change(consent, by, at)
    if consent.purpose == ADVERTISING:
        opt_out(consent.contact, consent, how, by, at)


def opt_out(contact: Contact, consent: Consent | None, how: str, by: Colleague, at: datetime) -> None:
    """Nothing of advertising any more at the addresses that a consent covers; at all without one."""
    for address in contact.addresses:
        if consent is not None and consent.address_id not in (None, address.id):
            continue
        if not address.opted_out:
            address.opted_out_at, address.opted_out_how = at, how
            stamp_change(address, by, at)


def insist_on_readable(contact: Contact) -> None:
    """Refuse with `masked` where a person's data was taken off the card."""
    if contact.masked_at is not None:
        raise Refused(
            "masked", _("This person withdrew their consent: nothing may be written down about them again.")
        )
