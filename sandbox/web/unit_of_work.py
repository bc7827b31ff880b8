"""The only place where a write transaction begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from sandbox.extensions import db, is_writing, write_mode


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Open one write transaction; commit it at the end, or roll it back when anything is raised.

    Whatever was read before is forgotten, so that what the block sees is what it locks. Open it after
    access, parsing, validation and hashing; leave it before anything is drawn.
    """
    if is_writing():
        raise RuntimeError("a unit of work is open already: pass the work on, do not nest it")
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows were changed before the unit of work opened")
    session.rollback()
    with write_mode():
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
