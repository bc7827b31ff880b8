"""What a colleague keeps of their inbox: what was read or put off, and what comes into it at all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.columns import UtcDateTime
from sandbox.extensions import Base, db
from sandbox.spaces import Colleague, InSpace, every, first, ref


class InboxMark(InSpace, Base):
    """What a colleague did with one item: put it off until a time, or read it.

    The item is a row of any table by its number. For a record whose news are read, `read_n` is the number
    of the last event that was seen.
    """

    __tablename__ = "inbox_marks"
    __table_args__ = (Index("ix_inbox_marks_item", "colleague_id", "item_table", "item_n", unique=True),)

    colleague_id: Mapped[int | None] = ref("colleagues.id", nullable=False, index=False)
    item_table: Mapped[str] = mapped_column(String(60))
    item_n: Mapped[int] = mapped_column(BigInteger)
    snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_n: Mapped[int | None] = mapped_column(BigInteger)

    def hides(self, now: datetime) -> bool:
        """Whether the item is out of the way: read, or put off and not due again."""
        return self.read_at is not None or (self.snoozed_until is not None and self.snoozed_until > now)


class InboxChoice(InSpace, Base):
    """A kind of item that a colleague does not want in the inbox."""

    __tablename__ = "inbox_choices"
    __table_args__ = (Index("ix_inbox_choices_kind", "colleague_id", "kind", unique=True),)

    colleague_id: Mapped[int | None] = ref("colleagues.id", nullable=False, index=False)
    kind: Mapped[str] = mapped_column(String(20))


class Follower(InSpace, Base):
    """A colleague who wants the news of a record that is not theirs."""

    __tablename__ = "followers"
    __table_args__ = (Index("ix_followers_record", "colleague_id", "record_table", "record_n", unique=True),)

    colleague_id: Mapped[int | None] = ref("colleagues.id", nullable=False, index=False)
    record_table: Mapped[str] = mapped_column(String(60))
    record_n: Mapped[int] = mapped_column(BigInteger)


class CalendarKey(InSpace, Base):
    """The number behind a colleague's secret calendar address; a new one closes the old address."""

    __tablename__ = "calendar_keys"

    colleague_id: Mapped[int | None] = ref("colleagues.id", nullable=False)
    number: Mapped[int] = mapped_column(BigInteger)


def switched_off(me: Colleague) -> set[str]:
    """The kinds that a colleague does not want in the inbox."""
    chosen = db.session.scalars(every(InboxChoice).where(InboxChoice.colleague_id == me.id))
    return {choice.kind for choice in chosen}


def wait_anew(record: InSpace) -> None:
    """What was read or put off before comes back, as the record waits once more; joins the running action."""
    marks = every(InboxMark).where(
        InboxMark.item_table == record.__table__.name, InboxMark.item_n == record.n
    )
    for mark in db.session.scalars(marks):
        db.session.delete(mark)


def follower_of(record: InSpace, who: Colleague) -> Follower | None:
    """That a colleague follows a record, if they do."""
    table = record.__table__.name
    return first(
        every(Follower).where(
            Follower.colleague_id == who.id, Follower.record_table == table, Follower.record_n == record.n
        )
    )


def let_follow(record: InSpace, who: Colleague) -> None:
    """Give a colleague the news of a record, unless they have them; joins the running action."""
    if follower_of(record, who) is None:
        db.session.add(Follower(colleague_id=who.id, record_table=record.__table__.name, record_n=record.n))
