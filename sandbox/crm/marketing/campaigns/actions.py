"""How a campaign is planned, run and ended."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.marketing.campaigns.forms import CampaignForm, CancelForm, CreateCampaignForm
from sandbox.crm.marketing.campaigns.models import CANCELLED, FINISHED, PLANNED, RUNNING, Campaign
from sandbox.crm.marketing.campaigns.rules import insist_on_order, insist_on_standing, right_tag
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.crm.references import insist_on_unused
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague, current_space

CARD = ("no_tag", "bad_tag", "tag_taken", "ends_before")


@action(
    "campaign.create",
    makes=Campaign,
    event="created",
    right="market",
    form=CreateCampaignForm,
    icon="speakerphone",
    title=_l("New campaign"),
    submit=_l("Create campaign"),
    says=_l("%(by)s planned the campaign %(record)s"),
    refusals=CARD,
)
def create_campaign(
    *, name: str, tag: str | None = None, by: Colleague, at: datetime, **fields: Any
) -> Campaign:
    """Plan a campaign with its days, its budget and the one source tag by which its leads are known."""
    campaign = Campaign(name=name, tag=right_tag(tag, name), status=PLANNED, cost=Decimal(0))
    _fill(campaign, fields)
    stamp_new(campaign, by, at)
    db.session.add(campaign)
    db.session.flush()
    return campaign


@action(
    "campaign.edit",
    on=Campaign,
    event="edited",
    right="market",
    form=CampaignForm,
    icon="edit",
    title=_l("Edit"),
    submit=_l("Save"),
    says=_l("%(by)s edited the campaign %(record)s"),
    shown=lambda campaign: campaign.deleted_at is None and campaign.status != CANCELLED,
    refusals=(*CARD, "cancelled", "tag_in_use"),
)
def edit_campaign(
    campaign: Campaign, *, name: str, tag: str | None = None, by: Colleague, at: datetime, **fields: Any
) -> None:
    """Change a campaign's card; its tag stays once links with it are out."""
    insist_on_standing(campaign)
    kept = right_tag(tag, name, besides=campaign)
    if kept != campaign.tag and campaign.status != PLANNED:
        raise Refused(
            "tag_in_use",
            _("Links with the tag %(tag)s are out already, so it stays as it is.", tag=campaign.tag),
        )
    campaign.name, campaign.tag = name, kept
    _fill(campaign, fields)
    stamp_change(campaign, by, at)


@action(
    "campaign.start",
    on=Campaign,
    event="started",
    right="market",
    icon="player-play",
    title=_l("Start"),
    says=_l("%(by)s started the campaign %(record)s"),
    shown=lambda campaign: campaign.status == PLANNED,
    refusals=("not_planned", "no_days", "no_budget", "over_already"),
)
def start_campaign(campaign: Campaign, *, by: Colleague, at: datetime) -> None:
    """Let a campaign run that has its days and its budget."""
    if campaign.status != PLANNED:
        raise Refused("not_planned", _("Only a planned campaign can be started."))
    if campaign.begins_on is None or campaign.ends_on is None:
        raise Refused("no_days", _("A campaign has a first and a last day. Fill them in."))
    if not campaign.budget:
        raise Refused("no_budget", _("A campaign runs on a budget. Fill it in."))
    if campaign.ends_on < at.astimezone(current_space().zone).date():
        raise Refused("over_already", _("Its last day has passed. Change the days first."))
    campaign.status = RUNNING
    stamp_change(campaign, by, at)


@action(
    "campaign.finish",
    on=Campaign,
    event="finished",
    right="market",
    icon="flag",
    title=_l("Finish"),
    says=_l("%(by)s finished the campaign %(record)s"),
    shown=lambda campaign: campaign.status == RUNNING,
    refusals=("not_running",),
)
def finish_campaign(campaign: Campaign, *, by: Colleague, at: datetime) -> None:
    """End a campaign; its leads and deals go on, and its last costs can still be entered."""
    if campaign.status != RUNNING:
        raise Refused("not_running", _("Only a running campaign can be finished."))
    campaign.status = FINISHED
    stamp_change(campaign, by, at)


@action(
    "campaign.cancel",
    on=Campaign,
    event="cancelled",
    right="market",
    form=CancelForm,
    kind="danger",
    icon="ban",
    title=_l("Call off"),
    says=_l("%(by)s called off the campaign %(record)s: %(note)s"),
    shown=lambda campaign: campaign.is_open,
    refusals=("not_open",),
)
def cancel_campaign(campaign: Campaign, *, note: str, by: Colleague, at: datetime) -> None:
    """Call off a campaign that is planned or running, and say why."""
    if not campaign.is_open:
        raise Refused("not_open", _("This campaign is over already."))
    campaign.status = CANCELLED
    stamp_change(campaign, by, at)


def _fill(campaign: Campaign, fields: dict[str, Any]) -> None:
    insist_on_order(fields.get("begins_on"), fields.get("ends_on"))
    for name, value in fields.items():
        if not (name == "owner" and value is None):
            setattr(campaign, name, value)


can_be_put_away(
    Campaign,
    right="market",
    deleted=_l("%(by)s deleted the campaign %(record)s"),
    restored=_l("%(by)s restored the campaign %(record)s"),
    insist=insist_on_unused,
    refusals=("in_use",),
)
