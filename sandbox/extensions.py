"""The libraries that every package may use, made once and bound to an application by `init_app`."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType
from typing import Any

from flask import Flask, current_app
from flask_babel import Babel
from flask_htmx import HTMX
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.orm import DeclarativeBase

# The one flag behind "query-only everywhere; IMMEDIATE only inside the unit of work".
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    """What every table is declared on; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
migrate = Migrate()
csrf = CSRFProtect()
babel = Babel()
htmx = HTMX()
limiter = Limiter(get_remote_address)
login_manager = LoginManager()


def init_app(app: Flask) -> None:
    """Bind the libraries to `app`; the database engine gets the options its kind needs."""
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(app.config["SQLALCHEMY_DATABASE_URI"]))
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    migrate.init_app(app, db, directory=str(Path(__file__).parent.parent / "migrations"))
    csrf.init_app(app)
    htmx.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)
    app.extensions["queue"] = make_queue(app.config["QUEUE_URL"])


def engine_options(url: str) -> dict[str, Any]:
    """What `create_engine` is told for this kind of database."""
    options: dict[str, Any] = {
        "json_serializer": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
    }
    if url.startswith("sqlite"):
        options["module"] = _sqlite()
        options["connect_args"] = {"timeout": 20}
    else:
        options["pool_pre_ping"] = True
    return options


def _sqlite() -> ModuleType:
    """A current SQLite where a wheel of it fits this machine, else Python's own."""
    try:
        # Some systems' own SQLite has a rare WAL fault; pysqlite3 brings a current one.
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


def prepare_engine(engine: Engine) -> None:
    """Make transactions read-only until a unit of work opens one for writing."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        if engine.url.database and engine.url.database != ":memory:":
            _watch_file(engine, Path(engine.url.database))
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _watch_file(engine: Engine, file: Path) -> None:
    """Notice that the database file was moved away or replaced: writes into the old one would be lost."""

    def identity() -> tuple[int, int] | None:
        try:
            state = file.stat()
        except OSError:
            return None
        return state.st_dev, state.st_ino

    was_there = False

    def gone() -> OperationalError:
        return OperationalError("", None, FileNotFoundError(f"{file} is gone"))

    def open_only_what_is_there(*_arguments: Any) -> None:
        if was_there and identity() is None:
            raise gone()  # SQLite would make an empty file

    def remember(_connection: Any, record: Any) -> None:
        nonlocal was_there
        was_there = True
        record.info["file"] = identity()

    def insist(_connection: Any, record: Any, _proxy: Any) -> None:
        if identity() is None:
            raise gone()
        if record.info.get("file") != identity():
            raise DisconnectionError(f"{file} was replaced")  # the pool opens the new one

    event.listen(engine, "do_connect", open_only_what_is_there)
    event.listen(engine, "connect", remember)
    event.listen(engine, "checkout", insist)


def _begin_sqlite(connection: Any) -> None:
    writes = _writing.get()
    if connection.info.get("writes") is not writes:  # it stays set on the connection from one use to the next
        connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.info["writes"] = writes
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")


def _begin_postgresql(connection: Any) -> None:
    if not _writing.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def is_writing() -> bool:
    """Whether the write lock is held here: then nothing may be drawn or hashed."""
    return _writing.get()


@contextmanager
def write_mode() -> Iterator[None]:
    """Let transactions begun in this block write: for the unit of work and for migrations only."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def queue() -> Huey:
    """The queue of this application's background work."""
    return current_app.extensions["queue"]


def make_queue(url: str) -> Huey:
    """A queue behind `url`: a SQLite file of its own, PostgreSQL or Redis."""
    if url.startswith("sqlite:///"):
        return SqliteHuey("rehearsal", filename=url.removeprefix("sqlite:///"))
    if url.startswith("redis"):
        return RedisHuey("rehearsal", url=url)
    return PostgresHuey("rehearsal", dsn=url)
