"""The timeline of a record: one feed of what was said, what was done and what was changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, bindparam, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from sandbox.crm.communications.mentions import Mention
from sandbox.crm.communications.models import ABOUT, Activity, kind_label
from sandbox.crm.communications.queries import ICONS
from sandbox.crm.lists import label
from sandbox.extensions import db
from sandbox.ledger import Event, registry
from sandbox.ledger.feed import masked_sentence
from sandbox.ledger.hushing import Hushed
from sandbox.ledger.offers import Offer, offers_for
from sandbox.ledger.undoing import UNDO, undone_numbers
from sandbox.spaces import BLOCK, Colleague, InSpace, every, kept

SHOWN = 12
# What these did stands in the timeline as the activity itself.
_TOLD_BY_ACTIVITY = (
    "activity.",
    "call.",
    "task.",
    "meeting.",
    "mail.",
    "note.",
    "inbox.",
    "record.",
    "case.answer",
)
# Of those, what was moved stands on the record with its reason: its task is still to be done.
_MOVED = ("task.rescheduled", "meeting.moved")
_KINDS_OF_VIEW = {"calls": "call", "meetings": "meeting", "mail": "email", "tasks": "task", "notes": "note"}
TIMELINE_VIEWS = ("all", *_KINDS_OF_VIEW, "changes")


@dataclass(frozen=True)
class Told:
    """One line of a timeline; `contact` when something was exchanged with the customer.

    `asked` are the questions that it puts to colleagues, `offers` what may be done with it.
    """

    icon: str
    title: str
    at: datetime
    text: str | None = None
    contact: bool = False
    by: str | None = None
    id: str | None = None
    on: Any = None
    """The record on which it happened, where that is another one than the timeline's own."""

    undone: bool = False
    pinned: bool = False
    public: bool = False
    asked: list[Mention] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)


@dataclass(frozen=True)
class Story:
    """Other records whose events a timeline tells too: their kind, their numbers, and which events."""

    model: type[InSpace]
    numbers: Sequence[int]
    codes: Sequence[str]


# Areas say here which activities a timeline tells besides the record's own, as a clause: those on its deals.
families: list[Callable[[Any], ColumnElement[bool] | None]] = []

# Areas above say here what of theirs belongs into a record's timeline: events, or lines of their own.
stories: list[Callable[[Any], Story | None]] = []
tellers: list[Callable[[Any], list[Told]]] = []


def timeline_views() -> dict[str, str]:
    """The ways to narrow a timeline, with their words."""
    words = (_("All"), _("Calls"), _("Meetings"), _("Mail"), _("Tasks"), _("Notes"), _("Changes"))
    return dict(zip(TIMELINE_VIEWS, words, strict=True))


def timeline_of(record: Any, show: str = "all", limit: int | None = SHOWN) -> tuple[list[Told], int]:
    """What happened on a record, pinned first, then newest, and how many lines more; `show` narrows it."""
    lines: list[Told] = []
    if show != "changes":
        lines += _said(record, _KINDS_OF_VIEW.get(show))
    if show in ("all", "mail"):
        lines += [line for tell in tellers for line in tell(record)]
    if show in ("all", "changes"):
        lines += _changed(record)
    lines.sort(key=lambda line: (line.pinned, line.at), reverse=True)
    shown = lines[:limit] if limit else lines
    return shown, len(lines) - len(shown)


def _said(record: Any, kind: str | None) -> list[Told]:
    """What was said and done, each with the questions in it; whom they name the page has at hand."""
    family = [clause for ask in families if (clause := ask(record)) is not None]
    asked: dict[Activity, list[Mention]] = {}
    for activity, mention in db.session.execute(_past(record, kind, family), {"on": record.id}):
        asked.setdefault(activity, []).extend([mention] if mention is not None else [])
    return [_line(activity, questions, record) for activity, questions in asked.items()]


def _past(record: Any, kind: str | None, family: Sequence[ColumnElement[bool]]) -> Any:
    if not family and not kind:
        return _own_past(str(record.__record__))
    past = _past_of(str(record.__record__), *family)
    if family:  # else all of them are about this record
        past = past.options(*(joinedload(getattr(Activity, name)) for name in ABOUT))
    return past.where(Activity.kind == kind) if kind else past


@cache
def _own_past(kind: str) -> Any:
    """The statement for a kind of record that has no family, with a place for which one."""
    return kept(_past_of(kind))


def _past_of(kind: str, *family: ColumnElement[bool]) -> Any:
    own = getattr(Activity, f"{kind}_id") == bindparam("on")
    ended = Activity.done_at.is_not(None) | Activity.cancelled_at.is_not(None)
    past = every(Activity).where(or_(own, *family), ended)
    with_questions = past.outerjoin(Mention, Mention.activity_id == Activity.id).add_columns(Mention)
    return with_questions.order_by(Activity.id, Mention.id)


def _line(activity: Activity, asked: list[Mention], record: Any) -> Told:
    is_own = getattr(activity, f"{record.__record__}_id") == record.id
    at = activity.done_at or activity.cancelled_at or activity.created_at
    text = "\n".join(words for words in (activity.note, activity.result) if words) or None
    return Told(
        icon=ICONS[activity.kind] if activity.done else "x",
        title=_what(activity),
        at=at,
        text=text,
        contact=activity.done and activity.kind in ("call", "meeting", "email"),
        by=activity.assignee.name if activity.assignee else None,
        id=f"activity-{activity.n}",
        on=None if is_own else activity.on,
        pinned=activity.pinned and is_own,
        public=activity.is_public,
        asked=asked,
        offers=[*_answers(asked), *offers_for(activity)],
    )


def _answers(asked: list[Mention]) -> list[Offer]:
    """What the reader may do with the questions that are put to them."""
    me = g.get("colleague")
    mine = (mention for mention in asked if me is not None and mention.colleague_id == me.id)
    return [offer for mention in mine for offer in offers_for(mention)]


def _what(activity: Activity) -> str:
    what, subject = kind_label(activity.kind), activity.subject
    if activity.cancelled:
        return (
            _("%(what)s called off: %(subject)s", what=what, subject=subject)
            if subject
            else (_("%(what)s called off", what=what))
        )
    if activity.outcome:
        outcome = _lowered(label("call_outcomes", activity.outcome))
        if subject:
            return _("%(what)s: %(outcome)s. %(subject)s", what=what, outcome=outcome, subject=subject)
        return _("%(what)s: %(outcome)s", what=what, outcome=outcome)
    return _("%(what)s: %(subject)s", what=what, subject=subject) if subject else what


def _lowered(words: str) -> str:
    """A label in the middle of a line; an abbreviation keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


@dataclass(frozen=True)
class _Sought:
    """Events of rows of a table; of these only what has one of the codes, where some are named."""

    table: str
    numbers: Sequence[int]
    codes: Sequence[str] = ()


def _parts(record: Any) -> list[_Sought]:
    """What happened to the parts of a card: its addresses and consents have no page of their own."""
    parts = {name: [part.n for part in getattr(record, name, ())] for name in ("addresses", "consents")}
    return [_Sought(name, numbers) for name, numbers in parts.items() if numbers]


def _of_others(record: Any) -> list[_Sought]:
    """The events of records that belong to this one."""
    told = [story for ask in stories if (story := ask(record)) is not None and story.numbers]
    return [_Sought(story.model.__table__.name, story.numbers, story.codes) for story in told]


def _events_of(record: Any) -> list[Event]:
    """A record's events in their order, and the undos of the whole space: they say what was taken back."""
    sought = [_Sought(record.__table__.name, [record.n]), *_parts(record), *_of_others(record)]
    values = {
        f"{name}{place}": getattr(one, name)
        for place, one in enumerate(sought)
        for name in ("table", "numbers", "codes")
        if name != "codes" or one.codes
    }
    question = _question(str(record.__record__), tuple(bool(one.codes) for one in sought))
    found = db.session.scalars(question, {**values, "about": record.id})
    return list(dict.fromkeys(found))


@lru_cache(maxsize=64)
def _question(kind: str, shape: tuple[bool, ...]) -> Any:
    """The statement for so many kinds of rows, each with codes or without, with places for what is sought."""
    about = getattr(Activity, f"{kind}_id", None)  # what can have no tasks tells of none that were moved

    def clause(place: int, with_codes: bool) -> ColumnElement[bool]:
        numbers: Any = bindparam(f"numbers{place}", expanding=True)
        of_rows = and_(Event.record_table == bindparam(f"table{place}"), Event.record_n.in_(numbers))
        codes: Any = bindparam(f"codes{place}", expanding=True)
        return and_(of_rows, Event.code.in_(codes)) if with_codes else of_rows

    clauses = [Event.code == UNDO.event, *(clause(place, codes) for place, codes in enumerate(shape))]
    clauses += [_moved(about)] if about is not None else []
    # each by its index: of an OR of them SQLite makes a walk through all events of the space
    told = aliased(Event, union_all(*(every(Event).where(one) for one in clauses)).subquery())
    return kept(select(told).order_by(told.id))


def _changed(record: Any) -> list[Told]:
    events = _events_of(record)
    undone = undone_numbers(event for event in events if event.undoes)
    hushed = Hushed(events)
    lines = []
    has_beginning = False
    for event in events:
        declared = registry.actions.get(event.action)
        if declared is None:
            continue
        if event.action.startswith(_TOLD_BY_ACTIVITY) and event.code not in _MOVED:
            continue
        has_beginning = has_beginning or declared.creates
        said = masked_sentence(event) if _is_masked(event, record) else hushed.sentence(event)
        lines.append(Told(declared.icon, said, event.at, id=f"event-{event.n}", undone=event.n in undone))
    if not has_beginning:
        maker = db.session.get(Colleague, record.created_by_id) if record.created_by_id else None
        made = _("%(by)s created the record", by=maker.name) if maker else _("The record was created")
        lines.append(Told("plus", made, record.created_at))
    return lines


def _moved(about: Any) -> ColumnElement[bool]:
    """A task or meeting of the record that was put off, and why."""
    numbers = select(Activity.id - Activity.space_id * BLOCK).where(about == bindparam("about"))
    of_tasks = Event.record_table == Activity.__table__.name
    return and_(of_tasks, Event.record_n.in_(numbers), Event.code.in_(_MOVED))


def _is_masked(event: Event, record: Any) -> bool:
    """Whether an event may name what has been taken off the card since."""
    masked_at = getattr(record, "masked_at", None)
    return masked_at is not None and event.at < masked_at
