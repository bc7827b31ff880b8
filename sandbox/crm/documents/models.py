"""A paper: what it is, with whom, how far it has come, and its versions, of which none ever changes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import Json, Money
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import Record, Stamped
from sandbox.extensions import Base
from sandbox.spaces import Colleague, current_space, ref
from sandbox.spaces.company_documents import DocumentType

DRAFT, IN_APPROVAL, RETURNED, APPROVED = "draft", "in_approval", "returned", "approved"
REGISTERED, SIGNED, ANNULLED = "registered", "signed", "annulled"
STATUSES = (DRAFT, IN_APPROVAL, RETURNED, APPROVED, REGISTERED, SIGNED, ANNULLED)
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
    amount: Mapped[Decimal | None] = mapped_column(Money)
    valid_until: Mapped[datetime.date | None] = mapped_column(index=True)
    signed_on: Mapped[datetime.date | None]
    received_on: Mapped[datetime.date | None]
    current: Mapped[int] = mapped_column(default=0)
    annul_reason: Mapped[str | None] = mapped_column(Text)
    versions: Mapped[list[Version]] = relationship(
        "Version", order_by="Version.number.desc()", back_populates="document"
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
        return self.is_alive and self.status != SIGNED

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
            self.status == APPROVED or (needs_none and self.kind in ("contract", "letter"))
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
