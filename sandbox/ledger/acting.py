"""The guard and the scribe: rows of a space change only inside `acting`, and every change is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event as listening
from sqlalchemy import inspect, select
from sqlalchemy.orm import Mapper, Session, SessionTransaction, object_session

from sandbox.extensions import db
from sandbox.ledger.images import Fact, columns_of, encode, merged
from sandbox.ledger.models import Event
from sandbox.spaces import BLOCK, Colleague, InSpace, current_space
from sandbox.spaces.numbers import take_numbers

_ACTING = "acting"


class OutsideAction(RuntimeError):
    """A row of a space was changed where no action is running."""


class Declared(Protocol):
    """What `acting` needs to know of an action."""

    @property
    def code(self) -> str:
        """The action's code, such as `deal.win`."""
        ...

    @property
    def event(self) -> str:
        """The code of the event that it leaves, such as `deal.won`."""
        ...


@dataclass
class Draft:
    """The event of the running action, before it is written."""

    n: int
    action: Declared
    by: Colleague | None
    at: datetime
    origin: str
    person_id: int | None
    record: InSpace | None
    values: dict[str, Any] = field(default_factory=dict)
    undoes: list[int] | None = None
    journal: list[Fact] = field(default_factory=list)
    marks: dict[SessionTransaction, int] = field(default_factory=dict)
    written: Event | None = None

    def event(self) -> Event:
        """The event, once the action is over."""
        if self.written is None:
            raise RuntimeError("the action is still running")
        return self.written


@contextmanager
def acting(
    action: Declared,
    *,
    on: InSpace | None = None,
    by: Colleague | None,
    at: datetime,
    origin: str = "trainee",
    person_id: int | None = None,
    values: dict[str, Any] | None = None,
) -> Iterator[Draft]:
    """Do one action: rows may change in the block, and at its end exactly one event tells of them all.

    A creating action sets `draft.record` in the block. Actions do not nest: one that needs another calls
    its function, and the rows join the one event.
    """
    session = db.session()
    if session.info.get(_ACTING):
        raise RuntimeError("an action is running already: call the other action's function instead")
    space = current_space()
    session.flush()
    draft = Draft(
        n=take_numbers(session, space.id, 1),
        action=action,
        by=by,
        at=at,
        origin=origin,
        person_id=person_id,
        record=on,
        values=dict(values or {}),
    )
    session.info[_ACTING] = draft
    try:
        yield draft
        session.flush()
    finally:
        session.info[_ACTING] = None
    draft.written = _write(session, space.id, draft)


def running() -> Draft:
    """The event of the running action."""
    draft = db.session.info.get(_ACTING)
    if draft is None:
        raise OutsideAction("no action is running")
    return draft


def tell(**values: Any) -> None:
    """Add what the feed and the scenarios should know of the running action, as plain JSON values."""
    running().values.update(values)


def _write(session: Session, space_id: int, draft: Draft) -> Event:
    record = draft.record
    written = Event(
        id=space_id * BLOCK + draft.n,
        space_id=space_id,
        action=draft.action.code,
        code=draft.action.event,
        record_table=record.__table__.name if record is not None else None,
        record_n=record.n if record is not None else None,
        record_title=getattr(record, "title", None) if record is not None else None,
        by=draft.by,
        at=draft.at,
        person_id=draft.person_id,
        origin=draft.origin,
        values=draft.values,
        facts=merged(draft.journal),
        undoes=draft.undoes,
    )
    session.add(written)
    session.flush()
    return written


def _draft_of(row: InSpace) -> Draft:
    session = object_session(row)
    draft = session.info.get(_ACTING) if session is not None else None
    if draft is None:
        raise OutsideAction(f"{type(row).__name__} was changed outside an action")
    return draft


@listening.listens_for(InSpace, "before_insert", propagate=True)
def _stamp_new(mapper: Mapper[Any], connection: Any, row: InSpace) -> None:
    if isinstance(row, Event):
        return
    draft = _draft_of(row)
    row.version = draft.n
    for attribute in mapper.column_attrs:
        # an unset field is written as NULL: say so now, or its image would have to be read back
        if attribute.key not in row.__dict__ and attribute.columns[0].default is None:
            setattr(row, attribute.key, None)


@listening.listens_for(InSpace, "after_insert", propagate=True)
def _note_new(mapper: Mapper[Any], connection: Any, row: InSpace) -> None:
    if isinstance(row, Event):
        return
    new = {
        column.name: encode(column, row.__dict__.get(mapper.get_property_by_column(column).key))
        for column in columns_of(row.__table__)
    }
    _draft_of(row).journal.append({"table": row.__table__.name, "n": row.n, "old": None, "new": new})


@listening.listens_for(InSpace, "before_update", propagate=True)
def _note_change(mapper: Mapper[Any], connection: Any, row: InSpace) -> None:
    session = object_session(row)
    if session is None or not session.is_modified(row, include_collections=False):
        return  # dirty without a net change: no UPDATE follows
    if isinstance(row, Event):
        raise OutsideAction("events are never changed")
    draft = _draft_of(row)
    row.version = draft.n
    state = inspect(row)
    table = row.__table__
    changed, unknown = {}, False
    for column in columns_of(table):
        key = mapper.get_property_by_column(column).key
        history = state.attrs[key].history
        if not history.added:
            continue
        unknown = unknown or not history.deleted
        changed[column] = (history.deleted[0] if history.deleted else None, history.added[0])
    if unknown:
        # a field set before it was read has no old value in memory: the row still holds it
        held = connection.execute(select(*changed).where(table.c.id == row.id)).one()
        changed = {column: (old, new) for (column, (_, new)), old in zip(changed.items(), held, strict=True)}
    draft.journal.append(
        {
            "table": table.name,
            "n": row.n,
            "old": {column.name: encode(column, old) for column, (old, _) in changed.items()},
            "new": {column.name: encode(column, new) for column, (_, new) in changed.items()},
        }
    )


@listening.listens_for(InSpace, "before_delete", propagate=True)
def _note_removed(mapper: Mapper[Any], connection: Any, row: InSpace) -> None:
    if isinstance(row, Event):
        raise OutsideAction("events go only with their whole space")
    draft = _draft_of(row)
    table = row.__table__
    columns = columns_of(table)
    held = connection.execute(select(*columns).where(table.c.id == row.id)).one()
    old = {column.name: encode(column, value) for column, value in zip(columns, held, strict=True)}
    draft.journal.append({"table": table.name, "n": row.n, "old": old, "new": None})


@listening.listens_for(FlaskSession, "after_transaction_create")
def _mark_savepoint(session: Session, transaction: SessionTransaction) -> None:
    draft = session.info.get(_ACTING)
    if draft is not None and transaction.nested:
        draft.marks[transaction] = len(draft.journal)


@listening.listens_for(FlaskSession, "after_soft_rollback")
def _forget_rolled_back(session: Session, previous: SessionTransaction) -> None:
    draft = session.info.get(_ACTING)
    if draft is not None and previous in draft.marks:
        del draft.journal[draft.marks[previous] :]
