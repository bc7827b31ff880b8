"""The team, for who leads it: what each one's pipeline is worth and what in it asks for a hand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func

from sandbox.crm.communications.models import Activity
from sandbox.crm.communications.queries import open_activities
from sandbox.crm.overview.cards import Card, link_to
from sandbox.crm.sales.attention import STALE
from sandbox.crm.sales.looks import asked_pipeline
from sandbox.crm.sales.review.queries import review_of
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space


def look(_me: Colleague) -> dict[str, Any] | None:
    """Everybody who owns open deals, who has most at stake first."""
    space, (pipeline, _others) = current_space(), asked_pipeline()
    owners = [(one, line) for one, line in review_of(pipeline).by_owner if one is not None]
    if not owners:
        return None
    late = (
        open_activities()
        .order_by(None)
        .where(Activity.due_at < space.now())
        .with_only_columns(Activity.assignee_id, func.count())
        .group_by(Activity.assignee_id)
    )
    overdue = {row[0]: row[1] for row in db.session.execute(late)}
    rows = sorted(owners, key=lambda pair: pair[1].weighted, reverse=True)
    return {
        "rows": [
            {
                "name": one.name,
                "line": line,
                "overdue": overdue.get(one.id, 0),
                "stale": line.flags[STALE],
                "deals": link_to("sales.deals", status="open", owner=one.n),
                "stale_deals": link_to("sales.deals", status="open", owner=one.n, attention=STALE),
                "tasks": link_to("communications.activities", when="overdue", owner=one.n),
            }
            for one, line in rows
        ],
        "most": max(line.weighted for _one, line in rows),
    }


CARD = Card("team", frozenset({"lead"}), look, wide=True)
