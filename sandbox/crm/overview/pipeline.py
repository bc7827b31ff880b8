"""The pipeline: open deals by stage, one's own or, for who leads the others, everybody's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import func

from sandbox.crm.overview.cards import Card, link_to
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.looks import asked_pipeline
from sandbox.crm.sales.pipelines import Stage
from sandbox.extensions import db
from sandbox.ledger.perform import rights_of
from sandbox.spaces import Colleague, every


def look(me: Colleague) -> dict[str, Any] | None:
    """How many open deals stand in each stage of the first pipeline, and what they are worth."""
    leads = "lead" in rights_of(me)
    pipeline, _others = asked_pipeline()
    query = (
        every(Deal)
        .join(Stage, Deal.stage_id == Stage.id)
        .where(Stage.type == "open", Stage.pipeline_id == pipeline.id)
        .with_only_columns(Deal.stage_id, func.count(), func.sum(Deal.amount), maintain_column_froms=True)
        .group_by(Deal.stage_id)
    )
    query = query if leads else query.where(Deal.owner_id == me.id)
    found = {stage: (count, amount or Decimal(0)) for stage, count, amount in db.session.execute(query)}
    rows = [(stage, *found.get(stage.id, (0, Decimal(0)))) for stage in pipeline.open_stages]
    whose = {} if leads else {"owner": "me"}
    return {
        "rows": [
            (
                stage.title,
                count,
                amount,
                link_to("sales.deals", status="open", stage=stage.code, **whose),
            )
            for stage, count, amount in rows
        ],
        "most": max(amount for _stage, _count, amount in rows),
        "count": sum(count for _stage, count, _amount in rows),
        "amount": sum((amount for _stage, _count, amount in rows), start=Decimal(0)),
        "weighted": sum(
            (amount * stage.probability / 100 for stage, _count, amount in rows), start=Decimal(0)
        ),
        "is_everybody": leads,
        "board": link_to("board.board"),
        "review": link_to("review.review") if leads else None,
    }


CARD = Card("pipeline", frozenset({"sell", "lead"}), look, wide=True)
