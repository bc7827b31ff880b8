"""Companies and contacts as lists ask for them."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sandbox.crm.bulk.ways import Way, in_bulk
from sandbox.crm.columns import (
    code_column,
    day_column,
    light_column,
    link_column,
    own_columns,
    person_column,
    phone_column,
    text_column,
    title_column,
)
from sandbox.crm.communications.models import Activity
from sandbox.crm.communications.queries import lights
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.customers.tags import Tag
from sandbox.crm.filters import own_filters
from sandbox.crm.lists import Filter, Listed, choices, code_filter, label, listed, owner_filter, word
from sandbox.crm.own_words import own_word, tax_number_word
from sandbox.crm.places import lists
from sandbox.crm.putting_away import among
from sandbox.crm.sight import is_closed

in_bulk(
    Company,
    Way("company.edit", "owner", _l("Assign an owner"), "user-share"),
    Way("tag.add"),
    Way("tag.take_off"),
    Way("company.edit", "region", own_word("company.region", _l("Region")), "map-pin"),
    Way("company.edit", "industry", own_word("company.industry", _l("Industry")), "building-factory"),
    Way("company.delete"),
    merge="company.merge",
)
in_bulk(
    Contact,
    Way("contact.edit", "owner", _l("Assign an owner"), "user-share"),
    Way("tag.add"),
    Way("tag.take_off"),
    Way("contact.delete"),
    merge="contact.merge",
)


@lists(Company)
def list_companies() -> Listed:
    """The page of companies that the address asks for."""
    region, industry = word("company.region", _("Region")), word("company.industry", _("Industry"))
    columns = (
        title_column(_("Company"), Company, sub=lambda one: label("industries", one.industry), edits="name"),
        code_column(_("Type"), "type", Company.type, choices("company_types"), css="aside"),
        text_column(tax_number_word(_("INN")), "inn", css="minor nowrap"),
        phone_column(_("Phone")),
        code_column(region, "region", Company.region, choices("regions"), css="last"),
        light_column(lights),
        person_column(_("Owner")),
        day_column(_("Changed"), "changed", "changed_at", Company.changed_at, css="last nowrap"),
        code_column(industry, "industry", Company.industry, choices("industries"), offered=True),
        code_column(_("Source"), "source", Company.source, choices("lead_sources"), offered=True),
        text_column(_("E-mail"), "email", Company.email, offered=True),
        text_column(_("Website"), "website", offered=True),
        text_column(_("KPP"), "kpp", offered=True),
        text_column(_("OGRN"), "ogrn", offered=True),
        text_column(_("Legal address"), "address", offered=True),
        day_column(_("Created"), "created", "created_at", Company.created_at, offered=True),
        *own_columns("company", Company),
    )
    filters = (
        owner_filter(Company, g.colleague),
        code_filter("type", _("Type"), Company.type, choices("company_types"), blank=True),
        code_filter("industry", industry, Company.industry, choices("industries"), blank=True),
        code_filter("region", region, Company.region, choices("regions"), blank=True),
        code_filter("source", _("Source"), Company.source, choices("lead_sources"), blank=True),
        _tag_filter(Company),
        *own_filters("company", Company),
    )
    return listed(
        among(Company), Company, columns=columns, filters=filters, options=(joinedload(Company.owner),)
    )


@lists(Contact)
def list_contacts() -> Listed:
    """The page of contacts that the address asks for."""
    columns = (
        title_column(_("Contact"), Contact, sub=lambda one: one.position),
        link_column(_("Company"), "company", edits="company"),
        code_column(_("Role"), "role", Contact.role, choices("contact_roles"), css="last"),
        phone_column(_("Phone")),
        text_column(_("E-mail"), "email", css="last"),
        light_column(lights),
        person_column(_("Owner")),
        text_column(_("Position"), "position", Contact.position, offered=True),
        day_column(_("Created"), "created", "created_at", Contact.created_at, offered=True),
        day_column(_("Changed"), "changed", "changed_at", Contact.changed_at, offered=True),
        *own_columns("contact", Contact),
    )
    filters = (
        owner_filter(Contact, g.colleague),
        code_filter("role", _("Role"), Contact.role, choices("contact_roles"), blank=True),
        _tag_filter(Contact),
        *own_filters("contact", Contact),
    )
    options: tuple[Any, ...] = (
        joinedload(Contact.owner),
        joinedload(Contact.company).load_only(Company.name),
    )
    return listed(among(Contact), Contact, columns=columns, filters=filters, options=options)


def said_to_people(record: Any) -> Any:
    """What was said to the people of a company belongs into its timeline."""
    if not isinstance(record, Company) or is_closed(Contact):
        return None
    people = select(Contact.id).where(Contact.company_id == record.id, Contact.deleted_at.is_(None))
    return Activity.contact_id.in_(people)


def _tag_filter(model: type[Company] | type[Contact]) -> Filter:
    """By the words of the dictionary that stand on a card."""

    def clause(codes: list[str]) -> Any:
        return model.tags.any(Tag.code.in_(codes))

    return Filter("tag", _("Tag"), choices("tags"), clause)
