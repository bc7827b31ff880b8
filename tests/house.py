"""One application on one kind of database, made once and put into a known state for each test."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask

from sandbox import create_app
from sandbox.extensions import db, write_mode
from tests.database import EMPTY, Databases, open_databases
from tests.states import STATES

MIGRATIONS = Path(__file__).parent.parent / "migrations"
SETTINGS = {
    "TESTING": True,
    "SERVER_NAME": None,
    "DEMO": False,
    "RATELIMIT_ENABLED": False,
    # Each page counts anew what waits: pages are compared by how often they ask.
    "WAITING_KEPT": 0,
    # The weakest hash there is: the tests' passwords protect nothing, and a real one takes 0.2 s.
    "ARGON2": {"time_cost": 1, "memory_cost": 8, "parallelism": 1},
}


class House:
    """The application, its database, and the states kept of it."""

    def __init__(self, databases: Databases) -> None:
        self.databases = databases
        self.app = self.another_app()
        self.settings = dict(self.app.config)
        self.kept = {EMPTY}

    def another_app(self, **settings: Any) -> Flask:
        """An application on this database; its settings over those of every test."""
        return make_app(self.databases.url, **settings)

    def begin(self, state: str) -> None:
        """Put the database into a state, made first where no test has asked for it yet."""
        self._make(state)
        self._disconnect()
        self.databases.renew(state)

    def end(self) -> None:
        """Forget what the test changed of the configuration, and let go of the database."""
        self.app.config.clear()
        self.app.config.update(self.settings)
        self._disconnect()

    def close(self) -> None:
        """Take the database away."""
        self._disconnect()
        self.databases.close()

    def _make(self, state: str) -> None:
        if state in self.kept:
            return
        parent, fill = STATES[state]
        self.begin(parent)
        with self.app.app_context():
            fill()
        self._disconnect()
        self.databases.keep(state)
        self.kept.add(state)

    def _disconnect(self) -> None:
        with self.app.app_context():
            db.engine.dispose()
            if db.engine.pool.checkedout():  # type: ignore[attr-defined]
                gc.collect()  # a session nobody closed goes with its owner


def make_app(url: str, **settings: Any) -> Flask:
    """An application for tests on the database at `url`."""
    return create_app({**SETTINGS, "SQLALCHEMY_DATABASE_URI": url, **settings})


def open_house(kind: str) -> House | None:
    """The house on a kind of database; None where the programs for it are missing."""
    databases = open_databases(kind, _make_tables)
    return House(databases) if databases else None


def _make_tables(url: str) -> None:
    app = make_app(url)
    with app.app_context():
        if any((MIGRATIONS / "versions").glob("*.py")):
            flask_migrate.upgrade()
        else:
            with write_mode():
                db.create_all()
        db.engine.dispose()
