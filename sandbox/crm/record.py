"""What every record of the CRM has: who made it and when, whose it is, and the keys it is found by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Table, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from sandbox.columns import Json, UtcDateTime
from sandbox.kernel.fold import search_key, sort_key
from sandbox.spaces import Colleague, InSpace, ref

SORTED_BY = 200
# By these a list is ordered as it opens: the database reads the first page of a space's rows, and no more.
ORDERS = ("created_at", "sort_key")


class Stamped(InSpace):
    """A row that says who made it and when, and who changed it last; `custom`: the firm's own fields."""

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = ref("colleagues.id", index=False)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int | None] = ref("colleagues.id", index=False)
    custom: Mapped[dict[str, Any] | None] = mapped_column(Json)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        table = cls.__dict__.get("__table__")
        if isinstance(table, Table):
            for name in ORDERS:
                if name in table.c:
                    Index(f"ix_{table.name}_{name}", table.c.space_id, table.c[name])


class Record(Stamped):
    """A record with an owner, keys to be found and sorted by, and a way back from deletion."""

    owner_id: Mapped[int | None] = ref("colleagues.id")
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    search_key: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(String(SORTED_BY))

    @declared_attr
    def owner(cls) -> Mapped[Colleague | None]:
        """The colleague who looks after the record."""
        return relationship(Colleague, foreign_keys=[cls.owner_id])  # type: ignore[list-item]

    @property
    def title(self) -> str:
        """How the record is named in lists and sentences."""
        raise NotImplementedError

    def found_by(self) -> tuple[str | None, ...]:
        """The texts by which people look for the record."""
        return (self.title,)

    def make_keys(self) -> None:
        """Fold what the record is found and sorted by; the same on both databases."""
        self.search_key = search_key(*self.found_by())
        self.sort_key = sort_key(self.sorted_by())[:SORTED_BY]

    def sorted_by(self) -> str:
        """The text that gives the record its place in a list by name."""
        return self.title


def stamp_new(record: Stamped, by: Colleague | None, at: datetime) -> None:
    """Say who made the record and when; without an owner it is theirs."""
    record.created_at = record.changed_at = at
    record.created_by_id = record.changed_by_id = by.id if by is not None else None
    if isinstance(record, Record):
        if record.owner is None and record.owner_id is None:
            record.owner = by
        record.make_keys()


def stamp_change(record: Stamped, by: Colleague | None, at: datetime) -> None:
    """Say who changed the record and when."""
    record.changed_at = at
    record.changed_by_id = by.id if by is not None else None
    if isinstance(record, Record):
        record.make_keys()
