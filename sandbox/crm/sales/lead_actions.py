"""What may be done with a lead."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.attribution import credit
from sandbox.crm.customers.cleaning import clean_email, clean_phone
from sandbox.crm.customers.models import Company
from sandbox.crm.own_fields import take_own
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.crm.sales.conversion import convert
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.lead_duplicates import warn_of_lead
from sandbox.crm.sales.lead_forms import ConvertForm, CreateLeadForm, LeadForm, QualifyForm, RejectForm
from sandbox.crm.sales.leads import CONVERTED, IN_WORK, NEW, QUALIFIED, REJECTED, Lead
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, current_space


def make_lead(*, by: Colleague | None, at: datetime, **fields: Any) -> Lead:
    """A new lead from its fields, cleaned; joins the running action."""
    lead = Lead(status=NEW)
    _fill(lead, fields)
    stamp_new(lead, by, at)
    db.session.add(lead)
    db.session.flush()
    return lead


def change_lead(lead: Lead, *, by: Colleague, at: datetime, **fields: Any) -> None:
    """Change what is known of an open lead; joins the running action."""
    _insist_on_open(lead)
    _fill(lead, fields)
    stamp_change(lead, by, at)


@action(
    "lead.create",
    makes=Lead,
    event="created",
    right="sell",
    form=CreateLeadForm,
    icon="user-question",
    title=_l("New lead"),
    submit=_l("Create lead"),
    says=_l("%(by)s added the lead %(record)s"),
    refusals=("duplicate", "bad_phone"),
)
def create_lead(*, anyway: bool = False, by: Colleague, at: datetime, **fields: Any) -> Lead:
    """Take down a request, after a look at whether it is being worked on already."""
    if not anyway:
        warn_of_lead(fields.get("name"), clean_phone(fields.get("phone")), clean_email(fields.get("email")))
    return make_lead(by=by, at=at, **fields)


@action(
    "lead.edit",
    on=Lead,
    event="edited",
    right="sell",
    form=LeadForm,
    icon="edit",
    title=_l("Edit"),
    submit=_l("Save"),
    says=_l("%(by)s edited the lead %(record)s"),
    shown=lambda lead: lead.is_open,
    refusals=("not_open", "bad_phone"),
)
def edit_lead(lead: Lead, *, by: Colleague, at: datetime, **fields: Any) -> None:
    """Change what is known of a lead."""
    change_lead(lead, by=by, at=at, **fields)


@action(
    "lead.take",
    on=Lead,
    event="taken",
    right="sell",
    icon="hand-grab",
    title=_l("Take into work"),
    says=_l("%(by)s took the lead %(record)s"),
    shown=lambda lead: lead.status == NEW,
    refusals=("not_new",),
)
def take_lead(lead: Lead, *, by: Colleague, at: datetime) -> None:
    """Take a new lead: it is one's own and in work."""
    if lead.status != NEW:
        raise Refused("not_new", _("Somebody works on this lead already. Choose a new one."))
    lead.status = IN_WORK
    lead.owner = by
    stamp_change(lead, by, at)


@action(
    "lead.qualify",
    on=Lead,
    event="qualified",
    right="sell",
    form=QualifyForm,
    icon="user-check",
    title=_l("Qualify"),
    says=_l("%(by)s qualified the lead %(record)s"),
    shown=lambda lead: lead.status in (NEW, IN_WORK),
    refusals=("not_open", "already_qualified"),
)
def qualify_lead(
    lead: Lead, *, need: str, budget: Decimal | None = None, by: Colleague, at: datetime
) -> None:
    """Write down the need and the budget: there may be a deal in it."""
    _insist_on_open(lead)
    if lead.status == QUALIFIED:
        raise Refused("already_qualified", _("This lead is qualified. Convert it, or reject it."))
    lead.need = need
    if budget is not None:
        lead.budget = budget
    lead.status = QUALIFIED
    stamp_change(lead, by, at)


@action(
    "lead.reject",
    on=Lead,
    event="rejected",
    right="sell",
    form=RejectForm,
    kind="danger",
    icon="user-x",
    title=_l("Reject"),
    says=_l("%(by)s rejected the lead %(record)s: %(reason)s"),
    shown=lambda lead: lead.is_open,
    refusals=("not_open", "no_note"),
)
def reject_lead(lead: Lead, *, reason: str, note: str | None = None, by: Colleague, at: datetime) -> None:
    """Turn a lead down with a reason of the list."""
    _insist_on_open(lead)
    entry = current_space().company.entry("reject_reasons", reason)
    if entry is not None and entry.needs_note and not note:
        raise Refused(
            "no_note", _("This reason needs a note. Say in a sentence what happened."), field="note"
        )
    lead.status = REJECTED
    lead.reject_reason = reason
    lead.reject_note = note
    stamp_change(lead, by, at)


@action(
    "lead.convert",
    on=Lead,
    makes=Deal,
    event="converted",
    right="sell",
    form=ConvertForm,
    icon="arrows-exchange",
    title=_l("Convert"),
    says=_l("%(by)s converted the lead %(record)s into a deal"),
    shown=lambda lead: lead.status == QUALIFIED,
    refusals=("not_qualified", "already_converted"),
    opens_made=True,
)
def convert_lead(
    lead: Lead,
    *,
    company: Company | None = None,
    title: str | None = None,
    amount: Decimal | None = None,
    by: Colleague,
    at: datetime,
) -> Deal:
    """Make one company, contact and deal of a qualified lead; what is here already is linked."""
    if lead.status == CONVERTED:
        raise Refused("already_converted", _("This lead is converted. Open its deal and work there."))
    if lead.status != QUALIFIED:
        raise Refused("not_qualified", _("Only a qualified lead is converted. Qualify it first."))
    deal = convert(lead, company=company, title=title, amount=amount, by=by, at=at)
    lead.status = CONVERTED
    stamp_change(lead, by, at)
    db.session.flush()
    tell(
        deal={"type": "deal", "n": deal.n, "title": deal.title},
        made_company=company is None and lead.company is not None and lead.company.created_at == at,
    )
    return deal


def _insist_on_unconverted(lead: Lead) -> None:
    if lead.status == CONVERTED:
        raise Refused("already_converted", _("This lead is converted. Open its deal and work there."))


can_be_put_away(
    Lead,
    right="sell",
    deleted=_l("%(by)s deleted the lead %(record)s"),
    restored=_l("%(by)s restored the lead %(record)s"),
    shown=lambda lead: lead.status != CONVERTED,
    insist=_insist_on_unconverted,
    refusals=("already_converted",),
)


def _fill(lead: Lead, fields: dict[str, Any]) -> None:
    for name, value in take_own(lead, fields).items():
        if name == "owner" and value is None:
            continue
        if name == "campaign":
            credit(lead, value)
            continue
        clean = {"phone": clean_phone, "email": clean_email}.get(name)
        setattr(lead, name, clean(value) if clean else value)


def _insist_on_open(lead: Lead) -> None:
    if lead.status == CONVERTED:
        raise Refused("not_open", _("This lead is converted. Open its deal and work there."))
    if lead.status == REJECTED:
        raise Refused("not_open", _("This lead was rejected. Take down a new one if they asked again."))
