"""The columns of the board and the cards in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from flask import g, request
from sqlalchemy import ColumnElement, Select, func, or_
from sqlalchemy.orm import joinedload

from sandbox.crm.lists import words_asked
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.pipelines import Pipeline, Stage
from sandbox.extensions import db
from sandbox.spaces import current_space, every, found_by

CARDS = 12
NOTHING = Decimal(0)
# By which action a card comes into a column of this type.
DROPS = {"open": "deal.move", "won": "deal.win", "lost": "deal.lose"}


@dataclass
class BoardColumn:
    """A stage of the board: how many deals stand there, what they are worth, and the first of them."""

    stage: Stage
    count: int
    amount: Decimal
    cards: list[Deal]

    @property
    def drop(self) -> str:
        """The action that a drop into the column performs."""
        return DROPS[self.stage.type]


def board_columns(pipeline: Pipeline) -> list[BoardColumn]:
    """All stages of a pipeline, each with its first deals; of the closed ones those of this month."""
    deals = _asked(pipeline)
    sums = {
        stage_id: (number, amount or NOTHING)
        for stage_id, number, amount in db.session.execute(
            deals.with_only_columns(Deal.stage_id, func.count(), func.sum(Deal.amount)).group_by(
                Deal.stage_id
            )
        )
    }
    by_stage: dict[int, list[Deal]] = {}
    for deal in db.session.scalars(_cards(deals, 0)):
        by_stage.setdefault(deal.stage_id, []).append(deal)
    return [
        BoardColumn(stage, *sums.get(stage.id, (0, NOTHING)), by_stage.get(stage.id, []))
        for stage in pipeline.stages
    ]


def more_of(stage: Stage, after: int) -> tuple[list[Deal], int]:
    """The next cards of a column after so many, and how many are left then."""
    deals = _asked(stage.pipeline).where(Deal.stage_id == stage.id)
    whole = db.session.scalar(deals.with_only_columns(func.count())) or 0
    cards = list(db.session.scalars(_cards(deals, after)))
    return cards, max(0, whole - after - len(cards))


def _asked(pipeline: Pipeline) -> Select[Any]:
    """The deals of a pipeline that the address asks for, joined to their stages."""
    deals = every(Deal).join(Stage, Deal.stage_id == Stage.id)
    deals = deals.where(Stage.pipeline_id == pipeline.id, or_(Stage.type == "open", _closed_this_month()))
    if request.args.get("owner") == "me" and g.colleague is not None:
        deals = deals.where(Deal.owner_id == g.colleague.id)
    words = words_asked()
    return deals.where(found_by(Deal, words)) if words else deals


def _closed_this_month() -> ColumnElement[bool]:
    space = current_space()
    begins = datetime.combine(space.today().replace(day=1), time.min, space.zone)
    return or_(Deal.won_at >= begins, Deal.lost_at >= begins)


def _cards(deals: Select[Any], after: int) -> Select[Any]:
    """The cards of each column after so many, the nearest close date first."""
    place = func.row_number().over(
        partition_by=Deal.stage_id, order_by=(Deal.close_date.asc().nulls_last(), Deal.id)
    )
    ranked = deals.with_only_columns(Deal.id, place.label("place")).subquery()
    return (
        every(Deal)
        .join(ranked, ranked.c.id == Deal.id)
        .where(ranked.c.place > after, ranked.c.place <= after + CARDS)
        .options(*map(joinedload, (Deal.company, Deal.contact, Deal.owner, Deal.stage)))
        .order_by(ranked.c.place)
    )
