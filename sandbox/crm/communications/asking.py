"""Who asks what waits for them, and when: places in a statement, filled in only when it is sent.

The rail counts what waits on every page. With places instead of values the statement stays the same for all
who have a job role, and is put together once.
"""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Date, bindparam

from sandbox.columns import UtcDateTime
from sandbox.kernel.clock import at_work
from sandbox.spaces import Colleague, current_space

SOON_HOURS = 9
_TYPES: dict[str, Any] = {
    "me": BigInteger(),
    "now": UtcDateTime(),
    "soon": UtcDateTime(),
    "tonight": UtcDateTime(),
    "today": Date(),
}


def place(name: str) -> BindParameter[Any]:
    """A place to be filled in: `me`, `now`, `soon`, `tonight` or `today`; a new one wherever it stands."""
    return bindparam(name, type_=_TYPES[name])


def places_of(me: Colleague) -> dict[str, Any]:
    """What stands in the places while `me` asks: the colleague, now, in nine hours, midnight and the day."""
    space = current_space()
    now = space.now()
    today = now.astimezone(space.zone).date()
    return {
        "me": me.id,
        "now": now,
        "soon": now + timedelta(hours=SOON_HOURS),
        "tonight": at_work(today + timedelta(days=1), space.company.timezone, time.min),
        "today": today,
    }
