"""What stands on the page of a company or a contact besides its facts: addresses, tags, bank details."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _

from sandbox.crm.customers.address_actions import address_types
from sandbox.crm.customers.addresses import KINDS, of_kind
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.own_words import bank_code_word
from sandbox.ledger.offers import Offer, offer_to_create, offers_for
from sandbox.spaces import InSpace, current_space

# These have buttons where their things stand, and none in the menu.
OWN_PLACES = (
    "address.add_phone",
    "address.add_email",
    "tag.add",
    "tag.take_off",
    "company.set_bank",
    "consent.record",
)


def belongings(card: Company | Contact) -> dict[str, Any]:
    """The card's addresses and tags with what may be done with each, and the buttons that add one."""
    back = f"/s/{current_space().id}/{card.__table__.name}/{card.n}"
    types = dict(address_types())
    return {
        "reached": [
            (one, types.get(one.type, one.type), _buttons(one, back))
            for kind in KINDS
            for one in of_kind(card, kind)
        ],
        "tags": [(tag, next(iter(_buttons(tag, back)), None)) for tag in card.tags],
        "adds": {offer.code: offer for offer in offers_for(card) if offer.code in OWN_PLACES},
        "begins": _begins(card),
        "bank": _bank(card) if isinstance(card, Company) else [],
        "consents": [(one, _buttons(one, back)) for one in card.consents]
        if isinstance(card, Contact)
        else [],
        "expects_consents": isinstance(card, Contact) and bool(current_space().company.consent_texts),
    }


def _begins(card: Company | Contact) -> list[Offer]:
    """What is begun from here with the card filled in: a contact of the firm, a deal with either."""
    if card.deleted_at is not None or getattr(card, "masked_at", None) is not None:
        return []
    filled = {"company": card.n}
    codes = ["contact.create", "deal.create"]
    if isinstance(card, Contact):
        filled = {"contact": card.n, **({"company": card.company.n} if card.company else {})}
        codes = ["deal.create"]
    offers = [offer_to_create(code) for code in codes]
    return [replace(one, url=f"{one.url}?{urlencode(filled)}") for one in offers if one is not None]


def _bank(company: Company) -> list[tuple[str, str | None]]:
    facts = [
        (_("Bank"), company.bank_name),
        (bank_code_word(), company.bic),
        (_("Account"), company.account),
        (_("Correspondent account"), company.correspondent_account),
    ]
    return [(label, value) for label, value in facts if value]


def _buttons(row: InSpace, back: str) -> list[Offer]:
    asked = urlencode({"return_to": back})
    return [replace(offer, url=f"{offer.url}?{asked}") for offer in offers_for(row)]
