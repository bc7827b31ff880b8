"""The details that a paper takes from the cards, and which of them are missing where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from babel.dates import format_date
from flask_babel import force_locale
from flask_babel import gettext as _

from sandbox.crm.documents.lines import rows_for_text
from sandbox.crm.documents.models import Document
from sandbox.crm.letterhead import tax_numbers
from sandbox.kernel.errors import Refused
from sandbox.spaces import current_space
from sandbox.spaces.company import CompanyFile
from sandbox.web.formatting import money

PLACEHOLDER = re.compile(r"{{\s*([a-z_]+(?:\.[a-z_]+)*)\s*}}")
Details = dict[str, Any]


def details_of(document: Document) -> Details:
    """Everything that a template may name, as texts in the company's language; '' where a card lacks it."""
    company = current_space().company
    with force_locale(company.language):
        return {
            "us": _us(company),
            "customer": _customer(document, company),
            "contact": {"name": _signer(document)},
            "deal": {"title": document.deal.title if document.deal else ""},
            "document": _document(document, company),
            "lines": rows_for_text(document.lines, partial(amount_said, company=company)),
        }


def insist_on_details(document: Document, template: str, details: Details) -> None:
    """Refuse with `missing_details`, naming each detail that the template asks for and its card."""
    missing = list(dict.fromkeys(_missing(document, template, details)))
    if missing:
        raise Refused(
            "missing_details",
            _("The text cannot be written yet. Fill in first: %(details)s.", details="; ".join(missing)),
        )


def _missing(document: Document, template: str, details: Details) -> Iterator[str]:
    for name in PLACEHOLDER.findall(template):
        card, _dot, field = name.partition(".")
        if field and not details.get(card, {}).get(field):
            yield _told(document, name)


def _told(document: Document, name: str) -> str:
    """A missing detail and the card where it belongs, in words."""
    party = document.company.name
    deal = document.deal
    if name == "customer.tax_ids":
        return _tax_number_told(document)
    if name == "customer.address":
        return _("the address on the card of %(company)s", company=party)
    if name == "deal.title":
        return _("the deal of this document")
    if name == "contact.name":
        if deal is not None:
            return _("the contact on the card of the deal %(deal)s", deal=deal.title)
        return _("the contact of this document")
    if name == "document.amount":
        return _("the amount of this document")
    if name == "document.valid_until":
        return _("the day until which this document is valid")
    return _("the detail “%(name)s” of this document", name=name)


def _tax_number_told(document: Document) -> str:
    party = document.company
    if current_space().company.country != "RU":
        return _("the tax number on the card of %(company)s", company=party.name)
    if not party.inn:
        return _("the INN on the card of %(company)s", company=party.name)
    return _("the KPP on the card of %(company)s", company=party.name)


def _us(company: CompanyFile) -> dict[str, str]:
    legal, bank = company.legal, company.legal.bank
    director = next((one for one in company.people if one.job_role == "director"), company.people[0])
    parts = (director.family, director.given, director.middle)
    name = " ".join(part for part in parts if part) if company.language == "ru" else director.name
    role = company.roles[director.job_role].title[company.language]
    return {
        "name": company.name,
        "full_name": legal.full_name,
        "address": legal.address,
        "phone": legal.phone,
        "email": legal.email,
        "tax_ids": tax_numbers(company, legal.inn or legal.ein, legal.kpp),
        "bank": _bank(bank),
        "signer": f"{name}, {role[:1].lower()}{role[1:]}",
    }


def _bank(bank: Any) -> str:
    said = (
        bank.name,
        _("account %(number)s", number=bank.account),
        _("BIC %(number)s", number=bank.bic) if bank.bic else "",
        _("correspondent account %(number)s", number=bank.correspondent_account)
        if bank.correspondent_account
        else "",
        _("routing number %(number)s", number=bank.routing) if bank.routing else "",
    )
    return ", ".join(part for part in said if part)


def _customer(document: Document, company: CompanyFile) -> dict[str, str]:
    party = document.company
    whole = party.inn if party.is_sole_trader or company.country != "RU" or party.kpp else None
    return {
        "name": party.name,
        "address": " ".join((party.address or "").split()),
        "phone": party.phone or "",
        "email": party.email or "",
        "tax_ids": tax_numbers(company, whole, None if party.is_sole_trader else party.kpp),
    }


def _signer(document: Document) -> str:
    contact = document.contact
    if contact is None:
        return ""
    if current_space().company.language == "ru":
        name = " ".join(p for p in (contact.last_name, contact.first_name, contact.middle_name) if p)
    else:
        name = contact.title
    if not contact.position:
        return name
    return f"{name}, {contact.position[:1].lower()}{contact.position[1:]}"


def _document(document: Document, company: CompanyFile) -> dict[str, str]:
    return {
        "number": document.number,
        "date": _day(document.date, company),
        "amount": amount_said(document.amount, company),
        "valid_until": _day(document.valid_until, company),
        "vat": money(document.vat, company.currency) if document.vat is not None else "",
        "due": _day(document.due_on, company),
        "supplied": _day(document.supplied_on, company),
        "base": document.base.title if document.base else "",
        "variant": _variant(document),
    }


def _variant(document: Document) -> str:
    """The variant of its type, such as the status of a transfer document, in the company's language."""
    said = document.said
    found = next((one for one in said.variants if one.code == document.variant), None) if said else None
    return found.title[current_space().company.language] if found else ""


def amount_said(amount: Decimal | None, company: CompanyFile) -> str:
    """An amount as it stands on paper; '' for none."""
    return money(amount, company.currency) if amount else ""


def _day(day: date | None, company: CompanyFile) -> str:
    if day is None:
        return ""
    pattern = "d MMMM y 'г.'" if company.language == "ru" else "MMMM d, y"
    return format_date(day, pattern, locale=company.locale)
