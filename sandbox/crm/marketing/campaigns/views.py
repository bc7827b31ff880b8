"""The pages of campaigns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from sandbox.crm.actions_on_page import laid_out
from sandbox.crm.attribution import usual_touch
from sandbox.crm.communications.timeline import stories, timeline_of
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import label
from sandbox.crm.marketing.campaigns.looks import ways_to_look
from sandbox.crm.marketing.campaigns.models import Campaign, CampaignCost
from sandbox.crm.marketing.campaigns.queries import list_campaigns, told_of_costs
from sandbox.crm.marketing.campaigns.words import BADGES, campaign_states
from sandbox.crm.marketing.results.formulas import share
from sandbox.crm.marketing.results.links import DEALS, LEADS, WON, WORTHY, link_to
from sandbox.crm.marketing.results.queries import Line, result_of
from sandbox.crm.places import kept_in_list, way_back
from sandbox.ledger.offers import Offer, offer_to_create, offers_for
from sandbox.spaces import current_space, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.formatting import weekday
from sandbox.web.respond import page, see_other

ENDS = ("campaign.finish", "campaign.cancel")

blueprint = Blueprint("campaigns", __name__, url_prefix="/s/<int:space>")
stories.append(told_of_costs)


@blueprint.get("/campaigns")
@allow(in_space)
def campaigns(space: int) -> Response:
    """All campaigns of the space."""
    found = list_campaigns()
    return list_page(
        found,
        title=_("Campaigns"),
        label=_("Views of campaigns"),
        create=offer_to_create("campaign.create"),
        looks=ways_to_look("list"),
        views=(
            (_("All campaigns"), {}),
            (_("Running campaigns"), {"status": "running"}),
            (_("Planned campaigns"), {"status": "planned"}),
            (_("Finished campaigns"), {"status": "finished"}),
        ),
        foot=ngettext("Sum of %(num)d campaign", "Sum of all %(num)d campaigns", found.total),
        empty=(
            "speakerphone",
            _("No campaigns yet"),
            _("A campaign has its days, its budget and one source tag by which its leads are known."),
        ),
    )


@blueprint.get("/campaigns/<int:n>")
@allow(in_space)
def campaign(space: int, n: int) -> Response:
    """One campaign: its tag and link, its money, and what happened."""
    one = fetch(Campaign, n, deleted=True)
    g.way_back = way_back(one)
    touch = usual_touch()
    result = result_of(one, touch)
    here = kept_in_list(url_for("campaigns.campaign", space=space, n=one.n))
    return page(
        "marketing/campaigns/campaign.html",
        record=one,
        actions=laid_out(one, ("campaign.start",), ENDS, apart=("campaign.add_cost",)),
        buttons={line.id: _buttons(line, here) for line in one.costs},
        add=next((offer for offer in offers_for(one) if offer.code == "campaign.add_cost"), None),
        facts=_facts(one),
        lines=timeline_of(one, "changes", None)[0],
        state=(dict(campaign_states())[one.status], *BADGES[one.status]),
        link=one.link(medium=_medium(one)),
        result=result,
        counted=_counted(one, result, touch),
        margin=current_space().company.campaigns.margin,
        label=label,
        today=current_space().today(),
    )


@blueprint.get("/campaign_costs/<int:n>")
@allow(in_space)
def cost(space: int, n: int) -> Response:
    """A cost is read on the page of its campaign."""
    return see_other(url_for("campaigns.campaign", space=space, n=fetch(CampaignCost, n).campaign.n))


def _counted(campaign: Campaign, line: Line, touch: str) -> list[tuple[str, int, Any, str]]:
    """The way from a lead to a won deal: words, how many, their share of the step before, and their list."""
    found = line.harvest
    steps = (
        (_("Leads"), found.leads, LEADS),
        (_("Qualified leads"), found.qualified, WORTHY),
        (_("Deals"), found.deals, DEALS),
        (_("Won deals"), found.won, WON),
    )
    before = (None, found.leads, None, found.deals)
    return [
        (words, count, share(count, whole) if whole else None, link_to(what, campaign, touch))
        for (words, count, what), whole in zip(steps, before, strict=True)
    ]


def _medium(campaign: Campaign) -> str | None:
    """What the campaign's links call the way by which people come."""
    types = current_space().company.campaigns.types
    return next((one.kind for one in types if one.code == campaign.type), None)


def _buttons(line: CampaignCost, here: str) -> list[Offer]:
    """A line's buttons, which lead back to the campaign."""
    return [replace(one, url=f"{one.url}?return_to={here}") for one in offers_for(line)]


def _facts(campaign: Campaign) -> list[tuple[str, Any]]:
    return [
        (_("Type"), label("campaign_types", campaign.type)),
        (_("First day"), weekday(campaign.begins_on)),
        (_("Last day"), weekday(campaign.ends_on)),
        (_("What it serves"), campaign.goal),
    ]
