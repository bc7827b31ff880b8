"""Mailings in their time: what is due is done by the background worker, by the action that people have."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import Select, select

from sandbox.crm.marketing.mailings.models import Mailing
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import perform
from sandbox.spaces import Space, across, current_space, every, first, inside
from sandbox.web.unit_of_work import unit_of_work

log = logging.getLogger(__name__)
AT_ONCE = 100


def send_what_is_due() -> int:
    """Let every mailing go on whose space's clock has come so far; returns how many did."""
    with across("mailings: the spaces in which one goes on"):
        numbers = list(
            db.session.scalars(select(Mailing.space_id).where(Mailing.next_at.is_not(None)).distinct())
        )
    done = 0
    for number in sorted(numbers):
        space = db.session.get(Space, number)
        if space is None or not space.is_open or space.kind == "template":
            continue
        while done < AT_ONCE and _advance_one(space):
            done += 1
    return done


def _advance_one(space: Space) -> bool:
    """The mailing that has been due longest in a space, in a transaction of its own; False where none is."""
    with inside(space):
        if first(_due()) is None:
            return False  # looked at before the one writer's place is taken
        try:
            with unit_of_work():
                mailing = first(_due())
                if mailing is None or mailing.owner is None:
                    return False
                perform("mailing.advance", mailing, {}, by=mailing.owner, origin="system")
                return True
        except Refused:
            log.exception("a mailing in space %s could not go on", space.id)
            return False


def _due() -> Select[Any]:
    now = current_space().now()
    return every(Mailing).where(Mailing.next_at <= now).order_by(Mailing.next_at, Mailing.id)
