"""The day: what is overdue, what is due today, and what comes next."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import case, func
from sqlalchemy.orm import joinedload

from sandbox.crm.communications.inbox import count_waiting
from sandbox.crm.communications.models import ABOUT, Activity
from sandbox.crm.communications.queries import light_of, open_activities
from sandbox.crm.overview.cards import Card, Figure, link_to
from sandbox.extensions import db
from sandbox.kernel.clock import at_work
from sandbox.spaces import Colleague, current_space

SHOWN = 5


def look(me: Colleague) -> dict[str, Any]:
    """The colleague's own tasks, the most urgent first."""
    space = current_space()
    now = space.now()
    midnight = at_work(space.today() + timedelta(days=1), space.company.timezone, time.min)
    mine = open_activities().where(Activity.assignee_id == me.id)
    counted = mine.order_by(None).with_only_columns(
        func.count(case((Activity.due_at < now, 1))),
        func.count(case(((Activity.due_at >= now) & (Activity.due_at < midnight), 1))),
    )
    overdue, today = db.session.execute(counted).one()
    about = tuple(joinedload(getattr(Activity, kind)) for kind in ABOUT)
    tasks = list(db.session.scalars(mine.options(*about).limit(SHOWN)))
    place = {"owner": "me"}
    return {
        "figures": [
            Figure(
                _("overdue"),
                overdue,
                link_to("communications.activities", when="overdue", **place),
                "bad" if overdue else "",
            ),
            Figure(_("today"), today, link_to("communications.activities", when="today", **place)),
            Figure(_("in the inbox"), count_waiting(me), link_to("inbox.inbox")),
        ],
        "tasks": [(one, light_of(one)) for one in tasks],
        "more": link_to("communications.activities", **place),
    }


CARD = Card("day", frozenset({"communicate"}), look)
