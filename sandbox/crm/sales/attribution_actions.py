"""What marketing may do with a lead: say where it came from, and take its own tests out of the figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.attribution import credit
from sandbox.crm.record import stamp_change
from sandbox.crm.sales.leads import Lead
from sandbox.kernel.errors import Refused
from sandbox.ledger import ActionForm, action
from sandbox.ledger.fields import RecordField
from sandbox.spaces import Colleague


class CreditForm(ActionForm):
    """The campaign that brought the lead."""

    prefills = True

    campaign = RecordField(_l("Campaign"), "campaign", required=True)


@action(
    "lead.credit",
    on=Lead,
    event="credited",
    right="market",
    form=CreditForm,
    icon="speakerphone",
    title=_l("Credit to a campaign"),
    says=_l("%(by)s credited the lead %(record)s to the campaign %(campaign)s"),
    shown=lambda lead: lead.deleted_at is None,
    refusals=("before_campaign",),
)
def credit_lead(lead: Lead, *, campaign: Any, by: Colleague, at: datetime) -> None:
    """Say which campaign brought a lead; the deal that came of it follows."""
    if campaign.begins_on is not None and lead.created_at.date() < campaign.begins_on:
        raise Refused(
            "before_campaign",
            _("This lead asked before the campaign began: it cannot have come by it. Choose another one."),
        )
    was = lead.campaign
    credit(lead, campaign)
    stamp_change(lead, by, at)
    if lead.deal is not None and lead.deal.campaign in (None, was):
        credit(lead.deal, campaign)
        stamp_change(lead.deal, by, at)


@action(
    "lead.mark_test",
    on=Lead,
    event="marked_test",
    right="market",
    icon="flask",
    title=_l("It is our own test"),
    says=_l("%(by)s marked the lead %(record)s as a test"),
    shown=lambda lead: lead.deleted_at is None and not lead.is_test,
    refusals=("is_test",),
)
def mark_test(lead: Lead, *, by: Colleague, at: datetime) -> None:
    """Take a lead that we sent ourselves, to try a form or a link, out of all results."""
    if lead.is_test:
        raise Refused("is_test", _("This lead is marked as a test already."))
    lead.is_test = True
    stamp_change(lead, by, at)


@action(
    "lead.unmark_test",
    on=Lead,
    event="unmarked_test",
    right="market",
    icon="flask-off",
    title=_l("It is no test"),
    says=_l("%(by)s marked the lead %(record)s as a real one"),
    shown=lambda lead: lead.deleted_at is None and bool(lead.is_test),
    refusals=("is_no_test",),
)
def unmark_test(lead: Lead, *, by: Colleague, at: datetime) -> None:
    """Put a lead back among the results."""
    if not lead.is_test:
        raise Refused("is_no_test", _("This lead is no test."))
    lead.is_test = False
    stamp_change(lead, by, at)
