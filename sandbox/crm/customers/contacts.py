"""What may be done with a contact."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.addresses import follow_card
from sandbox.crm.customers.cleaning import clean_email, clean_phone
from sandbox.crm.customers.duplicates import alike_contacts, contact_card, warn_of
from sandbox.crm.customers.forms import ContactForm, CreateContactForm
from sandbox.crm.customers.masking import insist_on_readable
from sandbox.crm.customers.models import Contact
from sandbox.crm.own_fields import take_own
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.ledger import action
from sandbox.spaces import Colleague


def make_contact(*, by: Colleague | None, at: datetime, **fields: Any) -> Contact:
    """A contact from its fields, cleaned; joins the running action."""
    contact = Contact()
    _fill(contact, fields)
    stamp_new(contact, by, at)
    db.session.add(contact)
    follow_card(contact, by, at)
    db.session.flush()
    return contact


@action(
    "contact.create",
    makes=Contact,
    event="created",
    right="customers",
    form=CreateContactForm,
    icon="user-plus",
    title=_l("New contact"),
    submit=_l("Create contact"),
    says=_l("%(by)s added the contact %(record)s"),
    refusals=("duplicate", "bad_phone"),
)
def create_contact(*, anyway: bool = False, by: Colleague, at: datetime, **fields: Any) -> Contact:
    """Add a contact, after a look at whether the person is here already."""
    if not anyway:
        with db.session.no_autoflush:
            draft = Contact()
            _fill(draft, {name: value for name, value in fields.items() if name not in ("company", "owner")})
            warn_of(alike_contacts(contact_card(draft), fields.get("company")))
    return make_contact(by=by, at=at, **fields)


@action(
    "contact.edit",
    on=Contact,
    event="edited",
    right="customers",
    form=ContactForm,
    icon="edit",
    title=_l("Edit"),
    submit=_l("Save"),
    says=_l("%(by)s edited the contact %(record)s"),
    shown=lambda contact: contact.deleted_at is None and contact.masked_at is None,
    refusals=("bad_phone", "masked"),
)
def edit_contact(contact: Contact, *, by: Colleague, at: datetime, **fields: Any) -> None:
    """Change a contact's card."""
    change_contact(contact, by=by, at=at, **fields)


def change_contact(contact: Contact, *, by: Colleague | None, at: datetime, **fields: Any) -> None:
    """New values for a contact, cleaned; joins the running action."""
    insist_on_readable(contact)
    with db.session.no_autoflush:
        _fill(contact, fields)
        follow_card(contact, by, at)
    stamp_change(contact, by, at)


can_be_put_away(
    Contact,
    right="customers",
    deleted=_l("%(by)s deleted the contact %(record)s"),
    restored=_l("%(by)s restored the contact %(record)s"),
)


def _fill(contact: Contact, fields: dict[str, Any]) -> None:
    for name, value in take_own(contact, fields).items():
        if name == "owner" and value is None:
            continue
        clean = {"phone": clean_phone, "email": clean_email}.get(name)
        setattr(contact, name, clean(value) if clean else value)
