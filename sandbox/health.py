"""`/healthz`: tells a monitor which program and which database stand here."""

from __future__ import annotations

import logging

from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from sandbox.extensions import db
from sandbox.version import __version__
from sandbox.web.access import allow, anyone

log = logging.getLogger(__name__)
blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@allow(anyone)
def show() -> ResponseReturnValue:
    """Version, database and schema as JSON: 200 when the database answers, else 503."""
    try:
        with db.engine.connect() as connection:
            database, schema = database_of(connection), schema_of(connection)
    except SQLAlchemyError as fault:
        log.error("the database does not answer: %s", fault)
        return jsonify(status="no database", version=__version__), 503
    answer = jsonify(status="ok", version=__version__, database=database, schema=schema)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def database_of(connection: Connection) -> str:
    """Kind and version of the engine behind a connection: `sqlite 3.53.4`."""
    version = connection.dialect.server_version_info or ()
    return f"{connection.dialect.name} {'.'.join(str(part) for part in version)}"


def schema_of(connection: Connection) -> str | None:
    """The migration the tables stand at; None where no migration has run."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def init_app(app: Flask) -> None:
    """Serve `/healthz`."""
    app.register_blueprint(blueprint)
