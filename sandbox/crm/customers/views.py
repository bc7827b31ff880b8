"""The pages of companies and contacts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, selectinload

from sandbox.crm.communications.timeline import families
from sandbox.crm.customers.addresses import Address
from sandbox.crm.customers.card import OWN_PLACES, belongings
from sandbox.crm.customers.consents import Consent
from sandbox.crm.customers.importing.vcards import written
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.customers.pairs import pairs
from sandbox.crm.customers.queries import list_companies, list_contacts, said_to_people
from sandbox.crm.customers.tags import Tag
from sandbox.crm.facts import mail_link, phone_link, record_link
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import label, own_facts, related, tabs, word
from sandbox.crm.own_words import tax_number_word
from sandbox.crm.record_page import Beside, beside, record_page
from sandbox.extensions import db
from sandbox.ledger import registry
from sandbox.ledger.offers import may_do, offer_to_create
from sandbox.ledger.rights import who_may
from sandbox.spaces import current_space, every, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import page, see_other

blueprint = Blueprint("customers", __name__, url_prefix="/s/<int:space>")
# What the pages of the cards show of other rows, loaded along with them.
WITH_COMPANY = (joinedload(Company.addresses), joinedload(Company.tags))
WITH_CONTACT = tuple(map(joinedload, (Contact.company, Contact.addresses, Contact.consents, Contact.tags)))
families.append(said_to_people)
DAILY = ("call.log", "task.set", "meeting.plan")


@blueprint.get("/companies")
@allow(in_space)
def companies(space: int) -> Response:
    """All companies of the space."""
    found = list_companies()
    return list_page(
        found,
        title=_("Companies"),
        label=_("Views of companies"),
        views=((_("All companies"), {}), (_("Mine"), {"owner": "me"})),
        create=offer_to_create("company.create"),
        more=(offer_to_create("base.hand_over"),),
        empty=(
            "building",
            _("No companies yet"),
            _("A company is a customer, or somebody who may become one."),
        ),
    )


@blueprint.get("/companies/<int:n>")
@allow(in_space)
def company(space: int, n: int) -> Response:
    """One company: what happened, what is next, its people, deals and leads."""
    one = fetch(Company, n, deleted=True, options=WITH_COMPANY)
    facts = [
        (_("Type"), label("company_types", one.type)),
        (tax_number_word(_("INN")), one.inn),
        (_("KPP"), one.kpp),
        (_("OGRN"), one.ogrn),
        (_("Phone"), phone_link(one.phone)),
        (_("E-mail"), mail_link(one.email)),
        (_("Website"), one.website),
        (_("Legal address"), one.address),
        (_("Postal address"), one.postal_address),
        (word("company.industry", _("Industry")), label("industries", one.industry)),
        (word("company.region", _("Region")), label("regions", one.region)),
        (_("Source"), label("lead_sources", one.source)),
        *own_facts("company", one),
    ]
    always = (_("Type"), _("Phone"), _("E-mail"), word("company.industry", _("Industry")))
    return record_page(
        "customers/company.html",
        one,
        main=DAILY,
        apart=OWN_PLACES,
        label=label,
        **belongings(one),
        facts=[(name, value) for name, value in facts if value or name in always],
    )


@blueprint.get("/contacts")
@allow(in_space)
def contacts(space: int) -> Response:
    """All contacts of the space."""
    found = list_contacts()
    return list_page(
        found,
        title=_("Contacts"),
        label=_("Views of contacts"),
        views=((_("All contacts"), {}), (_("Mine"), {"owner": "me"})),
        create=offer_to_create("contact.create"),
        empty=("user", _("No contacts yet"), _("A contact is a person whom your colleagues speak with.")),
    )


@blueprint.get("/contacts/<int:n>")
@allow(in_space)
def contact(space: int, n: int) -> Response:
    """One contact: what happened, what is next, and the deals they are in."""
    one = fetch(Contact, n, deleted=True, options=WITH_CONTACT)
    facts = [
        (_("Position"), one.position),
        (_("Role in deals"), label("contact_roles", one.role)),
        (_("Company"), record_link(one.company)),
        (_("Phone"), phone_link(one.phone)),
        (_("E-mail"), mail_link(one.email)),
        *own_facts("contact", one),
    ]
    return record_page(
        "customers/contact.html",
        one,
        main=DAILY,
        apart=OWN_PLACES,
        label=label,
        **belongings(one),
        facts=facts,
    )


@blueprint.get("/contacts/<int:n>/card.vcf")
@allow(in_space)
def vcard(space: int, n: int) -> Response:
    """One contact as a vCard, for an address book."""
    one = fetch(Contact, n)
    headers = {"Content-Disposition": f'attachment; filename="contact-{n}.vcf"'}
    return Response(written([one]), mimetype="text/vcard; charset=utf-8", headers=headers)


@blueprint.get("/contacts.vcf")
@allow(in_space)
def vcards(space: int) -> Response:
    """All contacts as one file of vCards; masked people are not in it."""
    options = (selectinload(Contact.addresses), joinedload(Contact.company))
    query = every(Contact).where(Contact.masked_at.is_(None)).order_by(Contact.sort_key).options(*options)
    headers = {"Content-Disposition": 'attachment; filename="contacts.vcf"'}
    text = written(db.session.scalars(query))
    return Response(text, mimetype="text/vcard; charset=utf-8", headers=headers)


@blueprint.get("/duplicates")
@allow(in_space)
def duplicates(space: int) -> Response:
    """Cards that may be the same, two by two."""
    model = Contact if request.args.get("of") == "contacts" else Company
    alike, total = pairs(model)
    return page(
        "customers/duplicates.html",
        alike=alike,
        total=total,
        may_merge=may_do("company.merge"),
        who_may=who_may(registry["company.merge"].right),
        tabs=tabs((_("Companies"), {}), (_("Contacts"), {"of": "contacts"})),
    )


@blueprint.get("/addresses/<int:n>")
@allow(in_space)
def address(space: int, n: int) -> Response:
    """A phone or e-mail is read on the card that it stands on."""
    return _on_card(fetch(Address, n))


@blueprint.get("/consents/<int:n>")
@allow(in_space)
def consent(space: int, n: int) -> Response:
    """A consent is read on the card of its person."""
    return _on_card(fetch(Consent, n))


@blueprint.get("/tags/<int:n>")
@allow(in_space)
def tag(space: int, n: int) -> Response:
    """A tag is read on the card that it stands on."""
    return _on_card(fetch(Tag, n))


def _on_card(part: Address | Consent | Tag) -> Response:
    card = part.on
    return see_other(f"/s/{current_space().id}/{card.__table__.name}/{card.n}")


def _people(record: Any) -> list[Beside]:
    """The contacts of a company, beside it."""
    if not isinstance(record, Company):
        return []
    return [(_("Contacts"), "user", related(Contact, Contact.company_id, record))]


beside.append(_people)
