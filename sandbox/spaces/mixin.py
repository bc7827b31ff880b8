"""What makes a table a table of spaces: ids in blocks, and the fence around each block."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, MappedColumn, declared_attr, mapped_column

# One space owns the ids from `space * BLOCK + 1` to `space * BLOCK + BLOCK - 1`.
BLOCK = 1_000_000_000


class InSpace:
    """A row of a space: `id = space_id * BLOCK + n`, where `n` is what people and addresses see.

    `version` is the number of the event that last changed the row, so that a stale form is noticed
    even when an undo has put older values back. `__record__` names the kind of record in addresses,
    scenarios and events; a table without one is a detail of another record.
    """

    __record__: ClassVar[str | None] = None
    __table__: ClassVar[Any]

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger, default=0)

    @declared_attr
    def space_id(cls) -> Mapped[int]:
        return mapped_column(BigInteger, ForeignKey("spaces.id"), index=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if isinstance(cls.__dict__.get("__table__"), Table):
            _fence(cls.__table__)

    @property
    def n(self) -> int:
        """The number of the row inside its space."""
        return self.id % BLOCK

    @property
    def key(self) -> str:
        """The record's name on a page, such as `deals-7`."""
        return f"{self.__table__.name}-{self.n}"


@cache
def record_type(word: str) -> type[InSpace]:
    """The kind of record by its word, for an area that may not import the one where it lives."""
    waiting: list[type[InSpace]] = [InSpace]
    while waiting:
        cls = waiting.pop()
        if cls.__record__ == word:
            return cls
        waiting += cls.__subclasses__()
    raise LookupError(f"there is no record {word}")


def ref(target: str, *, nullable: bool = True, index: bool = True) -> MappedColumn[Any]:
    """A foreign key to a row of the same space, such as `ref("colleagues.id")`; the fence is added by itself.

    Deferrable, because an undo puts rows back in the order in which they were changed.
    """
    return mapped_column(
        BigInteger,
        ForeignKey(target, deferrable=True, initially="IMMEDIATE"),
        nullable=nullable,
        info={"in_space": target.partition(".")[0], "indexed": index},
    )


def space_tables(metadata: Any) -> list[Table]:
    """All tables of spaces, parents first."""
    return [table for table in metadata.sorted_tables if table.info.get("in_space")]


def refs(table: Table) -> list[Column[Any]]:
    """The columns of a table of spaces that point at a row of the same space."""
    return [column for column in table.columns if column.info.get("in_space")]


def _fence(table: Table) -> None:
    """Hold the id and every reference of a row inside the row's own block."""
    table.info["in_space"] = True
    for column in refs(table):
        if column.info["indexed"]:
            # Every query names the space as well: with an index that does not, SQLite, which keeps no
            # statistics here, may read a whole space to find the few rows of one record.
            Index(f"ix_{table.name}_{column.name}", column, table.c.space_id)
    for column in [table.c.id, *refs(table)]:
        low = f"space_id * {BLOCK}"
        table.append_constraint(
            CheckConstraint(
                f"{column.name} > {low} AND {column.name} < {low} + {BLOCK}", name=f"{column.name}_in_block"
            )
        )
