"""One passing of a lead from marketing to sales, and what sales said to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import UtcDateTime
from sandbox.crm.record import Stamped
from sandbox.crm.sales.leads import Lead
from sandbox.extensions import Base
from sandbox.spaces import Colleague, current_space, ref

WAITING, ACCEPTED, RETURNED = "waiting", "accepted", "returned"


class Handover(Stamped, Base):
    """A lead that waits for a seller's yes or no until `answer_by`."""

    __tablename__ = "handovers"
    __record__ = "handover"
    __table_args__ = (CheckConstraint("status IN ('waiting', 'accepted', 'returned')", name="status"),)
    __derived__ = {"late": ("bool", ("answer_by", "answered_at")), "open": ("bool", ("status",))}

    lead_id: Mapped[int] = ref("leads.id", nullable=False)
    lead: Mapped[Lead] = relationship(Lead)
    from_id: Mapped[int | None] = ref("colleagues.id")
    from_: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[from_id])
    to_id: Mapped[int] = ref("colleagues.id", nullable=False)
    to: Mapped[Colleague] = relationship(Colleague, foreign_keys=[to_id])
    status: Mapped[str] = mapped_column(String(12), index=True)
    answer_by: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(String(60))
    remark: Mapped[str | None] = mapped_column(Text)

    @property
    def title(self) -> str:
        """Whose turn it is with whom."""
        return f"{self.lead.title} → {self.to.name}"

    @property
    def on(self) -> Lead:
        """The lead."""
        return self.lead

    @property
    def is_open(self) -> bool:
        """Whether sales has not answered."""
        return self.status == WAITING

    @property
    def open(self) -> bool:
        """The same, by the word of scenarios."""
        return self.is_open

    @property
    def late(self) -> bool:
        """Whether the answer came, or would now come, after its time."""
        return (self.answered_at or current_space().now()) > self.answer_by
