"""What communications does when something happens elsewhere; wiring says on which events."""

from __future__ import annotations

from typing import Any

from sandbox.crm.communications.models import Activity
from sandbox.crm.communications.queries import open_activities
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.spaces import Colleague, fetch


def take_over_tasks(record: Any, draft: Any) -> None:
    """What an absent colleague still had to do goes to the other, so that nothing is left to nobody."""
    absent, to = (fetch(Colleague, draft.values[name]) for name in ("absent_n", "to_n"))
    rows = list(db.session.scalars(open_activities().where(Activity.assignee_id == absent.id)))
    for activity in rows:
        activity.assignee = to
        stamp_change(activity, draft.by, draft.at)
    draft.values["tasks"] = len(rows)
