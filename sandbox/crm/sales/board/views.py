"""The board, and the cards that a column loads on demand."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask_babel import gettext as _

from sandbox.crm.communications.queries import lights
from sandbox.crm.lists import tabs
from sandbox.crm.sales.board.queries import CARDS, DROPS, board_columns, more_of
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.looks import asked_pipeline, ways_to_look
from sandbox.crm.sales.needs import missing_in
from sandbox.ledger.offers import address_of, offer_to_create
from sandbox.ledger.perform import may
from sandbox.ledger.registry import registry
from sandbox.spaces import current_space
from sandbox.spaces.access import in_space, works_here
from sandbox.web.access import allow
from sandbox.web.respond import fragment, page

blueprint = Blueprint("board", __name__, url_prefix="/s/<int:space>")


@blueprint.get("/deals/board")
@allow(in_space)
def board(space: int) -> Response:
    """The deals of a pipeline by stage; of the closed ones those of this month."""
    pipeline, pipelines = asked_pipeline()
    columns = board_columns(pipeline)
    opened = [column for column in columns if column.stage.is_open]
    cards = [deal for column in columns for deal in column.cards]
    several = {"pipeline": pipeline.code} if len(pipelines) > 1 and "pipeline" in request.args else {}
    return page(
        "sales/board/board.html",
        columns=columns,
        count=sum(column.count for column in opened),
        amount=sum((column.amount for column in opened), start=0),
        weighted=sum(column.amount * column.stage.probability / 100 for column in opened),
        create=offer_to_create("deal.create"),
        tabs=tabs((_("All open"), several), (_("My open"), {**several, "owner": "me"})),
        pipelines=[
            {
                "label": one.title,
                "url": url_for("board.board", space=space, pipeline=one.code),
                "active": one is pipeline,
            }
            for one in pipelines
        ],
        views=ways_to_look("board"),
        back=_back(),
        **_for_cards(cards),
    )


@blueprint.get("/deals/board/cards")
@allow(in_space)
def cards(space: int) -> Response:
    """More cards of a column, after those that are there."""
    pipeline, _all = asked_pipeline()
    asked = request.args.get("stage")
    stage = next((one for one in pipeline.stages if one.code == asked), pipeline.stages[0])
    after = min(max(0, request.args.get("after", CARDS, type=int)), 100_000)
    found, left = more_of(stage, after)
    return fragment(
        "sales/board/cards.html",
        stage=stage,
        found=found,
        left=left,
        after=after + len(found),
        back=_back(),
        **_for_cards(found),
    )


def _for_cards(cards: list[Deal]) -> dict[str, Any]:
    """What every card needs to be drawn: its light, and where it may go."""
    moves = {kind: _may(code) for kind, code in DROPS.items()}
    return {
        "lights": lights(cards),
        "may": moves,
        "missing": missing_in,
        "drop_address": lambda deal, code: address_of(registry[code], deal),
        "drops": DROPS,
        "today": current_space().today(),
    }


def _back() -> str:
    """The board as it is looked at, to come back to."""
    kept: dict[str, Any] = {
        name: request.args[name] for name in ("owner", "q", "pipeline") if name in request.args
    }
    return url_for("board.board", space=current_space().id, **kept)


def _may(code: str) -> bool:
    return g.colleague is not None and works_here() and may(g.colleague, registry[code])
