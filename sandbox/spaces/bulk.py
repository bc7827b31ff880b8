"""The one place for statements over many rows of a space: clone, reset, purge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, literal, select, text
from sqlalchemy.orm import Session

from sandbox.extensions import Base, db
from sandbox.kernel.clock import at_work, machine_now
from sandbox.spaces.mixin import BLOCK, refs, space_tables
from sandbox.spaces.models import Space
from sandbox.spaces.reach import across


def clone(template: Space, kind: str, *, person_id: int | None = None, running: bool = True) -> Space:
    """A new space with a copy of every row of `template`, events included, its clock at 10:00 of its day."""
    now = machine_now()
    space = Space(
        kind=kind,
        recipe_digest=template.recipe_digest,
        seed=template.seed,
        day=template.day,
        volume=template.volume,
        template_id=template.id,
        person_id=person_id,
        created_at=now,
        next_n=template.next_n,
        clock_shown=at_work(template.day, template.company.timezone),
        clock_since=now if running else None,
    )
    db.session.add(space)
    db.session.flush()
    _copy_rows(db.session(), template.id, space.id)
    return space


def reset(space: Space) -> None:
    """Give a space back the rows of its template; its counter goes on, so no number is used twice."""
    template = db.session.get(Space, space.template_id)
    if template is None:
        raise ValueError("a space without a template cannot be reset")
    session = db.session()
    _delete_rows(session, space.id)
    _copy_rows(session, template.id, space.id)
    session.expire_all()
    space.next_n = max(space.next_n, template.next_n)
    restart_clock(space, machine_now())


def restart_clock(space: Space, machine: datetime) -> None:
    """Put the clock back to 10:00 of the space's day, running."""
    space.clock_shown = at_work(space.day, space.company.timezone)
    space.clock_since = machine


def purge(space: Space) -> None:
    """Remove all rows of a space; the space itself stays as an empty shell, so its block is not reused."""
    _delete_rows(db.session(), space.id)
    db.session.expire_all()
    space.status = "purged"


def defer_references(session: Session) -> None:
    """Let foreign keys be checked at the commit instead of at each statement of this transaction."""
    connection = session.connection()
    sqlite = connection.dialect.name == "sqlite"
    connection.execute(text("PRAGMA defer_foreign_keys=ON" if sqlite else "SET CONSTRAINTS ALL DEFERRED"))


@across("a space is counted from outside")
def count_rows(space: Space) -> dict[str, int]:
    """How many rows of each table a space holds."""
    connection = db.session().connection()
    return {
        table.name: connection.execute(
            select(func.count()).select_from(table).where(table.c.space_id == space.id)
        ).scalar_one()
        for table in space_tables(Base.metadata)
    }


@across("a space is compared with another")
def images(space: Space) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a space with its ids as `n`, for comparing a space with what it was cloned from."""
    connection = db.session().connection()
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table in space_tables(Base.metadata):
        moved = {"id", *(column.name for column in refs(table))}
        columns = [column for column in table.columns if column.name != "space_id"]
        rows = connection.execute(
            select(*columns).where(table.c.space_id == space.id).order_by(table.c.id)
        ).all()
        found[table.name] = [
            tuple(
                value % BLOCK if column.name in moved and value is not None else value
                for column, value in zip(columns, row, strict=True)
            )
            for row in rows
        ]
    return found


@across("a space is copied from its template")
def _copy_rows(session: Session, source: int, target: int) -> None:
    session.flush()
    defer_references(session)
    connection = session.connection()
    delta = (target - source) * BLOCK
    for table in space_tables(Base.metadata):
        moved = {"id", *(column.name for column in refs(table))}
        chosen = [
            literal(target).label("space_id")
            if column.name == "space_id"
            else (column + delta).label(column.name)
            if column.name in moved
            else column
            for column in table.columns
        ]
        rows = select(*chosen).where(table.c.space_id == source)
        connection.execute(insert(table).from_select([column.name for column in table.columns], rows))


@across("a space is emptied")
def _delete_rows(session: Session, space_id: int) -> None:
    session.flush()
    defer_references(session)
    connection = session.connection()
    for table in reversed(space_tables(Base.metadata)):
        connection.execute(delete(table).where(table.c.space_id == space_id))


def add_rows(space: Space, rows: Mapping[str, list[dict[str, Any]]], next_n: int) -> None:
    """Add many rows with ids of their own, by table; the space goes on counting from `next_n`.

    For seeding only: whoever adds rows past the guard of actions brings the events that tell of them too.
    """
    session = db.session()
    session.flush()
    connection = session.connection()
    for table in space_tables(Base.metadata):
        if rows.get(table.name):
            connection.execute(insert(table), rows[table.name])
    space.next_n = next_n
    session.flush()


def next_number(space: Space) -> int:
    """The number that the next row of the space gets, as the database knows it."""
    db.session.flush()
    db.session.refresh(space, ["next_n"])
    return space.next_n
