"""Campaigns as lists ask for them."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import joinedload

from sandbox.crm.columns import (
    Column,
    badge_column,
    code_column,
    day_column,
    money_column,
    person_column,
    title_column,
)
from sandbox.crm.communications.timeline import Story
from sandbox.crm.lists import Listed, choices, code_filter, listed, owner_filter
from sandbox.crm.marketing.campaigns.models import Campaign, CampaignCost
from sandbox.crm.marketing.campaigns.words import BADGES, campaign_states
from sandbox.crm.places import lists
from sandbox.crm.putting_away import among
from sandbox.spaces import current_space
from sandbox.web.formatting import money


@lists(Campaign)
def list_campaigns() -> Listed:
    """The page of campaigns that the address asks for, the latest first, with budgets and costs summed."""
    states, today = dict(campaign_states()), current_space().today()
    late = (_("last day has passed"), "warn", "clock-off")
    columns = (
        title_column(_("Campaign"), Campaign, sub=lambda one: one.tag),
        badge_column(
            _("State"),
            "status",
            Campaign.status,
            lambda one: (states[one.status], *BADGES[one.status]),
            also=lambda one: late if one.is_overdue(today) else None,
        ),
        code_column(_("Type"), "type", Campaign.type, choices("campaign_types"), css="minor"),
        day_column(_("First day"), "begins", "begins_on", Campaign.begins_on, css="minor nowrap"),
        day_column(_("Last day"), "ends", "ends_on", Campaign.ends_on, css="last nowrap"),
        money_column(_("Budget"), "budget", Campaign.budget, css="aside"),
        _cost_column(),
        person_column(_("Owner"), css="last"),
    )
    filters = (
        owner_filter(Campaign, g.colleague),
        code_filter("status", _("State"), Campaign.status, campaign_states()),
        code_filter("type", _("Type"), Campaign.type, choices("campaign_types")),
    )
    return listed(
        among(Campaign),
        Campaign,
        columns=columns,
        filters=filters,
        sort="-begins",
        options=(joinedload(Campaign.owner),),
    )


def _cost_column() -> Column:
    """What a campaign has cost, red where that is above its budget."""
    above = Markup('<span class="is-bad">{}<span class="sr-only"> {}</span></span>')

    def cell(one: Campaign) -> Any:
        cost = money(one.cost)
        return above.format(cost, _("above the budget")) if one.over_budget else cost

    return Column(
        _("Cost"), "cost", Campaign.cost, num=True, cell=cell, value=lambda one: one.cost, sums=Campaign.cost
    )


def told_of_costs(record: Any) -> Story | None:
    """What a campaign's story tells of its costs, besides that they were entered."""
    if not isinstance(record, Campaign):
        return None
    return Story(CampaignCost, [cost.n for cost in record.costs], ("campaign_cost.edited",))
