"""An address, or all of a domain, that no mailing goes to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.columns import UtcDateTime
from sandbox.crm.record import Record
from sandbox.extensions import Base

COMPETITOR, COMPLAINT, PARTNER, STAFF, OTHER = "competitor", "complaint", "partner", "staff", "other"
REASONS = (COMPETITOR, COMPLAINT, PARTNER, STAFF, OTHER)


class Suppression(Record, Base):
    """An e-mail, or `@firm.example` for all of a domain; one that was lifted stays to be read."""

    __tablename__ = "suppressions"
    __record__ = "suppression"
    __derived__ = {"active": ("bool", ("lifted_at",)), "reason": ("choice", ("reason",))}

    value: Mapped[str] = mapped_column(String(200), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_why: Mapped[str | None] = mapped_column(String(200))

    @property
    def title(self) -> str:
        """The address or the domain."""
        return self.value

    @property
    def active(self) -> bool:
        """Whether it still keeps mailings away."""
        return self.lifted_at is None
