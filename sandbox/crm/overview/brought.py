"""Campaigns: what they cost and what they brought, those that brought most first."""

from __future__ import annotations

from typing import Any

from sandbox.crm.attribution import usual_touch
from sandbox.crm.marketing.results.queries import results_by
from sandbox.crm.overview.cards import Card, link_to
from sandbox.spaces import Colleague

SHOWN = 5


def look(_me: Colleague) -> dict[str, Any] | None:
    """The campaigns with their leads, their cost and what was won."""
    found = results_by(usual_touch())
    lines = [line for line in found.lines if not line.is_empty]
    if not lines:
        return None
    lines.sort(key=lambda line: (line.harvest.won_sum, line.harvest.leads), reverse=True)
    shown = lines[:SHOWN]
    return {
        "lines": shown,
        "whole": found.campaigns,
        "most": max(max(line.cost or 0, line.harvest.won_sum) for line in shown),
        "more": link_to("results.results"),
    }


CARD = Card("brought", frozenset({"market"}), look, wide=True)
