"""What may be done with two cards that look alike: make them one, or say that they are two."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.companies import insist_on_numbers
from sandbox.crm.customers.merge_forms import (
    CompanyMergeForm,
    ContactMergeForm,
    OtherCompanyForm,
    OtherContactForm,
)
from sandbox.crm.customers.merging import merge
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.ledger import action
from sandbox.spaces import Colleague


def _stands(card: Any) -> bool:
    return card.deleted_at is None and getattr(card, "masked_at", None) is None


@action(
    "company.merge",
    on=Company,
    event="merged",
    right="steward",
    form=CompanyMergeForm,
    icon="arrows-join",
    title=_l("Merge with another card"),
    says=_l("%(by)s merged %(other)s into %(record)s"),
    shown=_stands,
    undoable=True,
    refusals=("same_card", "inn_taken", "bad_inn", "bad_kpp", "bad_ogrn"),
)
def merge_companies(company: Company, *, other: Company, by: Colleague, at: datetime, **sides: Any) -> None:
    """Make one card of two companies: deals, contacts, notes, tags and addresses of both stay."""
    merge(company, other, _chosen(sides), by, at)
    with db.session.no_autoflush:
        insist_on_numbers(company)


@action(
    "contact.merge",
    on=Contact,
    event="merged",
    right="steward",
    form=ContactMergeForm,
    icon="arrows-join",
    title=_l("Merge with another card"),
    says=_l("%(by)s merged %(other)s into %(record)s"),
    shown=_stands,
    undoable=True,
    refusals=("same_card", "masked"),
)
def merge_contacts(contact: Contact, *, other: Contact, by: Colleague, at: datetime, **sides: Any) -> None:
    """Make one card of two contacts: deals, notes, addresses, consents and opt-outs of both stay."""
    merge(contact, other, _chosen(sides), by, at)


@action(
    "company.tell_apart",
    on=Company,
    event="told_apart",
    right="steward",
    form=OtherCompanyForm,
    icon="arrows-split",
    title=_l("These are two"),
    says=_l("%(by)s found that %(other)s is somebody else"),
    shown=lambda company: False,
    guards_version=False,
)
def tell_companies_apart(company: Company, *, other: Company, by: Colleague, at: datetime) -> None:
    """Say that two companies are not the same: the list of duplicates leaves them alone."""
    _apart(company, other, by, at)


@action(
    "contact.tell_apart",
    on=Contact,
    event="told_apart",
    right="steward",
    form=OtherContactForm,
    icon="arrows-split",
    title=_l("These are two"),
    says=_l("%(by)s found that %(other)s is somebody else"),
    shown=lambda contact: False,
    guards_version=False,
)
def tell_contacts_apart(contact: Contact, *, other: Contact, by: Colleague, at: datetime) -> None:
    """Say that two contacts are not the same person: the list of duplicates leaves them alone."""
    _apart(contact, other, by, at)


def _chosen(sides: dict[str, Any]) -> dict[str, str | None]:
    return {name.removeprefix("from_"): side for name, side in sides.items()}


def _apart(card: Any, other: Any, by: Colleague, at: datetime) -> None:
    if other is not card:
        card.apart = sorted({*(card.apart or ()), other.n})
    stamp_change(card, by, at)
