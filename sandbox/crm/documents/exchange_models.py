"""Papers on their way through the exchange: who may sign for us, and what the counterparty answers."""

from __future__ import annotations

import datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import UtcDateTime
from sandbox.crm.documents.models import CLARIFICATION, DELIVERED, REFUSED, SENT, SIGNED, Document
from sandbox.crm.record import Stamped
from sandbox.extensions import Base
from sandbox.spaces import Colleague, ref

STATES = (SENT, DELIVERED, SIGNED, REFUSED, CLARIFICATION)


class Power(Stamped, Base):
    """The authority of a colleague to sign for the firm: on what basis, and between which days."""

    __tablename__ = "powers"
    __record__ = "power"
    __table_args__ = (CheckConstraint("ends IS NULL OR ends >= begins", name="days"),)

    holder_id: Mapped[int] = ref("colleagues.id", nullable=False)
    holder: Mapped[Colleague] = relationship(Colleague, foreign_keys=[holder_id])
    basis: Mapped[str] = mapped_column(String(200))
    begins: Mapped[datetime.date]
    ends: Mapped[datetime.date | None]
    revoked_on: Mapped[datetime.date | None]

    @property
    def title(self) -> str:
        """Who may sign, and on what basis."""
        return f"{self.holder.name}: {self.basis}"

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it holds; None where it has no end."""
        days = [day for day in (self.ends, self.revoked_on) if day is not None]
        return min(days, default=None)

    def holds_on(self, day: datetime.date) -> bool:
        """Whether its holder may sign on a day."""
        return self.begins <= day and (self.last_day is None or day <= self.last_day)


class Sending(Stamped, Base):
    """One way of a paper through the exchange; `answers_at` is when the counterparty acts next."""

    __tablename__ = "sendings"
    __record__ = "sending"
    __table_args__ = (CheckConstraint(f"state IN ({', '.join(repr(one) for one in STATES)})", name="state"),)

    document_id: Mapped[int] = ref("documents.id", nullable=False)
    document: Mapped[Document] = relationship(Document)
    version_number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), index=True)
    signer_id: Mapped[int] = ref("colleagues.id", nullable=False)
    signer: Mapped[Colleague] = relationship(Colleague, foreign_keys=[signer_id])
    power_id: Mapped[int] = ref("powers.id", nullable=False)
    power: Mapped[Power] = relationship(Power)
    participant: Mapped[str] = mapped_column(String(80))
    answers_at: Mapped[datetime.datetime | None] = mapped_column(UtcDateTime, index=True)
    delivered_at: Mapped[datetime.datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime.datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(60))
    text: Mapped[str | None] = mapped_column(Text)
    reply: Mapped[str | None] = mapped_column(Text)
    sender: Mapped[Colleague | None] = relationship(
        Colleague, foreign_keys="Sending.created_by_id", viewonly=True
    )

    @property
    def title(self) -> str:
        """The version that was sent."""
        return str(self.version_number)

    @property
    def waits(self) -> bool:
        """Whether the counterparty is the one to act next."""
        return self.state in (SENT, DELIVERED)
