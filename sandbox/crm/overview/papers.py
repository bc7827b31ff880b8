"""Papers: what waits for one's approval, what ends soon, what is not paid and what lacks its original."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext
from sqlalchemy import case, func

from sandbox.crm.documents.models import ANNULLED, IN_APPROVAL, SIGNED, UNPAID, Document
from sandbox.crm.overview.cards import Card, Figure, link_to
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space, every


def look(_me: Colleague) -> dict[str, Any]:
    """The papers of the whole company, by what they ask for."""
    space = current_space()
    today, soon = space.today(), space.today() + timedelta(days=space.company.documents.renewal_days)
    stands = Document.status != ANNULLED
    ways = (
        (_("on their way to approval"), Document.status == IN_APPROVAL, {"status": IN_APPROVAL}, ""),
        (
            _("end soon"),
            stands & (Document.valid_until >= today) & (Document.valid_until <= soon),
            {"until": "ending"},
            "warn",
        ),
        (
            pgettext("payment", "overdue"),
            Document.status.in_(UNPAID) & (Document.due_on < today),
            {"payment": "overdue"},
            "bad",
        ),
        (
            _("signed, original missing"),
            (Document.status == SIGNED) & Document.received_on.is_(None),
            {"origin": "no-original"},
            "warn",
        ),
    )
    counted = every(Document).with_only_columns(
        *(func.count(case((clause, 1))) for _w, clause, _q, _k in ways)
    )
    numbers = db.session.execute(counted).one()
    return {
        "figures": [
            Figure(words, number, link_to("documents.documents", **asked), kind if number else "")
            for (words, _clause, asked, kind), number in zip(ways, numbers, strict=True)
        ],
        "more": link_to("documents.documents"),
    }


CARD = Card("papers", frozenset({"paper", "approve"}), look)
