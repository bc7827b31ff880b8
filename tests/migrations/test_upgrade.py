"""A database of each earlier version, with rows in it, comes up to this one and loses nothing.

`rows_<revision>.json` holds the rows of a small database as that version wrote them: table, then its rows.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import Boolean, Connection, Date, DateTime, LargeBinary, MetaData, String, Table, select, text

from sandbox.crm import Company
from sandbox.extensions import db, write_mode
from sandbox.people import Person
from sandbox.spaces import Space, every, inside
from sandbox.training.models import Attempt, Evidence

pytestmark = pytest.mark.both_databases
HERE = Path(__file__).parent
NOON = datetime(2026, 3, 18, 12, tzinfo=UTC).replace(tzinfo=None)
OLD = sorted(file.stem.removeprefix("rows_") for file in HERE.glob("rows_*.json"))


# Whoever is signed in signs in once more: 0016 keeps a row for each browser instead.
TAKEN_AWAY = {("people", "session_key")}
# What a later version did to every row of an earlier one, and what it is about, is tried from there alone.
of_the_first_release = pytest.mark.parametrize("old", ["0001"], indirect=True)


@pytest.fixture(params=OLD)
def old(app: Flask, request: pytest.FixtureRequest) -> Any:
    """A database as an earlier version left it; its rows by table."""
    rows = json.loads((HERE / f"rows_{request.param}.json").read_text())
    with app.app_context():
        with write_mode(), db.engine.begin() as connection:
            _see_everything(connection)
            held = _tables(connection)
            held.drop_all(connection)
        flask_migrate.upgrade(revision=request.param)
        with write_mode(), db.engine.begin() as connection:
            _see_everything(connection)
            _insert(connection, rows)
        yield rows


def test_every_row_is_there_after_the_upgrade(old: dict[str, list[dict[str, Any]]]) -> None:
    flask_migrate.upgrade()
    with db.engine.begin() as connection:
        _see_everything(connection)
        tables = _tables(connection)
        for name, rows in old.items():
            table = tables.tables[name]
            held = {_identity(table, row): row for row in connection.execute(table.select()).mappings()}
            assert len(held) >= len(rows), name
            gone = {column for where, column in TAKEN_AWAY if where == name}
            for row in (_typed(table, {k: row[k] for k in row if k not in gone}) for row in rows):
                for column, value in row.items():
                    now = held[_identity(table, row)]
                    if column == "next_n":  # a space goes on counting where rows of its own were added
                        assert now[column] >= value
                        continue
                    assert now[column] == value, f"{name}.{column}"


def test_the_program_reads_what_an_earlier_version_wrote(old: dict[str, list[dict[str, Any]]]) -> None:
    flask_migrate.upgrade()
    assert len(db.session.scalars(db.select(Person)).all()) == len(old["people"])
    attempt = db.session.scalars(db.select(Attempt)).one()
    assert db.session.scalars(db.select(Evidence).where(Evidence.attempt_id == attempt.id)).all()
    space = db.session.get_one(Space, old["companies"][0]["space_id"])
    with inside(space):
        names = [one["name"] for one in old["companies"] if one["space_id"] == space.id]
        assert sorted(one.name for one in db.session.scalars(every(Company))) == sorted(names)


@pytest.mark.parametrize("old", OLD[-1:], indirect=True)
def test_the_last_release_left_rows_in_every_table(old: dict[str, list[dict[str, Any]]]) -> None:
    """Else an upgrade that harms the rows of a table would be tried on none of them."""
    with db.engine.begin() as connection:
        assert {*_tables(connection).tables} - {"alembic_version"} == {name for name in old if old[name]}


@of_the_first_release
def test_a_phone_and_an_email_of_a_card_become_rows_of_their_own(
    old: dict[str, list[dict[str, Any]]],
) -> None:
    company = old["companies"][0]
    with write_mode(), db.engine.begin() as connection:
        _see_everything(connection)
        table = _tables(connection).tables["companies"]
        said = {"phone": "+79160000418", "email": "kassa@romashka.example"}
        connection.execute(table.update().where(table.c.id == company["id"]).values(**said))
    flask_migrate.upgrade()
    space = db.session.get_one(Space, company["space_id"])
    with inside(space):
        moved = db.session.get_one(Company, company["id"]).addresses
        assert [(one.kind, one.value, one.is_primary) for one in moved] == [
            ("phone", "+79160000418", True),
            ("email", "kassa@romashka.example", True),
        ]
        before = next(one["next_n"] for one in old["spaces"] if one["id"] == space.id)
        assert space.next_n == before + 2 > max(one.n for one in moved)


@of_the_first_release
def test_a_table_is_rebuilt_while_others_refer_to_its_rows(old: dict[str, list[dict[str, Any]]]) -> None:
    """SQLite alters a table by putting another in its place: a question on a note survives it."""
    flask_migrate.upgrade(revision="0005")
    space, who = old["colleagues"][0]["space_id"], old["colleagues"][0]["id"]
    stamps = {"created_at": NOON, "changed_at": NOON, "version": 1, "space_id": space}
    note = {"id": space * 1_000_000_000 + 800_001, "kind": "note", "deal_id": old["deals"][0]["id"], **stamps}
    question = {"id": note["id"] + 1, "activity_id": note["id"], "colleague_id": who, **stamps}
    with write_mode(), db.engine.begin() as connection:
        _see_everything(connection)
        tables = _tables(connection).tables
        connection.execute(tables["activities"].insert(), [_filled(tables["activities"], note)])
        connection.execute(tables["mentions"].insert(), [_filled(tables["mentions"], question)])
    flask_migrate.upgrade()
    with db.engine.begin() as connection:
        _see_everything(connection)
        mentions = _tables(connection).tables["mentions"]
        assert connection.scalars(select(mentions.c.activity_id)).all() == [note["id"]]


def _filled(table: Any, row: dict[str, Any]) -> dict[str, Any]:
    """The row with what the table asks for besides: nothing, no, or an empty word."""
    usual = {column.name: _nothing(column) for column in table.columns if not column.nullable}
    return {**usual, **row}


def _nothing(column: Any) -> Any:
    return False if isinstance(column.type, Boolean) else "" if isinstance(column.type, String) else 0


def _see_everything(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('rehearsal.space', '*', true)"))


def _tables(connection: Connection) -> MetaData:
    tables = MetaData()
    tables.reflect(connection)
    return tables


def _insert(connection: Connection, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Put the rows in, parents first; within a table the file has them in that order."""
    for table in _tables(connection).sorted_tables:
        if table.name in rows:
            connection.execute(table.insert(), [_typed(table, row) for row in rows[table.name]])


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row with its days, times and bytes as values instead of text; reflection tells which they are."""
    typed = {}
    for name, value in row.items():
        kind = table.c[name].type
        if isinstance(kind, DateTime) and value is not None:
            value = datetime.fromisoformat(value)
            value = value if getattr(kind, "timezone", False) else value.replace(tzinfo=None)
        elif isinstance(kind, Date) and value is not None:
            value = date.fromisoformat(value)
        elif isinstance(kind, LargeBinary) and value is not None:
            value = base64.b64decode(value)
        typed[name] = value
    return typed


def _identity(table: Table, row: Any) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)
