"""What a visitor sends by a web form: looked up among who is here, and given to sales as a lead."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_

from sandbox.crm.attribution import touched_again
from sandbox.crm.customers.addresses import EMAIL, of_kind
from sandbox.crm.customers.cleaning import clean_email, clean_identifier
from sandbox.crm.customers.consents import ADVERTISING, PERSONAL_DATA, Consent
from sandbox.crm.customers.contacts import make_contact
from sandbox.crm.customers.duplicates import Card, same_company, same_contact
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.customers.names import name_parts
from sandbox.crm.marketing.campaigns.rules import campaign_by_tag
from sandbox.crm.marketing.web_forms.forms import SendForm
from sandbox.crm.marketing.web_forms.models import FIELDS, Submission, WebForm
from sandbox.crm.marketing.web_forms.routing import owner_for
from sandbox.crm.marketing.web_forms.rules import faults_of_sent, is_spam
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.crm.sales.lead_actions import make_lead
from sandbox.crm.sales.leads import OPEN_STATUSES, Lead
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, current_space, every, first

BY_FORM = "web-form"
SOURCE = "website"


@action(
    "submission.send",
    makes=Submission,
    event="sent",
    right="communicate",
    form=SendForm,
    icon="forms",
    title=_l("Send the web form"),
    submit=_l("Send"),
    says=_l("A visitor sent a web form: %(record)s"),
    refusals=("not_published", "spam", "incomplete", "bad_phone"),
)
def send_web_form(
    *,
    web_form: WebForm,
    tag: str | None = None,
    website: str | None = None,
    by: Colleague,
    at: datetime,
    **sent: Any,
) -> Submission:
    """Take in what a visitor sent: no second card, each consent with its text, an owner at once."""
    if not web_form.published:
        raise Refused("not_published", _("This form is closed. Write to us or call, please."))
    if is_spam({**sent, "website": website}):
        raise Refused(
            "spam", _("This looks like an advertisement sent by a robot. Write it in your own words.")
        )
    faults = faults_of_sent(web_form, sent)
    if faults:
        raise Refused("incomplete", next(iter(faults.values())))
    kept = {name: sent[name] for name in ("name", *FIELDS) if sent.get(name)}
    contact, company = _who(kept)
    owner = owner_for(web_form, kept, contact, company)
    contact = contact or _new_contact(kept, company, owner, at)
    campaign = campaign_by_tag(tag) or web_form.campaign
    lead, is_repeat = _lead(kept, contact, company, owner, campaign, at)
    consents = _consents(web_form, sent, contact, kept.get("email"), at)
    made = Submission(
        web_form=web_form,
        lead=lead,
        contact=contact,
        company=company,
        campaign=campaign,
        routed_to=lead.owner,
        sent=kept,
        consents=consents or None,
        tag=tag,
        is_repeat=is_repeat,
    )
    stamp_new(made, None, at)
    db.session.add(made)
    db.session.flush()
    tell(lead={"type": "lead", "n": lead.n, "title": lead.title}, repeat=is_repeat)
    return made


def _who(sent: dict[str, Any]) -> tuple[Contact | None, Company | None]:
    """The person and the firm that are here: by phone or e-mail, and by INN; a name alone says nothing."""
    email = clean_email(sent.get("email"))
    contact = same_contact(Card(None, sent.get("phone"), email), None)
    if contact is not None and contact.masked_at is not None:
        contact = None  # they come anew: what they withdrew stays withdrawn
    inn = clean_identifier(sent.get("inn"))
    company = first(every(Company).where(Company.inn == inn).order_by(Company.id)) if inn else None
    company = company or (contact.company if contact is not None else None)
    return contact, company or same_company(Card(None, sent.get("phone"), email))


def _new_contact(sent: dict[str, Any], company: Company | None, owner: Any, at: datetime) -> Contact:
    parts = name_parts(sent["name"])
    return make_contact(
        first_name=parts.first,
        middle_name=parts.middle,
        last_name=parts.last,
        company=company,
        phone=sent.get("phone"),
        email=sent.get("email"),
        owner=owner,
        by=None,
        at=at,
    )


def _lead(
    sent: dict[str, Any], contact: Contact, company: Company | None, owner: Any, campaign: Any, at: datetime
) -> tuple[Lead, bool]:
    """The open lead of the same person, which they came back to, or a new one; and whether it was there."""
    phone, email = sent.get("phone"), clean_email(sent.get("email"))
    same = [Lead.contact_id == contact.id]
    same += [Lead.phone == phone] if phone else []
    same += [Lead.email == email] if email else []
    known = first(every(Lead).where(or_(*same), Lead.status.in_(OPEN_STATUSES)).order_by(Lead.id.desc()))
    if known is not None:
        if campaign is not None:
            touched_again(known, campaign)
        stamp_change(known, None, at)
        return known, True
    lead = make_lead(
        name=sent["name"],
        company_name=sent.get("company_name") or (company.name if company else None),
        phone=phone,
        email=email,
        need=sent.get("need"),
        source=SOURCE if SOURCE in current_space().company.codes("lead_sources") else None,
        campaign=campaign,
        owner=owner,
        by=None,
        at=at,
    )
    lead.contact, lead.company = contact, company
    lead.is_test = bool(email and email.endswith(f"@{current_space().company.domain}")) or None
    return lead, False


def _consents(
    web_form: WebForm, sent: dict[str, Any], contact: Contact, email: str | None, at: datetime
) -> dict[str, str]:
    """Write down each consent that was ticked, with the wording beside its box; the newer word counts."""
    texts = {PERSONAL_DATA: web_form.personal_text, ADVERTISING: web_form.advertising_text}
    given = {purpose: text for purpose, text in texts.items() if text and sent.get(purpose)}
    for purpose, text in given.items():
        address = None
        if purpose == ADVERTISING and email:
            kept = clean_email(email)
            address = next((one for one in of_kind(contact, EMAIL) if one.value == kept), None)
            if address is not None and address.opted_out:
                address.opted_out_at = address.opted_out_how = None
                stamp_change(address, None, at)
        if any(
            one.active and one.purpose == purpose and one.text == text and one.address is address
            for one in contact.consents
        ):
            continue
        made = Consent(
            contact=contact,
            address=address,
            purpose=purpose,
            text=text,
            source=BY_FORM,
            given_on=at.astimezone(current_space().zone).date(),
        )
        stamp_new(made, None, at)
        db.session.add(made)
    return given
