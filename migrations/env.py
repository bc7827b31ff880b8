"""How Alembic reaches the database: through the application, for writing, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import JSON, Connection, text
from sqlalchemy.types import TypeDecorator

from sandbox.extensions import Base, db, write_mode


def render(kind: str, thing: Any, context: Any) -> str | bool:
    """Write our own column types as what they are in the database, so that a migration outlives them."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{type(thing.impl_instance).__name__}()"
    if kind == "type" and isinstance(thing, JSON):
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def run() -> None:
    """Bring the tables to the version asked for; on SQLite a table is rebuilt where ALTER cannot do it."""
    with write_mode(), db.engine.connect() as connection, _rebuilding(connection):
        if connection.dialect.name == "postgresql":  # a migration sees the rows of every space
            connection.execute(text("SELECT set_config('rehearsal.space', '*', true)"))
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            **current_app.extensions["migrate"].configure_args
            | {
                "render_as_batch": connection.dialect.name == "sqlite",
                "compare_type": True,
                "render_item": render,
            },
        )
        with context.begin_transaction():
            context.run_migrations()
            _insist_on_references(connection)
        connection.commit()


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """Let SQLite drop and rename a table that others refer to; before the commit all references are checked.

    The pragma is heard outside a transaction only, so it goes to the driver before one begins.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()  # nothing after a commit
        driver.execute("PRAGMA foreign_keys=ON")


def _insist_on_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            tables = ", ".join(sorted({str(row[0]) for row in broken}))
            raise RuntimeError(f"the migration would leave references to nothing in: {tables}")


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database: set DATABASE_URL, and leave --sql away.")
run()
