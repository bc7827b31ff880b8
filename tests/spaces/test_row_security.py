"""The second fence: PostgreSQL itself shows a transaction the rows of its own space only."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from sandbox.crm import Company
from sandbox.extensions import Base, db
from sandbox.spaces import BLOCK, Space, across, inside
from sandbox.spaces.mixin import space_tables
from sandbox.spaces.row_security import is_passed_by_role
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, make_space

pytestmark = pytest.mark.postgresql
COMPANIES: Any = Company.__table__


@pytest.fixture
def two(app: Any) -> Any:
    """Two spaces with a company each."""
    with app.test_request_context("/"):
        spaces = make_space(), make_space()
        for space in spaces:
            with inside(space):
                Desk(space).company(f"Of space {space.id}")
        yield spaces


def seen() -> set[int]:
    """The spaces whose companies a statement past the program's own fence sees."""
    return set(db.session().connection().scalars(select(COMPANIES.c.space_id)))


def test_a_statement_past_the_first_fence_meets_the_second(two: tuple[Space, Space]) -> None:
    one, other = two
    assert seen() == set()
    with inside(one):
        assert seen() == {one.id}
        with inside(other):
            assert seen() == {other.id}
        assert seen() == {one.id}
        with across("a test looks at all"):
            assert seen() == {one.id, other.id}
        assert seen() == {one.id}
    assert seen() == set()


def test_a_row_cannot_be_written_into_another_space(two: tuple[Space, Space]) -> None:
    one, other = two
    row = {"id": other.id * BLOCK + 900_000, "space_id": other.id, "version": 0, "name": "Smuggled"}
    with pytest.raises(DBAPIError, match="row-level security"), inside(one), unit_of_work() as session:
        session.connection().execute(insert(COMPANIES).values(**row))


def test_a_savepoint_rolled_back_leaves_the_space_as_it_was(two: tuple[Space, Space]) -> None:
    one, other = two
    with inside(one), unit_of_work() as session:
        savepoint = session.begin_nested()
        with inside(other):
            savepoint.rollback()
            assert seen() == {other.id}
        assert seen() == {one.id}


def test_every_table_of_spaces_has_its_fence(app: Any) -> None:
    """A migration that makes such a table calls `fence` for it."""
    with app.app_context():
        connection = db.session().connection()
        held = connection.scalars(text("SELECT relname FROM pg_class WHERE relforcerowsecurity"))
        assert set(held) == {table.name for table in space_tables(Base.metadata)}
        assert not is_passed_by_role()
