"""What may be done with consents: recording one, withdrawing one, serving a person's withdrawal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.addresses import Address
from sandbox.crm.customers.consents import PERSONAL_DATA, PURPOSES, Consent, purpose_word, text_on
from sandbox.crm.customers.masking import end, insist_on_readable, mask, opt_out
from sandbox.crm.customers.models import Contact
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import ActionForm, action, registry
from sandbox.ledger.fields import ChoiceField, DayField, TextField
from sandbox.ledger.offers import may_do
from sandbox.ledger.perform import rights_of
from sandbox.spaces import Colleague, current_space


def purposes() -> Iterable[tuple[str, Any]]:
    """What a consent may be for."""
    return [(purpose, purpose_word(purpose)) for purpose in PURPOSES]


class _Dated(ActionForm):
    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Today."""
        return {name: at.astimezone(current_space().zone).date() for name in ("given_on", "day")}


class ConsentForm(_Dated):
    """What somebody agreed to, and how it can be proven."""

    purpose = ChoiceField(_l("Purpose"), options=purposes, required=True)
    text = ChoiceField(_l("Version of the text"), dictionary="consent_texts", required=True)
    given_on = DayField(_l("Given on"), required=True)
    source = ChoiceField(_l("How it was given"), dictionary="consent_sources", required=True)


class WithdrawForm(_Dated):
    """When and how a consent was withdrawn."""

    day = DayField(_l("Withdrawn on"), required=True)
    how = TextField(_l("How they told us"), required=True)


class ServeForm(_Dated):
    """What a person withdraws."""

    purpose = ChoiceField(
        _l("Purpose"),
        options=purposes,
        required=True,
        description=_l(
            "Personal data: name, phones and e-mails are masked, deals and papers stay. "
            "Advertising: nothing more is sent."
        ),
    )
    day = DayField(_l("Withdrawn on"), required=True)
    how = TextField(_l("How they told us"), required=True)


def _readable(on: Any) -> bool:
    contact = on.contact if isinstance(on, Address) else on
    return contact is not None and contact.deleted_at is None and contact.masked_at is None


def _to_be_withdrawn(consent: Consent) -> bool:
    return consent.active and (consent.purpose != PERSONAL_DATA or may_do("contact.withdraw"))


@action(
    "consent.record",
    on=(Contact, Address),
    makes=Consent,
    event="recorded",
    right="customers",
    form=ConsentForm,
    icon="certificate",
    title=_l("Record a consent"),
    says=_l("%(by)s recorded a consent: %(purpose)s, %(text)s"),
    shown=_readable,
    guards_version=False,
    refusals=("future_day", "wrong_text", "wrong_version", "consent_here", "masked", "no_person"),
)
def record_consent(
    on: Contact | Address,
    *,
    purpose: str,
    text: str,
    given_on: date,
    source: str,
    by: Colleague,
    at: datetime,
) -> Consent:
    """Write down a person's consent with its text, day and source; on an address it covers that one alone."""
    address = on if isinstance(on, Address) else None
    contact = on.contact if isinstance(on, Address) else on
    if contact is None:
        raise Refused(
            "no_person", _("A consent is a person's: record it on the contact whose address this is.")
        )
    insist_on_readable(contact)
    _insist_on_past(given_on)
    _insist_on_text(purpose, text, given_on)
    if any(one.active and one.purpose == purpose and one.address is address for one in contact.consents):
        raise Refused("consent_here", _("This consent is recorded and in force already."))
    made = Consent(
        contact=contact, address=address, purpose=purpose, text=text, given_on=given_on, source=source
    )
    stamp_new(made, by, at)
    db.session.add(made)
    if address is not None and purpose != PERSONAL_DATA and address.opted_out:
        # they changed their mind: the newer word counts
        address.opted_out_at = address.opted_out_how = None
        stamp_change(address, by, at)
    stamp_change(contact, by, at)
    return made


@action(
    "consent.withdraw",
    on=Consent,
    event="withdrawn",
    right="customers",
    form=WithdrawForm,
    kind="danger",
    icon="certificate-off",
    title=_l("Withdraw"),
    says=_l("%(by)s noted a withdrawal: %(record)s"),
    shown=_to_be_withdrawn,
    guards_version=False,
    refusals=("future_day", "withdrawn", "not_allowed"),
)
def withdraw_consent(consent: Consent, *, day: date, how: str, by: Colleague, at: datetime) -> None:
    """End a consent; without the one to personal data the person's data is masked."""
    if not consent.active:
        raise Refused("withdrawn", _("This consent was withdrawn already."))
    _insist_on_past(day)
    if consent.purpose == PERSONAL_DATA:
        registry["contact.withdraw"].permit(by, rights_of(by))  # whoever ends it takes the data off the card
        _end_all(consent.contact, day, how, by, at)
    else:
        end(consent, day, how, by, at)


@action(
    "contact.withdraw",
    on=Contact,
    event="withdrew",
    right="steward",
    form=ServeForm,
    kind="danger",
    icon="eye-off",
    title=_l("Serve a withdrawal"),
    says=_l("%(by)s served a withdrawal of consent: %(purpose)s"),
    shown=_readable,
    refusals=("future_day", "masked"),
)
def serve_withdrawal(
    contact: Contact, *, purpose: str, day: date, how: str, by: Colleague, at: datetime
) -> None:
    """Do what a person asks who withdraws: no more advertising, or their data masked; papers stay."""
    insist_on_readable(contact)
    _insist_on_past(day)
    if purpose == PERSONAL_DATA:
        _end_all(contact, day, how, by, at)
        return
    for consent in contact.consents:
        if consent.active and consent.purpose == purpose:
            end(consent, day, how, by, at)
    opt_out(contact, None, how, by, at)
    stamp_change(contact, by, at)


def _end_all(contact: Contact, day: date, how: str, by: Colleague, at: datetime) -> None:
    for consent in contact.consents:
        if consent.active:
            end(consent, day, how, by, at)
    mask(contact, by, at)


def _insist_on_past(day: date) -> None:
    if day > current_space().today():
        raise Refused("future_day", _("This day is still to come: give the day on which it happened."))


def _insist_on_text(purpose: str, code: str, day: date) -> None:
    """Refuse a text of the other purpose, and one that was not in force on the day."""
    company = current_space().company
    text = next((one for one in company.consent_texts if one.code == code), None)
    if text is None or text.purpose != purpose:
        raise Refused(
            "wrong_text",
            _("This text is for another purpose: consent to personal data is no consent to advertising."),
        )
    right = text_on(purpose, day)
    if right is None or right.code != code:
        title = right.title[company.language] if right else "—"
        raise Refused(
            "wrong_version",
            _("On that day another text was in force: %(text)s. Choose that one.", text=title),
        )
