"""Campaigns as lists ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import Select, func
from sqlalchemy.orm import joinedload

from sandbox.crm.communications.timeline import Story
from sandbox.crm.lists import Column, Listed, choices, code_filter, listed, owner_filter
from sandbox.crm.marketing.campaigns.models import Campaign, CampaignCost
from sandbox.crm.marketing.campaigns.words import campaign_states
from sandbox.crm.places import lists
from sandbox.extensions import db
from sandbox.spaces import every

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Sums:
    """What campaigns may cost together, and what they did cost."""

    budget: Decimal
    cost: Decimal


@lists(Campaign)
def list_campaigns() -> Listed:
    """The page of campaigns that the address asks for, the latest first, with budgets and costs summed."""
    columns = (
        Column(_("Campaign"), "title", Campaign.sort_key),
        Column(_("State"), "status", Campaign.status),
        Column(_("Type"), "type", Campaign.type, css="minor"),
        Column(_("First day"), "begins", Campaign.begins_on, css="minor"),
        Column(_("Last day"), "ends", Campaign.ends_on, css="last"),
        Column(_("Budget"), "budget", Campaign.budget, num=True, css="aside"),
        Column(_("Cost"), "cost", Campaign.cost, num=True),
        Column(_("Owner"), css="last"),
    )
    filters = (
        owner_filter(Campaign, g.colleague),
        code_filter("status", _("State"), Campaign.status, campaign_states()),
        code_filter("type", _("Type"), Campaign.type, choices("campaign_types")),
    )
    return listed(
        every(Campaign),
        Campaign,
        columns=columns,
        filters=filters,
        sort="-begins",
        options=(joinedload(Campaign.owner),),
        totals=_sums,
    )


def told_of_costs(record: Any) -> Story | None:
    """What a campaign's story tells of its costs, besides that they were entered."""
    if not isinstance(record, Campaign):
        return None
    return Story(CampaignCost, [cost.n for cost in record.costs], ("campaign_cost.edited",))


def _sums(query: Select[Any]) -> tuple[int, Sums]:
    row = db.session.execute(
        query.with_only_columns(
            func.count(), func.sum(Campaign.budget), func.sum(Campaign.cost), maintain_column_froms=True
        )
    ).one()
    return row[0], Sums(row[1] or NOTHING, row[2] or NOTHING)
