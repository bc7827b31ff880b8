"""The inbox of a colleague: what waits for them, apart from what others did to their records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from sandbox.crm.communications.case_queries import cases_waiting, urgent_for
from sandbox.crm.communications.cases import Case
from sandbox.crm.communications.inbox_models import Follower, InboxChoice, InboxMark, switched_off
from sandbox.crm.communications.instructions import Acknowledgement, instructions_waiting, to_read
from sandbox.crm.communications.mentions import Mention
from sandbox.crm.communications.models import ABOUT, Activity
from sandbox.crm.communications.questions import Queue, Waiting, waits_for
from sandbox.crm.record import Record
from sandbox.extensions import db
from sandbox.kernel.clock import at_work
from sandbox.ledger import Event, registry
from sandbox.spaces import BLOCK, Colleague, current_space, every

NEWS_DAYS, NEWS_SHOWN = 14, 120


@dataclass
class News:
    """What others did to one record since it was last read, newest first."""

    record: Any
    events: list[Event] = field(default_factory=list)


@dataclass
class Inbox:
    """What waits now, what was put off or read without an answer, the news, and what is switched off."""

    waiting: list[Waiting] = field(default_factory=list)
    aside: list[tuple[Waiting, InboxMark]] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    off: set[str] = field(default_factory=set)


def inbox_of(me: Colleague) -> Inbox:
    """Everything in a colleague's inbox, the most urgent first."""
    now = current_space().now()
    marks = marks_of(me)
    found = Inbox(off=switched_off(me))
    for one in everything_waiting(me, now):
        mark = marks.get(one.key)
        if one.kind in found.off:
            continue
        if mark is not None and mark.hides(now):
            found.aside.append((one, mark))
        else:
            found.waiting.append(one)
    if "news" not in found.off:
        found.news = news_of(me, marks, now)
    return found


def count_waiting(me: Colleague) -> int:
    """How much waits for a colleague, for the rail: one query, whatever areas it comes from."""
    now = current_space().now()
    counts = [
        select(func.count(one.model.id))
        .where(one.clause, _not_hidden(one.model, me, now), _wanted(one.kind, me))
        .scalar_subquery()
        for one in _queues(me, now)
    ]
    return db.session.scalar(select(sum(counts[1:], start=counts[0]))) or 0


def everything_waiting(me: Colleague, now: datetime) -> list[Waiting]:
    """All that waits for a colleague, whether it was put off or not; the most urgent first.

    One query tells which queues have something; only those are read, whatever their number.
    """
    queues = _queues(me, now)
    filled = db.session.execute(
        select(
            *(exists(select(one.model.id).where(one.clause)).label(f"q{n}") for n, one in enumerate(queues))
        )
    ).one()
    found = [waiting for one, some in zip(queues, filled, strict=True) if some for waiting in one.tell()]
    return sorted(found, key=lambda one: (one.due or one.at, one.key))


def _queues(me: Colleague, now: datetime) -> list[Queue]:
    """What may wait: our own kinds, and those of other areas with the tasks left out that say the same."""
    others: list[Queue] = waits_for.ask(me)
    asked = _asked(me)
    due = and_(_due(me, now), *(~Activity.id.in_(one.covers) for one in others if one.covers is not None))
    return [
        Queue(Mention, "mention", asked, lambda: _mentions(asked)),
        Queue(Activity, "task", due, lambda: _tasks(due)),
        Queue(Case, "case", urgent_for(me), lambda: cases_waiting(me)),
        Queue(Acknowledgement, "instruction", to_read(me), lambda: instructions_waiting(me)),
        *others,
    ]


def _mentions(asked: ColumnElement[bool]) -> Iterator[Waiting]:
    query = every(Mention).where(asked).options(joinedload(Mention.asked_by), *_about_of_mention())
    return map(_of_mention, db.session.scalars(query))


def _tasks(due: ColumnElement[bool]) -> Iterator[Waiting]:
    return map(_of_task, db.session.scalars(every(Activity).where(due).options(*_about())))


def marks_of(me: Colleague) -> dict[tuple[str, int], InboxMark]:
    """What a colleague has read or put off, by table and number."""
    marks = db.session.scalars(every(InboxMark).where(InboxMark.colleague_id == me.id))
    return {(mark.item_table, mark.item_n): mark for mark in marks}


def news_of(me: Colleague, marks: dict[tuple[str, int], InboxMark], now: datetime) -> list[News]:
    """What others did in the last days to the records that a colleague owns or follows."""
    events = (
        every(Event)
        .where(Event.at > now - timedelta(days=NEWS_DAYS), Event.by_id != me.id, _on_mine(me))
        .order_by(Event.id.desc())
        .limit(NEWS_SHOWN)
    )
    by_record: dict[tuple[str, int], list[Event]] = {}
    for event in db.session.scalars(events):
        key = (event.record_table or "", event.record_n or 0)
        mark = marks.get(key)
        seen = mark is not None and ((mark.read_n or 0) >= event.n or mark.hides(now))
        if event.action in registry.actions and not seen:
            by_record.setdefault(key, []).append(event)
    records = _records(by_record)
    return [News(records[key], told) for key, told in by_record.items() if key in records]


def _records(keys: Any) -> dict[tuple[str, int], Any]:
    """The records by table and number; those that were put away are left out."""
    base, found = current_space().id * BLOCK, {}
    for table in {table for table, _n in keys}:
        model: Any = registry.tables()[table]
        ids = [base + n for name, n in keys if name == table]
        found.update(
            {(table, row.n): row for row in db.session.scalars(every(model).where(model.id.in_(ids)))}
        )
    return found


def _on_mine(me: Colleague) -> ColumnElement[bool]:
    base = current_space().id * BLOCK
    clauses = []
    for table, model in registry.tables().items():
        if issubclass(model, Record):
            owned = select(model.id - base).where(model.owner_id == me.id)
            followed = select(Follower.record_n).where(
                Follower.colleague_id == me.id, Follower.record_table == table
            )
            own = or_(Event.record_n.in_(owned), Event.record_n.in_(followed))
            clauses.append(and_(Event.record_table == table, own))
    return or_(*clauses)


def _asked(me: Colleague) -> ColumnElement[bool]:
    return and_(Mention.colleague_id == me.id, Mention.answered_at.is_(None), Mention.task_id.is_(None))


def _due(me: Colleague, now: datetime) -> ColumnElement[bool]:
    """What is due by tonight, or was to be reminded of by now."""
    space = current_space()
    tonight = at_work(space.today() + timedelta(days=1), space.company.timezone, time.min)
    return and_(
        Activity.assignee_id == me.id,
        Activity.done_at.is_(None),
        Activity.cancelled_at.is_(None),
        or_(Activity.due_at < tonight, Activity.remind_at <= now),
    )


def _not_hidden(model: Any, me: Colleague, now: datetime) -> ColumnElement[bool]:
    base = current_space().id * BLOCK
    hidden = select(InboxMark.id).where(
        InboxMark.colleague_id == me.id,
        InboxMark.item_table == model.__table__.name,
        InboxMark.item_n == model.id - base,
        or_(InboxMark.read_at.is_not(None), InboxMark.snoozed_until > now),
    )
    return ~exists(hidden.correlate(model))


def _wanted(kind: str, me: Colleague) -> ColumnElement[bool]:
    return ~exists(select(InboxChoice.id).where(InboxChoice.colleague_id == me.id, InboxChoice.kind == kind))


def _of_mention(mention: Mention) -> Waiting:
    asker = mention.asked_by.name if mention.asked_by else None
    note = mention.activity.note or ""
    return Waiting("mention", mention, mention.on, note, mention.created_at, by=asker)


def _of_task(activity: Activity) -> Waiting:
    at = activity.due_at or activity.created_at
    return Waiting("task", activity, activity.on, activity.title, at, text=activity.note, due=activity.due_at)


def _about() -> list[Any]:
    return [joinedload(getattr(Activity, name)) for name in (*ABOUT, "document")]


def _about_of_mention() -> list[Any]:
    to_activity = joinedload(Mention.activity)
    return [to_activity.joinedload(getattr(Activity, name)) for name in (*ABOUT, "document")]
