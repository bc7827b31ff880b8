"""Companies and contacts as a file has them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers import addresses
from sandbox.crm.customers.cleaning import identifier_faults
from sandbox.crm.customers.companies import change_company, make_company
from sandbox.crm.customers.contacts import change_contact, make_contact
from sandbox.crm.customers.importing.kinds import Kind, add_kind
from sandbox.crm.customers.importing.matching import Known
from sandbox.crm.customers.importing.targets import COMPANY_TARGETS, CONTACT_TARGETS
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.customers.names import name_parts
from sandbox.spaces import Colleague

COMPANIES, CONTACTS = "companies", "contacts"
SOLE_TRADERS_DIGITS = 12


def _is_sole_trader(fields: dict[str, Any]) -> bool:
    return len(fields.get("inn") or "") == SOLE_TRADERS_DIGITS


def _make_company(*, by: Colleague, at: datetime, **fields: Any) -> Company:
    if _is_sole_trader(fields):
        fields["kind"] = "sole_trader"
    return make_company(by=by, at=at, **fields)


def _fill_company(card: Company, *, by: Colleague, at: datetime, **fields: Any) -> None:
    change_company(card, by=by, at=at, **_beside(card, fields, by, at))


def _fill_contact(card: Contact, *, by: Colleague, at: datetime, **fields: Any) -> None:
    change_contact(card, by=by, at=at, **_beside(card, fields, by, at))


def _beside(card: Any, fields: dict[str, Any], by: Colleague, at: datetime) -> dict[str, Any]:
    """What is left to fill in: another phone or e-mail stands beside the one that is there."""
    for kind in addresses.KINDS:
        value = fields.get(kind)
        if value and getattr(card, kind):
            fields.pop(kind)
            if all(one.value != value for one in card.addresses):
                addresses.make_address(card, kind, value, by=by, at=at)
    return fields


def _check_numbers(row: Any) -> None:
    if not row.faults:
        numbers = [row.values.get(name) for name in ("inn", "kpp", "ogrn")]
        row.faults += identifier_faults(*numbers, sole_trader=_is_sole_trader(row.values)).values()


def _part_name(row: Any) -> None:
    whole = row.values.pop("full_name", None)
    if whole and not row.values.get("first_name"):
        parts = name_parts(whole)
        row.values.update(first_name=parts.first)
        for name, part in (("middle_name", parts.middle), ("last_name", parts.last)):
            if part:
                row.values.setdefault(name, part)


add_kind(
    Kind(
        COMPANIES,
        _l("Companies"),
        _l("Show the companies"),
        "customers.companies",
        "company",
        COMPANY_TARGETS,
        "name",
        known=lambda: Known(Company),
        make=_make_company,
        fill=_fill_company,
        complete=_check_numbers,
    )
)
add_kind(
    Kind(
        CONTACTS,
        _l("Contacts"),
        _l("Show the contacts"),
        "customers.contacts",
        "contact",
        CONTACT_TARGETS,
        "first_name",
        known=lambda: Known(Contact),
        make=make_contact,
        fill=_fill_contact,
        complete=_part_name,
    )
)
