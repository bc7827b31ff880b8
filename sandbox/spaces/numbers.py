"""Numbers for new rows: one counter per space, raised in the same transaction, never given back."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from sandbox.kernel.errors import Refused
from sandbox.spaces.mixin import BLOCK, InSpace
from sandbox.spaces.models import Space


def take_numbers(session: Session, space_id: int, count: int) -> int:
    """Reserve `count` numbers and return the first; locks the space's row until the commit.

    The lock makes the writers of one space follow each other, on PostgreSQL as well. A full block is
    refused with the code `space_full`.
    """
    spaces: Any = Space.__table__
    after = session.connection().execute(
        update(spaces)
        .where(spaces.c.id == space_id, spaces.c.next_n + count <= BLOCK)
        .values(next_n=spaces.c.next_n + count)
        .returning(spaces.c.next_n)
    )
    following = after.scalar()
    if following is None:
        raise Refused("space_full", _("This practice space is full: no more records can be added to it."))
    space = session.identity_map.get(identity_key(Space, space_id))
    if space is not None:
        set_committed_value(space, "next_n", following)  # the row in memory tells the truth, too
    return following - count


@event.listens_for(FlaskSession, "before_flush")
def _number_new_rows(session: Session, _context: Any, _instances: Any) -> None:
    new = [row for row in session.new if isinstance(row, InSpace) and row.id is None]
    if not new:
        return
    space_id = session.info.get("space")
    if space_id is None:
        raise RuntimeError("a row of a space was added where no space is set")
    new.sort(key=lambda row: inspect(row).insert_order or 0)
    n = take_numbers(session, space_id, len(new))
    for offset, row in enumerate(new):
        row.space_id = space_id
        row.id = space_id * BLOCK + n + offset
