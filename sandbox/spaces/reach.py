"""The only ways to reach the rows of a space, and the fence that every query runs into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar, cast

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import ClauseElement, Select, Table, TextClause, bindparam, event, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.util import find_tables

from sandbox.extensions import db
from sandbox.kernel.errors import NotFound
from sandbox.spaces.mixin import BLOCK, InSpace
from sandbox.spaces.models import Space
from sandbox.spaces.row_security import DOOR as _DOOR
from sandbox.spaces.row_security import SPACE as _SPACE
from sandbox.spaces.row_security import announce

Row = TypeVar("Row", bound=InSpace)
_KEPT = "kept"


class OutsideSpace(RuntimeError):
    """A query for rows of spaces where no space is set, or one that cannot be scoped."""


def current_space() -> Space:
    """The space that this session works in."""
    session = db.session()
    space_id = session.info.get(_SPACE)
    space: Space | None = None
    if space_id:  # a page asks for it hundreds of times, so the session's own map is looked into first
        space = session.identity_map.get((Space, (space_id,), None)) or session.get(Space, space_id)
    if space is None:
        raise OutsideSpace("no space is set")
    return space


@contextmanager
def inside(space: Space) -> Iterator[Space]:
    """Work in `space` until the block ends; rows of another space are dropped from the session first."""
    session = db.session()
    before = session.info.get(_SPACE)
    enter(space)
    try:
        yield space
    finally:
        if before != space.id:
            _drop_rows(session)
            session.info[_SPACE] = before
            announce(session)


def enter(space: Space) -> None:
    """Make `space` the current one for the rest of the request."""
    session = db.session()
    if session.info.get(_SPACE) != space.id:
        _drop_rows(session)
        session.info[_SPACE] = space.id
        announce(session)


@contextmanager
def across(reason: str) -> Iterator[None]:
    """The one door for what must read or copy rows across spaces; a test lists its users by `reason`."""
    if not reason:
        raise ValueError("say why")
    session = db.session()
    before = session.info.get(_DOOR)
    session.info[_DOOR] = reason
    announce(session)
    try:
        yield
    finally:
        session.info[_DOOR] = before
        announce(session)


def number_of(model: type[Row], n: int) -> int:
    """The id of row `n` of the current space."""
    if not 0 < n < BLOCK:
        raise NotFound(f"{model.__name__} {n}")
    return current_space().id * BLOCK + n


def fetch(model: type[Row], n: int, *, deleted: bool = False, options: Sequence[Any] = ()) -> Row:
    """The record with number `n` in the current space, or NotFound; a deleted one only when asked for.

    `options` say what is loaded along with it: constants, since the statement is kept for them.
    """
    if options:
        row = (
            db.session.scalars(_with(cast(Any, model), tuple(options)), {"id": number_of(model, n)})
            .unique()
            .first()
        )
    else:
        row = db.session.get(model, number_of(model, n))
    if row is None or (not deleted and getattr(row, "deleted_at", None) is not None):
        raise NotFound(f"{model.__name__} {n}")
    return row


@lru_cache(maxsize=64)
def _with(model: Any, options: tuple[Any, ...]) -> Any:
    """The statement for one row and what is loaded along with it, with a place for its id."""
    return kept(select(model).where(model.id == bindparam("id")).options(*options))


def every(model: type[Row], *, deleted: bool = False) -> Select[Row]:
    """A select of the current space's rows that are not deleted, to be narrowed further."""
    current_space()
    query = select(model)
    mark: Any = getattr(model, "deleted_at", None)
    if not deleted and mark is not None:
        query = query.where(mark.is_(None))
    return query


def first(query: Select[Row]) -> Row | None:
    """The first row of a select, or None."""
    return db.session.scalars(query.limit(1)).first()


def _drop_rows(session: Session) -> None:
    session.flush()
    for row in list(session):
        if isinstance(row, InSpace) and row in session:  # a row takes its details along
            session.expunge(row)


def kept(query: Any) -> Any:
    """Mark a select that is put together once, with places instead of values: it is scoped once as well."""
    return query.execution_options(**{_KEPT: True})


def _in_space(query: Any, space_id: int) -> Any:
    return query.options(_rows_of(space_id))


_kept_in = lru_cache(maxsize=1024)(_in_space)


@lru_cache(maxsize=256)
def _rows_of(space_id: int) -> Any:
    """The criterion that keeps a query to one space; a page asks for it with each of its queries."""
    return with_loader_criteria(InSpace, lambda row: row.space_id == space_id, include_aliases=True)


@event.listens_for(FlaskSession, "do_orm_execute")
def _scope(state: ORMExecuteState) -> None:
    """Give every query the current space as a criterion, and refuse what cannot be given one."""
    info = state.session.info
    if info.get(_DOOR) or state.is_column_load or state.is_relationship_load:
        return  # a relationship cannot leave its space: the fences hold its keys in the block
    if isinstance(state.statement, TextClause):
        raise OutsideSpace("textual SQL is not scoped: use the bulk module")
    space_id = info.get(_SPACE)
    if state.is_select and state.is_orm_statement and space_id is not None:
        scoped = _kept_in if _KEPT in state.execution_options else _in_space
        state.statement = scoped(state.statement, space_id)
        return
    statement = cast(ClauseElement, state.statement)
    tables = find_tables(statement, include_joins=True, include_selects=True, include_crud=True)
    # `find_tables` lists the selects themselves as well; only tables carry the mark of a space.
    touched = [table.name for table in tables if isinstance(table, Table) and table.info.get("in_space")]
    if touched:
        kind = "reads" if state.is_select else "changes"
        raise OutsideSpace(f"this statement {kind} {', '.join(touched)} past the fence of spaces")
