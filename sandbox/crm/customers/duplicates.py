"""Cards that may be of the same firm or person: by phone, e-mail, INN with KPP, and near name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import selectinload

from sandbox.crm.customers.addresses import Address
from sandbox.crm.customers.masking import digest_of
from sandbox.crm.customers.models import Company, Contact
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import core_name, nearness
from sandbox.ledger.fields import json_value
from sandbox.spaces import every

CERTAIN, LIKELY, NEAR = 1.0, 0.9, 0.84
_CANDIDATES = 500
_WORD_EDGE = 4
_SHOWN = 5

Found = TypeVar("Found", Company, Contact)


@dataclass(frozen=True)
class Card:
    """What is compared: a folded e-mail, a phone in E.164, identifiers without spaces, a name as typed.

    `others` are the addresses of a card besides its primary ones.
    """

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    inn: str | None = None
    kpp: str | None = None
    others: frozenset[str] = frozenset()

    @property
    def reached(self) -> frozenset[str]:
        """Every phone and e-mail."""
        return self.others | {value for value in (self.phone, self.email) if value}


def likeness(one: Card, other: Card) -> float:
    """How likely two cards are of the same firm or person, 0 to 1; from `NEAR` on a person should look."""
    if one.inn and one.inn == other.inn:
        # the same INN with another KPP is a branch: near, not the same
        return CERTAIN if (one.kpp or "") == (other.kpp or "") or not (one.kpp and other.kpp) else LIKELY
    if one.reached & other.reached or _digests(one) & other.reached:
        return CERTAIN
    name = nearness(one.name, other.name, NEAR)
    return name if name >= NEAR else 0.0


def company_card(company: Company) -> Card:
    """A company as a card to compare."""
    others = frozenset(one.value for one in company.addresses)
    return Card(company.name, company.phone, company.email, company.inn, company.kpp, others)


def contact_card(contact: Contact) -> Card:
    """A contact as a card to compare."""
    others = frozenset(one.value for one in contact.addresses)
    return Card(contact.title, contact.phone, contact.email, others=others)


def alike_companies(card: Card, *, besides: Company | None = None) -> list[tuple[Company, float]]:
    """Companies of the space that may be the same as `card`, the likeliest first."""
    same = every(Company).where(or_(false(), *_same(Company, card, "inn")))
    near = every(Company).where(or_(*_name_edges(Company.search_key, card.name))).limit(_CANDIDATES)
    queries = (query.options(selectinload(Company.addresses)) for query in (same, near))
    found = {company.id: company for query in queries for company in db.session.scalars(query)}
    scored = [(company, likeness(card, company_card(company))) for company in found.values()]
    return _likeliest(scored, besides)


def alike_contacts(
    card: Card, company: Company | None = None, *, besides: Contact | None = None
) -> list[tuple[Contact, float]]:
    """Contacts that may be the same person: the same phone or e-mail, or a near name in the same company."""
    ways: list[ColumnElement[bool]] = _same(Contact, card)
    if company is not None:
        ways.append(Contact.company_id == company.id)
    query = every(Contact).where(or_(false(), *ways)).options(selectinload(Contact.addresses))
    scored = [(found, likeness(card, contact_card(found))) for found in db.session.scalars(query)]
    return _likeliest(scored, besides)


def warn_of(alike: Sequence[tuple[Any, float]]) -> None:
    """Refuse once with `duplicate` and the list of the records that are there already."""
    if not alike:
        return
    names = ", ".join(record.title for record, _score in alike[:_SHOWN])
    raise Refused(
        "duplicate",
        _(
            "There may be such a record already: %(records)s. Open it and work there, "
            "or tick “Create anyway” if it is somebody else.",
            records=names,
        ),
        records=[json_value(record) for record, _score in alike[:_SHOWN]],
    )


def _same(model: Any, card: Card, *names: str) -> list[ColumnElement[bool]]:
    ways = [getattr(model, name) == getattr(card, name) for name in names if getattr(card, name)]
    if card.reached:
        ways.append(model.addresses.any(Address.value.in_(sorted(card.reached | _digests(card)))))
    return ways


def _digests(card: Card) -> frozenset[str]:
    """How the card's addresses stand where a person's data was masked."""
    return frozenset(digest_of(value) for value in card.reached)


def _name_edges(column: Any, name: str | None) -> list[ColumnElement[bool]]:
    """Names that share the beginning or the end of a word: a cheap net, drawn tight by `likeness`."""
    edges = set()
    for word in core_name(name).split():
        edges |= {word[:_WORD_EDGE], word[-_WORD_EDGE:]}
    return [column.contains(edge, autoescape=True) for edge in sorted(edges)] or [false()]


def _likeliest(scored: Iterable[tuple[Found, float]], besides: Found | None) -> list[tuple[Found, float]]:
    kept = [(found, score) for found, score in scored if score >= NEAR and found is not besides]
    return sorted(kept, key=lambda pair: (-pair[1], pair[0].id))


def same_company(card: Card) -> Company | None:
    """The company that `card` certainly is: by INN, phone, e-mail, or the very same name."""
    for found, score in alike_companies(card):
        if score >= CERTAIN:
            return found
    return None


def same_contact(card: Card, company: Company | None) -> Contact | None:
    """The contact that `card` certainly is: by phone, e-mail, or the very same name in the company."""
    for found, score in alike_contacts(card, company):
        if score >= CERTAIN:
            return found
    return None


__all__ = [
    "Card",
    "alike_companies",
    "alike_contacts",
    "likeness",
    "same_company",
    "same_contact",
    "warn_of",
]
