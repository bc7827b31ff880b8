"""Companies and contacts as lists ask for them."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.customers.tags import Tag
from sandbox.crm.lists import Column, Filter, Listed, choices, code_filter, listed, owner_filter, word
from sandbox.crm.places import lists
from sandbox.spaces import every


@lists(Company)
def list_companies() -> Listed:
    """The page of companies that the address asks for."""
    columns = (
        Column(_("Company"), "title", Company.sort_key),
        Column(_("Type"), "type", Company.type, css="aside"),
        Column(_("Tax number"), css="minor"),
        Column(_("Phone"), css="aside"),
        Column(word("company.region", _("Region")), "region", Company.region, css="last"),
        Column(_("What is next")),
        Column(_("Owner"), css="minor"),
        Column(_("Changed"), "changed", Company.changed_at, css="last"),
    )
    filters = (
        owner_filter(Company, g.colleague),
        code_filter("type", _("Type"), Company.type, choices("company_types")),
        code_filter(
            "industry", word("company.industry", _("Industry")), Company.industry, choices("industries")
        ),
        code_filter("source", _("Source"), Company.source, choices("lead_sources")),
        _tag_filter(Company),
    )
    return listed(
        every(Company), Company, columns=columns, filters=filters, options=(joinedload(Company.owner),)
    )


@lists(Contact)
def list_contacts() -> Listed:
    """The page of contacts that the address asks for."""
    columns = (
        Column(_("Contact"), "title", Contact.sort_key),
        Column(_("Company"), css="aside"),
        Column(_("Role"), "role", Contact.role, css="last"),
        Column(_("Phone"), css="aside"),
        Column(_("E-mail"), css="last"),
        Column(_("What is next")),
        Column(_("Owner"), css="minor"),
    )
    filters = (
        owner_filter(Contact, g.colleague),
        code_filter("role", _("Role"), Contact.role, choices("contact_roles")),
        _tag_filter(Contact),
    )
    options: tuple[Any, ...] = (joinedload(Contact.owner), joinedload(Contact.company))
    return listed(every(Contact), Contact, columns=columns, filters=filters, options=options)


def _tag_filter(model: type[Company] | type[Contact]) -> Filter:
    """By the words of the dictionary that stand on a card."""

    def clause(codes: list[str]) -> Any:
        return model.tags.any(Tag.code.in_(codes))

    return Filter("tag", _("Tag"), choices("tags"), clause)
