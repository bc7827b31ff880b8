"""The migrations make the tables that the models speak of."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from sandbox.extensions import Base, db

pytestmark = pytest.mark.postgresql  # SQLite cannot tell an altered reference by its name


def test_nothing_is_left_to_migrate(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
