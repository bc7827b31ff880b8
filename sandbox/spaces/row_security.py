"""The second fence, on PostgreSQL: the database itself shows a transaction the rows of one space only.

The policies are made by the migrations (`migrations/fences.py`) and compare each row's space with a setting
of the transaction. Whoever may pass every fence (a superuser of the cluster) passes this one as well, so the
program's own role should be nobody special.
"""

from __future__ import annotations

from typing import Any

from flask_sqlalchemy.session import Session as FlaskSession
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session, SessionTransaction

from sandbox.extensions import db

SETTING = "rehearsal.space"
SPACE, DOOR = "space", "door"  # what a session's `info` holds: the current space's id, the reason of `across`
_EVERY, _NONE = "*", ""
_SAY = text("SELECT set_config(:setting, :value, true)")


def announce(session: Session) -> None:
    """Tell the running transaction which space it may see; a new transaction is told as it begins."""
    if session.in_transaction() and session.is_active and session.get_bind().dialect.name == "postgresql":
        connection = session.connection()
        if not _has_failed(connection):
            _say(session, connection)


def is_passed_by_role() -> bool:
    """Whether the database's role walks through this fence: then only the program's own one stands."""
    connection = db.session().connection()
    if connection.dialect.name != "postgresql":
        return False
    query = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    return bool(connection.scalar(query))


def _has_failed(connection: Connection) -> bool:
    """Whether the transaction hears nothing any more but its rollback, after which it is told anew."""
    driver: Any = connection.connection.driver_connection
    return bool(driver.info.transaction_status == TransactionStatus.INERROR)


def _say(session: Session, connection: Connection) -> None:
    space = session.info.get(SPACE)
    value = _EVERY if session.info.get(DOOR) else str(space) if space is not None else _NONE
    connection.execute(_SAY, {"setting": SETTING, "value": value})


@event.listens_for(FlaskSession, "after_begin")
def _say_at_begin(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        _say(session, connection)


@event.listens_for(FlaskSession, "after_soft_rollback")
def _say_again(session: Session, previous: SessionTransaction) -> None:
    """A savepoint that is rolled back takes along what was said since it was set."""
    if previous.nested:
        announce(session)
