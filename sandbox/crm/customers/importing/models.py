"""A file that somebody brought, until it is imported; it stands outside the spaces: it is no record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.columns import Json, UtcDateTime
from sandbox.crm.customers.importing.reading import Sheet, read
from sandbox.extensions import Base
from sandbox.kernel.errors import NotFound

DRAFT, WAITING, DONE, FAILED = "draft", "waiting", "done", "failed"
SKIP, UPDATE, CREATE = "skip", "update", "create"
POLICIES = (SKIP, UPDATE, CREATE)


class Upload(Base):
    """A file and how it is to be read; `counts` and `rejected` once it was imported by event `event_n`.

    The file itself goes as soon as it is imported; the rejected rows stay to be put right.
    """

    __tablename__ = "uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("spaces.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    colleague_n: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    columns_digest: Mapped[str | None] = mapped_column(String(64), index=True)
    encoding: Mapped[str | None] = mapped_column(String(12))
    separator: Mapped[str | None] = mapped_column(String(12))
    date_order: Mapped[str] = mapped_column(String(3))
    mapping: Mapped[dict[str, str]] = mapped_column(Json)
    policy: Mapped[str] = mapped_column(String(8), default=SKIP)
    again: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(8), default=DRAFT)
    counts: Mapped[dict[str, int] | None] = mapped_column(Json)
    columns: Mapped[list[str] | None] = mapped_column(Json)
    rejected: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)
    fault: Mapped[str | None] = mapped_column(String(400))
    event_n: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    def sheet(self) -> Sheet:
        """The file as rows, read as it is to be read."""
        if self.content is None:
            raise NotFound(f"the file of upload {self.id}")
        return read(self.content, self.encoding, self.separator)
