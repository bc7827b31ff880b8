"""What segments may ask of contacts and companies: their cards, tags, consents and the firm's own fields.

What stands in another table is asked by a list of ids, made once for a statement, and not row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from sandbox.crm.customers.addresses import EMAIL, Address
from sandbox.crm.customers.consents import ADVERTISING, PERSONAL_DATA, Consent
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.customers.tags import Tag
from sandbox.crm.lists import choices, language, word
from sandbox.crm.marketing.segments.fields import (
    CHOICE,
    SegmentField,
    amount,
    asks,
    choice,
    fact,
    moment,
    of_another,
    text,
)
from sandbox.crm.marketing.segments.models import COMPANY, CONTACT
from sandbox.crm.wording import Pairs
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space, every
from sandbox.spaces.company_parts import CustomField


@asks(COMPANY)
def company_fields() -> Iterator[SegmentField]:
    """Fields of a company's card."""
    about = _("Company")
    yield choice("company.type", _("Type"), Company.type, _dictionary("company_types"), about)
    industry, region = word("company.industry", _("Industry")), word("company.region", _("Region"))
    yield choice("company.industry", industry, Company.industry, _dictionary("industries"), about)
    yield choice("company.region", region, Company.region, _dictionary("regions"), about)
    yield choice("company.source", _("Source"), Company.source, _dictionary("lead_sources"), about)
    yield _tag(Company, "company.tag", about)
    yield owner("company.owner", Company, about)
    yield from own_fields_of("company", Company, about)
    yield text("company.name", _("Name"), Company.name, about, folded=Company.search_key)
    yield moment("company.added", _("Added"), Company.created_at, about)
    yield _reached_by_mail(Company, "company.email", about)


@asks(CONTACT)
def contact_fields() -> Iterator[SegmentField]:
    """Fields of a contact's card, and of the company where they work."""
    about = _("Contact")
    yield choice("contact.role", _("Role"), Contact.role, _dictionary("contact_roles"), about)
    yield _tag(Contact, "contact.tag", about)
    yield text("contact.position", _("Position"), Contact.position, about)
    yield owner("contact.owner", Contact, about)
    yield from own_fields_of("contact", Contact, about)
    yield moment("contact.added", _("Added"), Contact.created_at, about)
    yield _reached_by_mail(Contact, "contact.email", about)
    for purpose, yes, no in (
        (ADVERTISING, _("agreed to advertising"), _("did not agree to advertising")),
        (PERSONAL_DATA, _("agreed to their data being kept"), _("did not agree to their data being kept")),
    ):
        agreed = Contact.id.in_(
            select(Consent.contact_id).where(Consent.purpose == purpose, Consent.withdrawn_on.is_(None))
        )
        label = _("Consent to advertising") if purpose == ADVERTISING else _("Consent to personal data")
        yield fact(f"contact.consent_{purpose}", label, yes, no, agreed, about)
    opted_out = Contact.id.in_(
        select(Address.contact_id).where(Address.kind == EMAIL, Address.opted_out_at.is_not(None))
    )
    yield fact(
        "contact.opted_out",
        _("Opt-out"),
        _("opted out of advertising"),
        _("did not opt out"),
        opted_out,
        about,
    )
    for one in company_fields():
        label = _("%(field)s of the company", field=one.label)
        if one.kind != "bool":
            yield of_another(one, "at", label, _("Their company"), _at_company)


def owner(code: str, model: Any, about: Any) -> SegmentField:
    """Who looks after the record, by the code of the colleague."""

    def people() -> Pairs:
        return [(one.code, one.name) for one in db.session.scalars(every(Colleague).order_by(Colleague.name))]

    def clause(_operator: str, codes: Sequence[str], _now: datetime) -> Any:
        return model.owner_id.in_(select(Colleague.id).where(Colleague.code.in_(codes)))

    return SegmentField(code, _("Owner"), CHOICE, clause, about, people)


def own_fields_of(kind: str, model: Any, about: Any) -> Iterator[SegmentField]:
    """The fields that the played company has added to a kind of record."""
    for own in current_space().company.fields_of(kind):
        code, label = f"{kind}.custom_{own.code}", own.title[language()]
        held = model.custom[own.code]
        if own.type == "choice":
            yield choice(code, label, held.as_string(), _choices_of(own), about)
        elif own.type == "number":
            yield amount(code, label, held.as_float(), about)
        elif own.type == "bool":
            yes, no = _("%(field)s: yes", field=label), _("%(field)s: no", field=label)
            yield fact(code, label, yes, no, held.as_boolean(), about)
        elif own.type == "text":
            yield text(code, label, held.as_string(), about)


def _at_company(clause: Any) -> Any:
    return Contact.company_id.in_(select(Company.id).where(clause))


def _choices_of(own: CustomField) -> Callable[[], Pairs]:
    return lambda: [(entry.code, entry.title[language()]) for entry in own.choices]


def _dictionary(name: str) -> Callable[[], Pairs]:
    return lambda: choices(name)


def _tag(model: Any, code: str, about: Any) -> SegmentField:
    tagged = getattr(Tag, f"{model.__record__}_id")

    def clause(_operator: str, codes: Sequence[str], _now: datetime) -> Any:
        return model.id.in_(select(tagged).where(Tag.code.in_(codes)))

    return SegmentField(code, _("Tag"), CHOICE, clause, about, _dictionary("tags"))


def _reached_by_mail(model: Any, code: str, about: Any) -> SegmentField:
    reached = getattr(Address, f"{model.__record__}_id")
    clause = model.id.in_(select(reached).where(Address.kind == EMAIL, Address.invalid_at.is_(None)))
    yes, no = _("has an e-mail that works"), _("has no e-mail that works")
    return fact(code, _("E-mail"), yes, no, clause, about)
