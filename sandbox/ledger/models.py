"""What one action did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Json, UtcDateTime
from sandbox.extensions import Base
from sandbox.spaces import Colleague, InSpace, ref

ORIGINS = ("seed", "given", "trainee", "actor", "import", "system")


class Event(InSpace, Base):
    """One action done: who, when, on which record, and the image of every row that it changed.

    `facts` is a list of `{"table", "n", "old", "new"}` in the order of change; `old` is None for a row that
    was made, `new` for one that was removed, otherwise both hold the changed fields only. References stand
    as `n`, so that a cloned event still tells the truth. Events are never updated.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_record", "space_id", "record_table", "record_n"),
        Index("ix_events_code", "space_id", "code"),
    )

    action: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(60))
    record_table: Mapped[str | None] = mapped_column(String(60))
    record_n: Mapped[int | None] = mapped_column(BigInteger)
    record_title: Mapped[str | None]
    by_id: Mapped[int | None] = ref("colleagues.id")
    by: Mapped[Colleague | None] = relationship(lazy="joined")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    origin: Mapped[str] = mapped_column(String(12))
    values: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    facts: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    undoes: Mapped[list[int] | None] = mapped_column(Json)
