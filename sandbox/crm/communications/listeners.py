"""What communications does when something happens elsewhere; wiring says on which events."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, select

from sandbox.crm.communications.cases import CLOSED, Case
from sandbox.crm.communications.inbox_models import Follower, InboxMark, follower_of, let_follow
from sandbox.crm.communications.models import Activity
from sandbox.crm.communications.queries import open_activities
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.spaces import Colleague, every, fetch


def take_over_tasks(record: Any, draft: Any) -> None:
    """What an absent colleague still had to do goes to the other, so that nothing is left to nobody."""
    absent, to = (fetch(Colleague, draft.values[name]) for name in ("absent_n", "to_n"))
    rows = list(db.session.scalars(open_activities().where(Activity.assignee_id == absent.id)))
    for activity in rows:
        activity.assignee = to
        stamp_change(activity, draft.by, draft.at)
    draft.values["tasks"] = len(rows)
    draft.values["cases"] = _give_cases(Case.owner_id == absent.id, to, draft)


def take_over_cases(record: Any, draft: Any) -> None:
    """Whoever takes a client answers what it complains of: its open cases of the old owner go along."""
    old = draft.values.get("old")
    if old is not None:
        absent = select(Colleague.id).where(Colleague.code == old)
        _give_cases(and_(Case.company_id == record.id, Case.owner_id.in_(absent)), record.owner, draft)


def _give_cases(whose: Any, to: Colleague, draft: Any) -> int:
    """Open cases go to a colleague, their clocks run on; how many there were."""
    rows = list(db.session.scalars(every(Case).where(whose, Case.status != CLOSED)))
    for case in rows:
        case.owner = to
        stamp_change(case, draft.by, draft.at)
    return len(rows)


def follow_survivor(record: Any, draft: Any) -> None:
    """Whoever followed or looked after the card that was put away has the survivor's news from now on."""
    other = fetch(type(record), draft.values["other"]["n"], deleted=True)
    for follower in _rows_of(Follower, Follower.record_table, Follower.record_n, other):
        who = db.session.get_one(Colleague, follower.colleague_id)
        if who.id == record.owner_id or follower_of(record, who) is not None:
            db.session.delete(follower)
        else:
            follower.record_n = record.n
    if other.owner is not None and other.owner_id != record.owner_id:
        let_follow(record, other.owner)
    marks = InboxMark.item_table, InboxMark.item_n
    mine = {mark.colleague_id for mark in _rows_of(InboxMark, *marks, record)}
    for mark in _rows_of(InboxMark, *marks, other):
        # what was put off stays put off; what was read was the other card's, the survivor's news stay unread
        if mark.snoozed_until is not None and mark.colleague_id not in mine:
            mark.item_n, mark.read_n, mark.read_at = record.n, None, None
        else:
            db.session.delete(mark)


def _rows_of(model: Any, table: Any, n: Any, record: Any) -> list[Any]:
    found = every(model).where(table == record.__table__.name, n == record.n)
    return list(db.session.scalars(found))
