"""How long the rows of a finished attempt are kept; what they prove stands in its evidence for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from sandbox.extensions import db
from sandbox.spaces import Space
from sandbox.spaces.bulk import purge
from sandbox.training.models import Attempt
from sandbox.web.unit_of_work import unit_of_work


def purge_old(now: datetime) -> int:
    """Empty the spaces of attempts over for more than RETENTION_DAYS days; returns how many were emptied.

    Each is a transaction of its own, so that the people at work never wait for all of them.
    """
    before = now - timedelta(days=current_app.config["RETENTION_DAYS"])
    emptied = 0
    for space_id in _spaces_over_since(before):
        with unit_of_work():
            space = db.session.get_one(Space, space_id)
            if space.status == "closed":  # another worker may have been faster
                purge(space)
                emptied += 1
    return emptied


def _spaces_over_since(before: datetime) -> list[int]:
    query = (
        select(Space.id)
        .join(Attempt, Attempt.space_id == Space.id)
        .where(Attempt.status != "open", Attempt.finished_at < before, Space.status == "closed")
        .order_by(Space.id)
    )
    return list(db.session.scalars(query))
