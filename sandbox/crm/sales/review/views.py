"""The page of the weekly review."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, url_for

from sandbox.crm.communications.queries import lights
from sandbox.crm.sales.attention import flag_words
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.looks import asked_pipeline, ways_to_look
from sandbox.crm.sales.review.queries import SHOWN, needing_a_hand, review_of
from sandbox.ledger.offers import Offer, offers_for
from sandbox.spaces import current_space
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import page

blueprint = Blueprint("review", __name__, url_prefix="/s/<int:space>")
ACTS = ("deal.set_next_step", "call.log", "deal.edit", "deal.move", "deal.lose")


@blueprint.get("/deals/review")
@allow(in_space)
def review(space: int) -> Response:
    """What the open deals are worth by stage, owner and month, and those that ask for a hand."""
    pipeline, pipelines = asked_pipeline()
    found = review_of(pipeline)
    groups = [(flag, words, needing_a_hand(pipeline, flag)) for flag, words in flag_words()]
    deals = {deal.id: deal for _flag, _words, rows in groups for deal in rows}
    here = url_for("review.review", space=space, pipeline=pipeline.code if len(pipelines) > 1 else None)
    now = current_space().now()
    return page(
        "sales/review/review.html",
        found=found,
        groups=groups,
        lights=lights(list(deals.values())),
        buttons={key: _buttons(deal, here) for key, deal in deals.items()},
        flags=flag_words(),
        days={key: (now - deal.stage_since).days for key, deal in deals.items()},
        stale_days=current_space().company.rules.stale_deal_days,
        shown=SHOWN,
        link=lambda **asked: _link(space, pipeline.code if len(pipelines) > 1 else None, asked),
        pipelines=[
            {
                "label": one.title,
                "url": url_for("review.review", space=space, pipeline=one.code),
                "active": one is pipeline,
            }
            for one in pipelines
        ],
        views=ways_to_look("review"),
        today=current_space().today(),
    )


def _link(space: int, pipeline: str | None, asked: dict[str, Any]) -> str:
    """The list of exactly the deals that a figure counts."""
    return url_for("sales.deals", space=space, status="open", pipeline=pipeline, **asked)


def _buttons(deal: Deal, here: str) -> list[Offer]:
    """What a head does about a deal from here, leading back to the review."""
    offers = {one.code: one for one in offers_for(deal)}
    known = [offers[code] for code in ACTS if code in offers]
    return [replace(one, url=f"{one.url}?return_to={here}") for one in known]
