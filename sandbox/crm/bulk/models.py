"""A piece of work on many records, from the button to its report; outside the spaces: it is no record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.columns import Json, UtcDateTime
from sandbox.extensions import Base

WAITING, DONE, FAILED = "waiting", "done", "failed"


class BulkRun(Base):
    """Which action is to be done with which records (`numbers`), and what came of it.

    `typed` is what was typed in its form, once for all; `refused` tells of each record that a rule turned
    down: number, title and cause. `back` is the list that it was begun in. Much is done part by part, so that
    others get their turn between: `place` records are behind it, `event_ns` are the events of the parts so
    far, and `moved_at` is when the last of them was done.
    """

    __tablename__ = "bulk_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    colleague_n: Mapped[int] = mapped_column(BigInteger)
    list_table: Mapped[str] = mapped_column(String(60))
    way: Mapped[str] = mapped_column(String(120))
    typed: Mapped[dict[str, str]] = mapped_column(Json)
    numbers: Mapped[list[int]] = mapped_column(Json)
    back: Mapped[str] = mapped_column(String(2400))
    status: Mapped[str] = mapped_column(String(8), default=WAITING)
    place: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    refused: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)
    fault: Mapped[str | None] = mapped_column(String(400))
    event_ns: Mapped[list[int]] = mapped_column(Json, default=list)
    language: Mapped[str] = mapped_column(String(5), default="en")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
