"""The inbox of a colleague: what waits for them, apart from what others did to their records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, exists, func, literal_column, or_, select, union_all
from sqlalchemy.orm import joinedload

from sandbox.crm.communications.asking import place, places_of
from sandbox.crm.communications.case_queries import cases_waiting, urgent
from sandbox.crm.communications.cases import Case
from sandbox.crm.communications.inbox_models import Follower, InboxChoice, InboxMark, switched_off
from sandbox.crm.communications.instructions import Acknowledgement, instructions_waiting, to_read
from sandbox.crm.communications.mentions import Mention
from sandbox.crm.communications.models import ABOUT, Activity
from sandbox.crm.communications.questions import Queue, Waiting, waits_for
from sandbox.crm.record import Record
from sandbox.extensions import db
from sandbox.ledger import Event, registry
from sandbox.spaces import BLOCK, Colleague, current_space, every, kept

NEWS_DAYS, NEWS_SHOWN, TOLD_AT_MOST = 14, 120, 2000


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
    for one in everything_waiting(me):
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
    """How much waits for a colleague, for the rail: one query, whatever areas it comes from.

    Every page asks. What waits changes by an event, which raises the space's counter, or with the clock;
    until then, and for a minute at most, the last answer holds.
    """
    most = current_app.config.get("WAITING_KEPT", TOLD_AT_MOST)
    space, told = current_space(), current_app.extensions.setdefault("told_waiting", {})
    moment = (space.next_n, space.clock_since, space.now().replace(second=0, microsecond=0))
    key = (space.id, me.id, me.job_role)
    known = told.get(key)
    if known is None or known[0] != moment or not most:
        if len(told) >= most:
            told.clear()
        told[key] = known = (moment, _count_now(me))
    return int(known[1])


def _count_now(me: Colleague) -> int:
    role = (current_space().recipe_digest, me.job_role)
    if role not in _counts:
        _counts[role] = _count_for(me)
    return db.session.scalar(_counts[role], places_of(me)) or 0


# The statement of each job role of a company: it holds places for the colleague and the time, and no values.
_counts: dict[tuple[str, str], Select[Any]] = {}


def _count_for(me: Colleague) -> Select[Any]:
    queues = (
        select(
            literal_column(f"'{one.kind}'").label("kind"),  # words of the program, never of a person
            literal_column(f"'{one.model.__table__.name}'").label("item_table"),
            (one.model.id - one.model.space_id * literal_column(str(BLOCK))).label("n"),
        ).where(one.clause)
        for one in _queues(me)
    )
    waiting = union_all(*queues).subquery()
    unwanted = select(InboxChoice.kind).where(InboxChoice.colleague_id == place("me"))
    hidden = exists(InboxMark.id).where(
        InboxMark.colleague_id == place("me"),
        InboxMark.item_table == waiting.c.item_table,
        InboxMark.item_n == waiting.c.n,
        or_(InboxMark.read_at.is_not(None), InboxMark.snoozed_until > place("now")),
    )
    whole = select(func.count()).select_from(waiting).where(waiting.c.kind.not_in(unwanted), ~hidden)
    return kept(whole)


def everything_waiting(me: Colleague) -> list[Waiting]:
    """All that waits for a colleague, whether it was put off or not; the most urgent first.

    One query tells which queues have something; only those are read, whatever their number.
    """
    queues = _queues(me)
    filled = db.session.execute(
        select(
            *(exists(select(one.model.id).where(one.clause)).label(f"q{n}") for n, one in enumerate(queues))
        ),
        places_of(me),
    ).one()
    found = [waiting for one, some in zip(queues, filled, strict=True) if some for waiting in one.tell()]
    return sorted(found, key=lambda one: (one.due or one.at, one.key))


def _queues(me: Colleague) -> list[Queue]:
    """What may wait: our own kinds, and those of other areas with the tasks left out that say the same."""
    others: list[Queue] = waits_for.ask(me)
    asked = _asked()
    due = and_(_due(), *(~Activity.id.in_(one.covers) for one in others if one.covers is not None))
    return [
        Queue(Mention, "mention", asked, lambda: _mentions(asked, me)),
        Queue(Activity, "task", due, lambda: _tasks(due, me)),
        Queue(Case, "case", urgent(), lambda: cases_waiting(me)),
        Queue(Acknowledgement, "instruction", to_read(), lambda: instructions_waiting(me)),
        *others,
    ]


def _mentions(asked: ColumnElement[bool], me: Colleague) -> Iterator[Waiting]:
    query = every(Mention).where(asked).options(joinedload(Mention.asked_by), *_about_of_mention())
    return map(_of_mention, db.session.scalars(query, places_of(me)))


def _tasks(due: ColumnElement[bool], me: Colleague) -> Iterator[Waiting]:
    return map(_of_task, db.session.scalars(every(Activity).where(due).options(*_about()), places_of(me)))


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


def _asked() -> ColumnElement[bool]:
    return and_(Mention.colleague_id == place("me"), Mention.answered_at.is_(None), Mention.task_id.is_(None))


def _due() -> ColumnElement[bool]:
    """What is due by tonight, or was to be reminded of by now."""
    return and_(
        Activity.assignee_id == place("me"),
        Activity.done_at.is_(None),
        Activity.cancelled_at.is_(None),
        or_(Activity.due_at < place("tonight"), Activity.remind_at <= place("now")),
    )


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
