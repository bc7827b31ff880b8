"""What every change of a campaign has to keep: one tag for one campaign, days in order, costs above zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from sandbox.crm.marketing.campaigns.models import Campaign
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import fold
from sandbox.kernel.slugs import slug
from sandbox.spaces import current_space, every, first

_SPELLED_BY = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
_SHORT = 44


def right_tag(typed: str | None, name: str, *, besides: Campaign | None = None) -> str:
    """The tag as it is kept; refused without one, in a wrong spelling or when another campaign has it."""
    tag = fold(typed)
    if not tag:
        raise Refused(
            "no_tag",
            _(
                "Give the campaign a source tag: without it nobody knows where its leads come from. "
                "Still free is, for instance, %(tag)s.",
                tag=free_tag(name),
            ),
            field="tag",
        )
    if not set(tag) <= _SPELLED_BY:
        raise Refused(
            "bad_tag",
            _(
                "A source tag stands in links: Latin letters, digits, hyphens and underscores only, "
                "such as %(tag)s.",
                tag=free_tag(typed or name),
            ),
            field="tag",
        )
    holder = campaign_by_tag(tag, even_deleted=True)
    if holder is not None and holder is not besides:
        raise Refused(
            "tag_taken",
            _(
                "The campaign “%(campaign)s” has this source tag already: their leads would be mixed up. "
                "Still free is %(tag)s.",
                campaign=holder.title,
                tag=free_tag(tag),
            ),
            field="tag",
        )
    return tag


def free_tag(name: str) -> str:
    """A tag made of a name that no campaign has."""
    year = current_space().today().year
    stem = slug(name, _SHORT) or "campaign"
    stem = stem if str(year) in stem else f"{stem}-{year}"
    taken = set(db.session.scalars(every(Campaign, deleted=True).with_only_columns(Campaign.tag)))
    number, tag = 2, stem
    while tag in taken:
        tag, number = f"{stem}-{number}", number + 1
    return tag


def campaign_by_tag(tag: str | None, *, even_deleted: bool = False) -> Campaign | None:
    """The campaign that a source tag belongs to, in whatever case it was typed."""
    kept = fold(tag)
    return first(every(Campaign, deleted=even_deleted).where(Campaign.tag == kept)) if kept else None


def insist_on_order(begins_on: date | None, ends_on: date | None) -> None:
    """Refuse a last day before the first one."""
    if begins_on is not None and ends_on is not None and ends_on < begins_on:
        raise Refused(
            "ends_before", _("The last day comes before the first one. Change one of them."), field="ends_on"
        )


def insist_on_amount(amount: Decimal) -> None:
    """Refuse a cost of nothing."""
    if amount <= 0:
        raise Refused("no_amount", _("A cost is above zero. Fill it in."), field="amount")


def insist_on_past(day: date) -> None:
    """Refuse to enter what will only be spent: that is what the expected cost is for."""
    if day > current_space().today():
        raise Refused(
            "future_day",
            _("This day is still to come: enter a cost once the money is spent, or owed."),
            field="day",
        )


def insist_on_standing(campaign: Campaign) -> None:
    """Refuse changes of a campaign that was called off."""
    if campaign.status == "cancelled":
        raise Refused("cancelled", _("This campaign was called off. Plan a new one."))
