"""Masking: a person's data goes, what the firm must keep stays; an address is known again by its digest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, select

from sandbox.crm.customers.addresses import Address
from sandbox.crm.customers.consents import ADVERTISING, Consent
from sandbox.crm.customers.models import Contact
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import tell
from sandbox.spaces import BLOCK, Colleague, current_space, every, kept

# Numbers by table, and a record whose name is gone: table, number, since when.
Asked = Mapping[str, Collection[int]]
Gone = tuple[str, int, datetime]

PREFIX = "sha256:"
NAME = {"en": "Masked person", "ru": "Данные скрыты"}


def digest_of(value: str) -> str:
    """What is kept of an address, so that the next import knows it again and nobody can read it."""
    return PREFIX + sha256(value.encode()).hexdigest()


def mask(contact: Contact, by: Colleague, at: datetime) -> None:
    """Take a person's data off the card and off those merged into it; companies, deals and papers stay."""
    for card in (contact, *_merged_into(contact)):
        _take_off(card, by, at)
    tell(masked=True)


def masked_people(asked: Asked) -> Iterator[Gone]:
    """Of the contacts, addresses and consents asked for, those of masked people, and since when."""
    yield from of_masked_people(Contact, Contact.id, asked)
    yield from of_masked_people(Address, Address.contact_id, asked)
    yield from of_masked_people(Consent, Consent.contact_id, asked)


def of_masked_people(model: Any, contact: Any, asked: Asked) -> Iterator[Gone]:
    """Of the rows of a kind asked for, those whose contact, named by that column, is masked."""
    table = model.__table__.name
    if not asked.get(table):
        return
    base = current_space().id * BLOCK
    ids = {"ids": [base + n for n in asked[table]]}
    yield from (
        (table, id_ % BLOCK, since) for id_, since in db.session.execute(_masked(model, contact), ids)
    )


@cache
def _masked(model: Any, contact: Any) -> Any:
    """The statement for a kind of rows, with a place for their ids."""
    ids: Any = bindparam("ids", expanding=True)
    since = Contact.masked_at
    return kept(select(model.id, since).where(contact == Contact.id, since.is_not(None), model.id.in_(ids)))


def _merged_into(contact: Contact) -> Iterator[Contact]:
    """The cards that were put away into this one: they still hold what the person was called."""
    query = every(Contact, deleted=True).where(Contact.merged_into_id == contact.id)
    for card in db.session.scalars(query.where(Contact.masked_at.is_(None))).all():
        yield card
        yield from _merged_into(card)


def _take_off(contact: Contact, by: Colleague, at: datetime) -> None:
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
