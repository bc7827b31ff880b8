"""From a figure to the list of exactly the records that it counts."""

from __future__ import annotations

from typing import Any

from flask import url_for

from sandbox.crm.attribution import FILTERS
from sandbox.crm.marketing.campaigns.models import Campaign
from sandbox.spaces import current_space

LEADS, WORTHY, DEALS, WON = "leads", "qualified", "deals", "won"
ANY, ALL = "any", "all"


def link_to(what: str, of: Campaign | str | None, touch: str) -> str:
    """The leads or deals of a campaign, of `ANY`, of none (None), or `ALL`, without our own tests."""
    asked: dict[str, Any] = {"tests": "without"}
    if isinstance(of, Campaign):
        asked[FILTERS[touch]] = of.tag
    elif of != ALL:
        asked[FILTERS[touch]] = of or "none"
    if what == WORTHY:
        asked["status"] = ["qualified", "converted"]
    elif what == WON:
        asked["status"] = "won"
    kind = "deals" if what in (DEALS, WON) else "leads"
    return url_for(f"sales.{kind}", space=current_space().id, **asked)
