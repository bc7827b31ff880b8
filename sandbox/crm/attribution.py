"""Which campaign a lead or a deal is credited to: what sales and marketing must both know, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sandbox.ledger import Question
from sandbox.spaces import InSpace, current_space, record_type

FIRST, LAST = "first", "last"
TOUCHES = (FIRST, LAST)
COLUMNS = {FIRST: "campaign_id", LAST: "last_campaign_id"}
FILTERS = {FIRST: "campaign", LAST: "last_campaign"}

# harvests_of.ask(touch): what came of every campaign, and of none (campaign_id None), each a Harvest
harvests_of = Question("harvests_of")


@dataclass(frozen=True)
class Harvest:
    """What is credited to a campaign, tests left out: leads, those worth a deal, deals, and their sums.

    `won_sum` is what its won deals are worth in the company's currency.
    """

    campaign_id: int | None
    leads: int = 0
    qualified: int = 0
    deals: int = 0
    open_deals: int = 0
    won: int = 0
    won_sum: Decimal = Decimal(0)


def campaign_model() -> Any:
    """The table of campaigns, for an area that may not import the one where it lives."""
    return record_type("campaign")


def usual_touch() -> str:
    """Which touch the company's file credits."""
    return current_space().company.campaigns.attribution


def credit(record: Any, campaign: InSpace | None) -> None:
    """Credit a lead or a deal: the first touch is said anew, the last one follows unless it was another."""
    if record.last_campaign is record.campaign:
        record.last_campaign = campaign
    record.campaign = campaign


def touched_again(record: Any, campaign: InSpace) -> None:
    """Somebody came once more, by this campaign: it is their last touch, and their first if they had none."""
    record.last_campaign = campaign
    record.campaign = record.campaign or campaign


def carry_over(one: Any, other: Any) -> None:
    """Give a deal the campaigns of its lead, unless it has its own."""
    if other.campaign is None:
        other.campaign, other.last_campaign = one.campaign, one.last_campaign
