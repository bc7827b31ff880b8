"""A paper: what it is, with whom, how far it has come, and its versions, of which none ever changes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Json, Money, Percent
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import Record, Stamped
from sandbox.extensions import Base
from sandbox.spaces import Colleague, InSpace, current_space, ref
from sandbox.spaces.company_documents import DocumentType

DRAFT, IN_APPROVAL, RETURNED, APPROVED = "draft", "in_approval", "returned", "approved"
REGISTERED, SIGNED, ANNULLED = "registered", "signed", "annulled"
ISSUED, PARTLY, PAID = "issued", "partly", "paid"
SENT, DELIVERED, REFUSED, CLARIFICATION = "sent", "delivered", "refused", "clarification"
CORRECTED = "corrected"
STATUSES = (
    *(DRAFT, IN_APPROVAL, RETURNED, APPROVED, REGISTERED, SIGNED, ANNULLED),
    *(ISSUED, PARTLY, PAID),
    *(SENT, DELIVERED, REFUSED, CLARIFICATION, CORRECTED),
)
UNPAID = (ISSUED, PARTLY)
"""Of invoices: money is still awaited."""
OVERDUE = "overdue"
"""An unpaid invoice whose day has passed: read off the calendar, never stored."""
OVER = (SIGNED, PAID, CORRECTED, ANNULLED)
WITH_LINES = ("invoice", "closing")
"""The kinds of paper that are made of lines, and issued instead of written."""
NUMBER_SIGN = {"ru": "№\u00a0"}
GENERATED, DOCX, PDF = "generated", "docx", "pdf"


class StoredFile(Base):
    """The bytes of an uploaded file by their SHA-256: kept once, never changed, reached through a version."""

    __tablename__ = "stored_files"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Document(Record, Base):
    """A paper; `serial` is its place in the count of its type and `year`, none for one that came in."""

    __tablename__ = "documents"
    __record__ = "document"
    __table_args__ = (
        UniqueConstraint("space_id", "type", "year", "serial", name="uq_documents_serial"),
        CheckConstraint(f"status IN ({', '.join(repr(one) for one in STATUSES)})", name="status"),
    )
    __derived__ = {
        "status": ("choice", ("status",)),
        "type": ("choice", ("type",)),
        "original_received": ("bool", ("received_on",)),
        "signed": ("bool", ("status",)),
        "version_count": ("number", ("current",)),
        "left": ("money", ("paid",)),
        "overdue": ("bool", ("status", "due_on")),
    }

    type: Mapped[str] = mapped_column(String(60), index=True)
    number: Mapped[str] = mapped_column(String(60), index=True)
    serial: Mapped[int | None]
    year: Mapped[int | None]
    incoming: Mapped[bool] = mapped_column(default=False)
    date: Mapped[datetime.date]
    status: Mapped[str] = mapped_column(String(20), default=DRAFT, index=True)
    company_id: Mapped[int] = ref("companies.id", nullable=False)
    company: Mapped[Company] = relationship(Company)
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Contact | None] = relationship(Contact)
    deal_id: Mapped[int | None] = ref("deals.id")
    deal: Mapped[Any] = relationship("Deal")
    base_id: Mapped[int | None] = ref("documents.id")
    base: Mapped[Document | None] = relationship("Document", remote_side="Document.id")
    offer_id: Mapped[int | None] = ref("offers.id")
    amount: Mapped[Decimal | None] = mapped_column(Money)
    net: Mapped[Decimal | None] = mapped_column(Money)
    vat: Mapped[Decimal | None] = mapped_column(Money)
    vat_rate: Mapped[Decimal | None] = mapped_column(Percent)
    vat_included: Mapped[bool | None]
    discount: Mapped[Decimal | None] = mapped_column(Percent)
    due_on: Mapped[datetime.date | None] = mapped_column(index=True)
    part: Mapped[Decimal | None] = mapped_column(Percent)  # of what was agreed, where it is not all of it
    paid: Mapped[Decimal | None] = mapped_column(Money)
    variant: Mapped[str | None] = mapped_column(String(60))
    supplied_on: Mapped[datetime.date | None]
    valid_until: Mapped[datetime.date | None] = mapped_column(index=True)
    signed_on: Mapped[datetime.date | None]
    received_on: Mapped[datetime.date | None]
    current: Mapped[int] = mapped_column(default=0)
    annul_reason: Mapped[str | None] = mapped_column(Text)
    versions: Mapped[list[Version]] = relationship(
        "Version", order_by="Version.number.desc()", back_populates="document"
    )
    lines: Mapped[list[DocumentLine]] = relationship(
        "DocumentLine", order_by="DocumentLine.position", back_populates="document"
    )

    @property
    def title(self) -> str:
        """Its type and number in the language of the played company."""
        company = current_space().company
        kind = company.label("document_types", self.type, company.language)
        return f"{kind} {NUMBER_SIGN.get(company.language, '')}{self.number}"

    @property
    def said(self) -> DocumentType | None:
        """What the company file says of papers of this type; None where it no longer does."""
        return current_space().company.documents.type(self.type)

    @property
    def kind(self) -> str:
        """contract, invoice, closing or letter."""
        return self.said.kind if self.said else "letter"

    @property
    def original_received(self) -> bool:
        """Whether the signed original lies with us."""
        return self.received_on is not None

    @property
    def signed(self) -> bool:
        """Whether both sides have signed."""
        return self.status == SIGNED

    @property
    def version_count(self) -> int:
        """How many versions there are."""
        return self.current

    @property
    def is_alive(self) -> bool:
        """Whether it was neither annulled nor put away."""
        return self.status != ANNULLED and self.deleted_at is None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.is_alive and self.status not in OVER

    @property
    def has_lines(self) -> bool:
        """Whether it is one of ours that is made of lines: issued as it stands, and never rewritten."""
        return not self.incoming and self.kind in WITH_LINES

    @property
    def total(self) -> Decimal:
        """The sum of its lines with the tax."""
        return self.amount or Decimal(0)

    @property
    def left(self) -> Decimal | None:
        """What is still to be paid of an invoice; None for any other paper."""
        return self.total - (self.paid or Decimal(0)) if self.kind == "invoice" else None

    def is_overdue(self, today: datetime.date) -> bool:
        """Whether an invoice should have been paid before `today`."""
        return self.is_alive and self.status in UNPAID and self.due_on is not None and self.due_on < today

    @property
    def overdue(self) -> bool:
        """The same, by the word of scenarios."""
        return self.is_overdue(current_space().today())

    def state(self, today: datetime.date) -> str:
        """Its status, or overdue."""
        return OVERDUE if self.is_overdue(today) else self.status

    # an open deal should always have a next step; a paper often just lies where it should
    needs_next = False

    @property
    def is_writable(self) -> bool:
        """Whether its card may still be changed: nobody has approved or signed what it says."""
        return self.status in (DRAFT, RETURNED, REGISTERED) and self.deleted_at is None

    @property
    def is_signable(self) -> bool:
        """Whether signatures are what comes next: it is approved, or needs no approval."""
        needs_none = self.incoming or not (self.said and self.said.route)
        return self.is_open and (
            self.status == APPROVED
            or (needs_none and self.kind in ("contract", "letter"))
            or (self.kind == "closing" and self.status == ISSUED)  # on paper, where there is no exchange
        )

    def is_expired(self, today: datetime.date) -> bool:
        """Whether it was valid until a day before `today`."""
        return self.is_alive and self.valid_until is not None and self.valid_until < today

    def days_left(self, today: datetime.date) -> int | None:
        """For how many days it is still valid; None where it has no end or is over."""
        if not self.is_alive or self.valid_until is None or self.valid_until < today:
            return None
        return (self.valid_until - today).days

    def version_of(self, number: int) -> Version | None:
        """The version with this number."""
        return next((one for one in self.versions if one.number == number), None)

    def found_by(self) -> tuple[str | None, ...]:
        """Its type and number, and the party."""
        return (self.title, self.company.name if self.company else None)


class DocumentLine(InSpace, Base):
    """So much of something on an invoice or a closing document; its sums are computed, never typed."""

    __tablename__ = "document_lines"
    __record__ = "document_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    document_id: Mapped[int] = ref("documents.id", nullable=False)
    document: Mapped[Document] = relationship(Document, back_populates="lines")
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(60))
    quantity: Mapped[int]
    price: Mapped[Decimal] = mapped_column(Money)
    discount: Mapped[Decimal] = mapped_column(Percent)
    net: Mapped[Decimal] = mapped_column(Money)
    vat: Mapped[Decimal] = mapped_column(Money)
    total: Mapped[Decimal] = mapped_column(Money)

    @property
    def title(self) -> str:
        """What is supplied."""
        return self.name

    @property
    def on(self) -> Document:
        """The paper that it stands on."""
        return self.document

    @property
    def amount(self) -> Decimal:
        """Its sum as its prices count: with the tax where they include it, else without."""
        return self.total if self.document.vat_included else self.net


class Payment(Stamped, Base):
    """Money that came in for an invoice."""

    __tablename__ = "payments"

    document_id: Mapped[int] = ref("documents.id", nullable=False)
    document: Mapped[Document] = relationship(Document)
    amount: Mapped[Decimal] = mapped_column(Money)
    day: Mapped[datetime.date]
    reference: Mapped[str | None] = mapped_column(String(120))

    @property
    def title(self) -> str:
        """The number of the payment order, or the day on which the money came."""
        return self.reference or self.day.isoformat()


class Version(Stamped, Base):
    """What a paper said at a time: written from the template (`filled` keeps the details) or uploaded."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "number", name="uq_document_versions_number"),)

    document_id: Mapped[int] = ref("documents.id", nullable=False)
    document: Mapped[Document] = relationship(Document, back_populates="versions")
    number: Mapped[int]
    note: Mapped[str | None] = mapped_column(Text)
    form: Mapped[str] = mapped_column(String(12))
    text: Mapped[str | None] = mapped_column(Text)
    filled: Mapped[dict[str, Any] | None] = mapped_column(Json)
    file_name: Mapped[str | None] = mapped_column(String(160))
    digest: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    author: Mapped[Colleague | None] = relationship(
        Colleague, foreign_keys="Version.created_by_id", viewonly=True, lazy="joined"
    )

    @property
    def title(self) -> str:
        """Its number."""
        return str(self.number)

    @property
    def is_current(self) -> bool:
        """Whether no later one has taken its place."""
        return self.number == self.document.current
