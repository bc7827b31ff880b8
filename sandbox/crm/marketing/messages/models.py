"""A template of messages, and the tests of it that were sent to colleagues."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.crm.customers.models import Contact
from sandbox.crm.marketing.messages.placeholders import OPT_OUT, named_in
from sandbox.crm.record import Record, Stamped
from sandbox.extensions import Base
from sandbox.spaces import Colleague, ref

SUBJECT, NAME, DIGEST = 200, 200, 64


class MessageTemplate(Record, Base):
    """A subject and a text, with placeholders such as `{{ contact.first_name }}`."""

    __tablename__ = "message_templates"
    __record__ = "message_template"
    __derived__ = {
        "has_opt_out": ("bool", ("subject", "body")),
        "tested": ("bool", ("subject", "body", "tests")),
    }

    name: Mapped[str] = mapped_column(String(NAME))
    subject: Mapped[str] = mapped_column(String(SUBJECT))
    body: Mapped[str] = mapped_column(Text)
    tests: Mapped[list[TestSend]] = relationship(
        "TestSend", back_populates="template", order_by="TestSend.id.desc()"
    )

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name

    @property
    def placeholders(self) -> list[str]:
        """The placeholders in it, each once."""
        return named_in(self.subject, self.body)

    @property
    def has_opt_out(self) -> bool:
        """Whether whoever gets it can say that they want no more."""
        return OPT_OUT in named_in(self.body)

    @property
    def wording(self) -> str:
        """The digest of what it says: a test of another wording proves nothing."""
        return wording_of(self.subject, self.body)

    @property
    def tested(self) -> bool:
        """Whether somebody was sent a test of the very wording that it has now."""
        return any(test.wording == self.wording for test in self.tests)

    def found_by(self) -> tuple[str | None, ...]:
        """Its name and its subject."""
        return (self.name, self.subject)


class TestSend(Stamped, Base):
    """A message that was sent to a colleague to be looked at; it counts in no result."""

    __test__ = False  # no test of pytest's
    __tablename__ = "test_sends"
    __record__ = "test_send"

    template_id: Mapped[int] = ref("message_templates.id", nullable=False)
    template: Mapped[MessageTemplate] = relationship(MessageTemplate, back_populates="tests")
    to_id: Mapped[int] = ref("colleagues.id", nullable=False)
    to: Mapped[Colleague] = relationship(Colleague, foreign_keys=[to_id])
    contact_id: Mapped[int | None] = ref("contacts.id")
    contact: Mapped[Contact | None] = relationship(Contact)
    subject: Mapped[str] = mapped_column(String(SUBJECT))
    body: Mapped[str] = mapped_column(Text)
    wording: Mapped[str] = mapped_column(String(DIGEST))

    @property
    def title(self) -> str:
        """The subject as it came."""
        return self.subject

    @property
    def on(self) -> Any:
        """The template that was tried."""
        return self.template


def wording_of(subject: str, body: str) -> str:
    """The digest of a subject and a text."""
    return sha256(f"{subject}\n{body}".encode()).hexdigest()
