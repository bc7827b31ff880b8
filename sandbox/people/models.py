"""Accounts: people, where they are signed in, the groups they learn in, and their API tokens."""

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import ForeignKey, String, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import UtcDateTime
from sandbox.extensions import Base
from sandbox.kernel.fold import fold
from sandbox.people import roles
from sandbox.web.languages import current_language


class Person(Base):
    """An account: a trainee, trainer, board member or administrator."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_ru: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    has_temporary_password: Mapped[bool] = mapped_column(default=False)
    role: Mapped[str] = mapped_column(String(20))
    job_role: Mapped[str | None] = mapped_column(String(60))
    locale: Mapped[str | None] = mapped_column(String(10))
    theme: Mapped[str] = mapped_column(String(10), default="system")
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    search_key: Mapped[str] = mapped_column(String(800), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", cascade="all, delete-orphan"
    )
    tokens: Mapped[list["ApiToken"]] = relationship(back_populates="person", cascade="all, delete-orphan")
    sign_ins: Mapped[list["SignIn"]] = relationship(back_populates="person", cascade="all, delete-orphan")

    is_authenticated = True
    is_anonymous = False
    stay = ""  # while signing in: the secret that this browser is to remember

    def get_id(self) -> str:
        """What Flask-Login writes into the session, and into the cookie of "stay signed in"."""
        return self.stay

    @property
    def display_name(self) -> str:
        """The name as it is written in the language in use."""
        return self.name_ru if self.name_ru and current_language() == "ru" else self.name

    @property
    def first_name(self) -> str:
        """The first word of the name, for greetings."""
        return self.display_name.split()[0]

    @property
    def initials(self) -> str:
        """One or two letters for an avatar."""
        words = self.display_name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def role_title(self) -> Any:
        """The role in words, translated when shown."""
        return roles.TITLES[self.role]

    @property
    def may_sign_in(self) -> bool:
        """Whether the account is open; a demo account is open only in demo mode."""
        return self.is_active and (not self.is_demo or bool(current_app.config.get("DEMO")))

    def has_role(self, *names: str) -> bool:
        """Whether the account has one of these roles."""
        return self.role in names


class Group(Base):
    """People who learn together, and the trainer who looks after them."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), unique=True)
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    trainer: Mapped[Person | None] = relationship(foreign_keys=trainer_id)
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="group", cascade="all, delete-orphan"
    )


class Membership(Base):
    """One person's place in one group."""

    __tablename__ = "memberships"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)

    person: Mapped[Person] = relationship(back_populates="memberships")
    group: Mapped[Group] = relationship(back_populates="memberships")


class SignIn(Base):
    """One browser in which its person is signed in; only the SHA-256 of what its cookie says is kept.

    The row is what makes the cookie worth anything: signing out takes it away, here and in every copy.
    """

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(back_populates="sign_ins")


class ApiToken(Base):
    """A secret that lets a program act as its person; only the SHA-256 and the last letters are kept."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    label: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    last_four: Mapped[str] = mapped_column(String(4))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(back_populates="tokens")


@event.listens_for(Person, "before_insert")
@event.listens_for(Person, "before_update")
def _keep_search_key(_mapper: Any, _connection: Any, person: Person) -> None:
    """SQLite compares ASCII only, so people are searched and sorted by a key folded here."""
    person.search_key = " ".join(fold(part) for part in (person.name, person.name_ru, person.email) if part)
