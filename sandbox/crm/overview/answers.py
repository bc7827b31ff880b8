"""Requests: who waits for a first answer, and how often it came in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from sandbox.crm.overview.cards import Card, Figure, link_to
from sandbox.crm.sales.answering import answer_clock, answered_late, waits_for_answer
from sandbox.crm.sales.leads import Lead
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space, every

SHOWN, DAYS = 4, 30


def look(me: Colleague) -> dict[str, Any]:
    """The leads that wait, those that wait longest first, and the answers of the last thirty days."""
    space = current_space()
    waiting = list(
        db.session.scalars(
            every(Lead).where(waits_for_answer()).options(joinedload(Lead.owner)).order_by(Lead.created_at)
        )
    )
    clocks = [(lead, clock) for lead in waiting if (clock := answer_clock(lead)) is not None]
    since = space.now() - timedelta(days=DAYS)
    answered = list(db.session.scalars(every(Lead).where(Lead.first_response_at > since)))
    late = sum(answered_late(lead) is not None for lead in answered)
    overdue = sum(clock.kind == "overdue" for _lead, clock in clocks)
    leads = link_to("sales.leads", answer="waiting")
    return {
        "figures": [
            Figure(_("wait for an answer"), len(clocks), leads),
            Figure(
                _("waiting too long"),
                overdue,
                link_to("sales.leads", answer="late"),
                "bad" if overdue else "",
            ),
        ],
        "leads": clocks[:SHOWN],
        "more": leads,
        "answered": len(answered),
        "in_time": len(answered) - late,
        "days": DAYS,
    }


CARD = Card("answers", frozenset({"sell", "lead"}), look)
