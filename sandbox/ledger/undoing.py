"""Undo: an event whose facts are the inverse images of the events it takes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from sandbox.extensions import Base, db
from sandbox.kernel.errors import Refused
from sandbox.ledger.acting import acting
from sandbox.ledger.images import Fact, columns_of, decode, encode, inverse
from sandbox.ledger.models import Event
from sandbox.spaces import BLOCK, Colleague, current_space, every
from sandbox.spaces.bulk import defer_references


@dataclass(frozen=True)
class _Undoing:
    code: str = "ledger.undo"
    event: str = "ledger.undone"


UNDO = _Undoing()


def undo(
    events: Iterable[Event],
    *,
    by: Colleague | None,
    at: datetime,
    origin: str = "trainee",
    person_id: int | None = None,
) -> Event:
    """Take `events` back, newest first, as one event of its own.

    Refused with `changed_since` when a row no longer stands as the event left it: something later built on
    it, and must be taken back first.
    """
    taken = sorted(events, key=lambda event: event.id, reverse=True)
    session = db.session()
    space_id = current_space().id
    values = {"count": len(taken)}
    with acting(UNDO, by=by, at=at, origin=origin, person_id=person_id, values=values) as draft:
        defer_references(session)
        draft.undoes = [event.n for event in taken]
        for event in taken:
            for fact in reversed(event.facts):
                back = inverse(fact)
                _apply(session, space_id, back)
                draft.journal.append(back)
    session.expire_all()
    return draft.event()


def undone_numbers(events: Iterable[Event]) -> set[int]:
    """The numbers of the events that some later undo took back and no undo of that undo restored."""
    gone: set[int] = set()
    for event in sorted(events, key=lambda event: event.id, reverse=True):
        if event.n not in gone:  # an undo that was itself undone takes nothing back any more
            gone.update(event.undoes or [])
    return gone


def undone() -> set[int]:
    """The numbers of the events of this space that were taken back."""
    return undone_numbers(db.session.scalars(every(Event).where(Event.undoes.is_not(None))))


def _apply(session: Session, space_id: int, fact: Fact) -> None:
    """Write one inverse image; Core, because the objects in memory know nothing of it."""
    table = Base.metadata.tables[fact["table"]]
    columns = {column.name: column for column in columns_of(table)}
    row_id = space_id * BLOCK + fact["n"]
    connection = session.connection()
    held = connection.execute(select(*columns.values()).where(table.c.id == row_id)).one_or_none()
    standing = (
        {name: encode(column, value) for (name, column), value in zip(columns.items(), held, strict=True)}
        if held is not None
        else None
    )
    if not _stands_as(standing, fact["old"]):
        raise Refused(
            "changed_since",
            _("This cannot be undone alone: the record was changed afterwards. Undo the later change first."),
        )
    if fact["new"] is None:
        connection.execute(delete(table).where(table.c.id == row_id))
        return
    values: dict[str, Any] = {
        name: decode(columns[name], value, space_id) for name, value in fact["new"].items() if name in columns
    }
    if standing is None:
        connection.execute(insert(table).values(id=row_id, space_id=space_id, **values))
    else:
        connection.execute(update(table).where(table.c.id == row_id).values(**values))


def _stands_as(standing: dict[str, Any] | None, expected: dict[str, Any] | None) -> bool:
    if standing is None or expected is None:
        return standing is expected
    return all(standing.get(name) == value for name, value in expected.items() if name in standing)
