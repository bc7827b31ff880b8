"""How Alembic reaches the database: through the application, for writing, in one transaction."""

from __future__ import annotations

from alembic import context
from flask import current_app

from sandbox.extensions import Base, db, write_mode


def run() -> None:
    """Bring the tables to the version asked for; on SQLite a table is rebuilt where ALTER cannot do it."""
    with write_mode(), db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            **current_app.extensions["migrate"].configure_args
            | {"render_as_batch": connection.dialect.name == "sqlite", "compare_type": True},
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database: set DATABASE_URL, and leave --sql away.")
run()
