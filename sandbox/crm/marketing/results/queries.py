"""The lines of the results: one a campaign, one for what no campaign is credited with, and all together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select

from sandbox.crm.attribution import Harvest, harvests_of
from sandbox.crm.marketing.campaigns.models import Campaign
from sandbox.crm.marketing.results.formulas import per_piece, return_on_investment, share
from sandbox.extensions import db
from sandbox.spaces import current_space, every

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Line:
    """What came of a campaign and what it cost; `cost` is None without a campaign."""

    campaign: Campaign | None
    harvest: Harvest
    cost: Decimal | None
    margin: Decimal

    @property
    def cost_per_lead(self) -> Decimal | None:
        """What a lead cost."""
        return per_piece(self.cost, self.harvest.leads) if self.cost is not None else None

    @property
    def cost_per_won(self) -> Decimal | None:
        """What a won deal cost."""
        return per_piece(self.cost, self.harvest.won) if self.cost is not None else None

    @property
    def roi(self) -> Decimal | None:
        """What came back, as a share of what was spent."""
        if self.cost is None:
            return None
        return return_on_investment(self.harvest.won_sum, self.cost, self.margin)

    @property
    def quality(self) -> Decimal | None:
        """How many of the leads are worth a deal."""
        return share(self.harvest.qualified, self.harvest.leads)

    @property
    def is_empty(self) -> bool:
        """Whether nothing came and nothing was spent."""
        return not (self.harvest.leads or self.harvest.deals or self.cost)


@dataclass(frozen=True)
class Results:
    """The lines of the campaigns, all of them together, what none of them brought, and everything."""

    lines: list[Line]
    campaigns: Line
    without: Line
    whole: Line


def results_by(touch: str) -> Results:
    """What came of all campaigns, the latest first, by the first or the last touch; in three questions."""
    margin = current_space().company.campaigns.margin
    found = _harvests(touch)
    lines = [
        Line(one, found.pop(one.id, Harvest(one.id)), one.cost, margin)
        for one in db.session.scalars(_in_order())
    ]
    together = _together(line.harvest for line in lines)
    cost = sum((line.cost or NOTHING for line in lines), start=NOTHING)
    # what is credited to a campaign that was put away belongs to none that is shown
    rest = _together(found.values())
    return Results(
        lines,
        Line(None, together, cost, margin),
        Line(None, rest, None, margin),
        Line(None, _together((together, rest)), None, margin),
    )


def result_of(campaign: Campaign, touch: str) -> Line:
    """What came of one campaign."""
    harvest = _harvests(touch).get(campaign.id, Harvest(campaign.id))
    return Line(campaign, harvest, campaign.cost, current_space().company.campaigns.margin)


def _harvests(touch: str) -> dict[int | None, Harvest]:
    return {one.campaign_id: one for one in harvests_of.ask(touch)}


def _in_order() -> Select[Campaign]:
    return every(Campaign).order_by(Campaign.begins_on.desc().nulls_last(), Campaign.id.desc())


def _together(harvests: Iterable[Harvest]) -> Harvest:
    known = list(harvests)
    return Harvest(
        None,
        leads=sum(one.leads for one in known),
        qualified=sum(one.qualified for one in known),
        deals=sum(one.deals for one in known),
        open_deals=sum(one.open_deals for one in known),
        won=sum(one.won for one in known),
        won_sum=sum((one.won_sum for one in known), start=NOTHING),
    )
