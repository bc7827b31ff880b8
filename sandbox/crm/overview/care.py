"""Cases: how many run, and whose clock has run out."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import case, func

from sandbox.crm.communications.case_queries import DUE_AT
from sandbox.crm.communications.cases import CLOSED, Case
from sandbox.crm.overview.cards import Card, Figure, link_to
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space, every


def look(_me: Colleague) -> dict[str, Any]:
    """The open cases of the whole company."""
    space = current_space()
    counted = (
        every(Case)
        .where(Case.status != CLOSED)
        .with_only_columns(
            func.count(),
            func.count(case((space.now() > DUE_AT, 1))),
            func.count(Case.escalated_at),
            maintain_column_froms=True,
        )
    )
    running, overdue, escalated = db.session.execute(counted).one()
    return {
        "figures": [
            Figure(_("open"), running, link_to("cases.cases", status=["new", "in_work"])),
            Figure(
                _("overdue"),
                overdue,
                link_to("cases.cases", when="overdue"),
                "bad" if overdue else "",
            ),
            Figure(_("escalated"), escalated, link_to("cases.cases", when="escalated")),
        ],
        "more": link_to("cases.cases"),
    }


CARD = Card("care", frozenset({"customers"}), look)
