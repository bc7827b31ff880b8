"""Where a run goes on after a way back or a pause: at the record one was at."""

from __future__ import annotations

from sqlalchemy import select

from sandbox.extensions import db
from sandbox.ledger import registry
from sandbox.spaces import current_space, fetch
from sandbox.training.judging import progress_of
from sandbox.training.models import Attempt, Evidence


def place_of(attempt: Attempt) -> str:
    """The page of the record that was opened or worked on last in what this take keeps; else the deals."""
    query = select(Evidence).where(Evidence.attempt_id == attempt.id).order_by(Evidence.id)
    rows = list(db.session.scalars(query))
    mine = [row for row in rows if row.take == attempt.take and _is_mine(row)]
    for row in reversed(mine or _kept(attempt, rows)):
        key = (row.data["type"], row.data["n"]) if row.kind == "seen" and "n" in row.data else None
        key = tuple(row.data["record"]) if row.kind == "event" and row.data["record"] else key
        page = _page(*key) if key else None
        if page:
            return page
    return f"/s/{attempt.space_id}/deals"


def _kept(attempt: Attempt, rows: list[Evidence]) -> list[Evidence]:
    """What came before the last tick that a rewind has left."""
    progress = progress_of(attempt)
    ticked = {state.index for state in progress.steps if state.ticked} if progress else set()
    ticks = [place for place, row in enumerate(rows) if row.kind == "tick" and row.step in ticked]
    before = rows[: ticks[-1]] if ticks else []
    return [row for row in before if _is_mine(row)]


def _is_mine(row: Evidence) -> bool:
    """Whether the person was there: what the world does meanwhile, such as answer a letter, leads nowhere."""
    return row.kind == "seen" or (row.kind == "event" and row.data["origin"] == "trainee")


def _page(kind: str, n: int) -> str | None:
    try:
        row = fetch(registry.records()[kind], n)
    except LookupError:
        return None
    about = getattr(row, "on", None) or row  # a call or a task is read on the record it is about
    return f"/s/{current_space().id}/{about.__table__.name}/{about.n}"
