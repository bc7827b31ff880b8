"""The page itself: the cards of whoever one plays here."""

from __future__ import annotations

from flask import Blueprint, Response, g

from sandbox.crm.overview import answers, brought, care, day, papers, pipeline, team, wins
from sandbox.crm.overview.cards import cards_for
from sandbox.ledger.perform import rights_of
from sandbox.spaces import current_space
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import page

blueprint = Blueprint("overview", __name__, url_prefix="/s/<int:space>")
CARDS = (day.CARD, answers.CARD, pipeline.CARD, wins.CARD, team.CARD, brought.CARD, papers.CARD, care.CARD)


@blueprint.get("/overview")
@allow(in_space)
def overview(space: int) -> Response:
    """What this colleague looks at in the morning."""
    me = g.colleague
    cards = cards_for(me, rights_of(me), CARDS) if me is not None else []
    return page("crm/overview/overview.html", cards=cards, today=current_space().today())
