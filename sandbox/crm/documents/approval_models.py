"""The way of a paper through its visas: an approval of one version, its visas, and who stands in for whom."""

from __future__ import annotations

import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Money, UtcDateTime
from sandbox.crm.communications.models import Activity
from sandbox.crm.documents.models import Document
from sandbox.crm.record import Stamped
from sandbox.extensions import Base
from sandbox.spaces import Colleague, ref

AHEAD, WAITING, GIVEN, REFUSED, VOID = "ahead", "waiting", "given", "returned", "void"
STATES = (AHEAD, WAITING, GIVEN, REFUSED, VOID)


class Approval(Stamped, Base):
    """One run of a route for one version of a paper; whoever made it is the initiator.

    `answer` is what the initiator says to the remarks with which the same text came back.
    """

    __tablename__ = "approvals"

    document_id: Mapped[int] = ref("documents.id", nullable=False)
    document: Mapped[Document] = relationship(Document)
    version_number: Mapped[int]
    answer: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime.datetime | None] = mapped_column(UtcDateTime)
    visas: Mapped[list[Visa]] = relationship(
        "Visa", order_by="(Visa.step, Visa.id)", back_populates="approval"
    )
    initiator: Mapped[Colleague | None] = relationship(
        Colleague, foreign_keys="Approval.created_by_id", viewonly=True
    )

    @property
    def title(self) -> str:
        """The version it is about."""
        return str(self.version_number)

    @property
    def waiting(self) -> list[Visa]:
        """The visas that are asked for now."""
        return [visa for visa in self.visas if visa.state == WAITING]

    @property
    def remarks(self) -> list[Visa]:
        """The visas that were refused with remarks."""
        return [visa for visa in self.visas if visa.remarks]


class Visa(Stamped, Base):
    """A yes that a job role is asked for; `deputy_of` is whose turn it was when a deputy gave it."""

    __tablename__ = "visas"
    __record__ = "visa"
    __table_args__ = (CheckConstraint(f"state IN ({', '.join(repr(one) for one in STATES)})", name="state"),)

    approval_id: Mapped[int] = ref("approvals.id", nullable=False)
    approval: Mapped[Approval] = relationship(Approval, back_populates="visas")
    step: Mapped[int]
    role: Mapped[str] = mapped_column(String(60))
    above: Mapped[Decimal | None] = mapped_column(Money)
    state: Mapped[str] = mapped_column(String(12), index=True)
    asked_at: Mapped[datetime.datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime.datetime | None] = mapped_column(UtcDateTime)
    remarks: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = ref("colleagues.id")
    decided_by: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[decided_by_id])
    deputy_of_id: Mapped[int | None] = ref("colleagues.id")
    deputy_of: Mapped[Colleague | None] = relationship(Colleague, foreign_keys=[deputy_of_id])
    task_id: Mapped[int | None] = ref("activities.id")
    task: Mapped[Activity | None] = relationship(Activity)

    @property
    def title(self) -> str:
        """The job role that is asked."""
        return self.role


class Delegation(Stamped, Base):
    """Who approves in whose place, from the first to the last day."""

    __tablename__ = "delegations"
    __record__ = "delegation"
    __table_args__ = (CheckConstraint("ends >= begins", name="days"),)

    absent_id: Mapped[int] = ref("colleagues.id", nullable=False)
    absent: Mapped[Colleague] = relationship(Colleague, foreign_keys=[absent_id])
    deputy_id: Mapped[int] = ref("colleagues.id", nullable=False)
    deputy: Mapped[Colleague] = relationship(Colleague, foreign_keys=[deputy_id])
    begins: Mapped[datetime.date]
    ends: Mapped[datetime.date] = mapped_column(index=True)

    @property
    def title(self) -> str:
        """Who stands in for whom."""
        return f"{self.absent.name} → {self.deputy.name}"

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the deputy may act on a day."""
        return self.begins <= day <= self.ends
