"""What is spent on a campaign, line by line."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from sandbox.crm.marketing.campaigns.forms import AddCostForm, CostForm
from sandbox.crm.marketing.campaigns.models import Campaign, CampaignCost
from sandbox.crm.marketing.campaigns.rules import insist_on_amount, insist_on_past
from sandbox.crm.record import stamp_change
from sandbox.ledger import action
from sandbox.spaces import Colleague


@action(
    "campaign.add_cost",
    on=Campaign,
    event="cost_added",
    right="market",
    form=AddCostForm,
    icon="receipt",
    title=_l("Add a cost"),
    says=_l("%(by)s entered %(amount)s for %(what)s in the campaign %(record)s"),
    shown=lambda campaign: campaign.deleted_at is None,
    guards_version=False,
    refusals=("no_amount", "future_day"),
)
def add_cost(
    campaign: Campaign, *, day: date, kind: str, what: str, amount: Decimal, by: Colleague, at: datetime
) -> None:
    """Enter money that was spent; also of a campaign that is over, since bills come late."""
    insist_on_amount(amount)
    insist_on_past(day)
    campaign.costs.append(CampaignCost(day=day, kind=kind, what=what, amount=amount))
    campaign.add_up()
    stamp_change(campaign, by, at)


@action(
    "campaign_cost.edit",
    on=CampaignCost,
    event="edited",
    right="market",
    form=CostForm,
    icon="edit",
    title=_l("Change the cost"),
    says=_l("%(by)s changed the cost %(record)s"),
    refusals=("no_amount", "future_day"),
)
def edit_cost(
    cost: CampaignCost, *, day: date, kind: str, what: str, amount: Decimal, by: Colleague, at: datetime
) -> None:
    """Correct a line."""
    insist_on_amount(amount)
    insist_on_past(day)
    cost.day, cost.kind, cost.what, cost.amount = day, kind, what, amount
    cost.campaign.add_up()
    stamp_change(cost.campaign, by, at)


@action(
    "campaign_cost.remove",
    on=CampaignCost,
    event="removed",
    right="market",
    icon="trash",
    kind="danger",
    title=_l("Remove the cost"),
    says=_l("%(by)s removed the cost %(record)s"),
)
def remove_cost(cost: CampaignCost, *, by: Colleague, at: datetime) -> Campaign:
    """Take a line out that was entered by mistake."""
    campaign = cost.campaign
    campaign.costs.remove(cost)
    campaign.add_up()
    stamp_change(campaign, by, at)
    return campaign
