"""A space, the recipe it was made from, and the colleagues who work in it."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sandbox.columns import UtcDateTime
from sandbox.extensions import Base
from sandbox.kernel.clock import Clock, at_work, machine_now
from sandbox.spaces.company import CompanyFile, from_text
from sandbox.spaces.mixin import BLOCK, InSpace

_FILES_KEPT = 32
_files: OrderedDict[str, CompanyFile] = OrderedDict()


def _parsed(recipe: Recipe) -> CompanyFile:
    """The file of a recipe: the text behind a digest never changes, so it is read and parsed once."""
    found = _files.get(recipe.digest)
    if found is None:
        found = _files[recipe.digest] = from_text(recipe.text)
        while len(_files) > _FILES_KEPT:
            _files.popitem(last=False)
    return found


class Recipe(Base):
    """A company file as it was when spaces were made from it: an old space keeps its own."""

    __tablename__ = "recipes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), index=True)
    text: Mapped[str] = mapped_column(Text, deferred=True)

    @property
    def company(self) -> CompanyFile:
        """The file, checked and parsed (kept in memory by its digest)."""
        return _parsed(self)


class Space(Base):
    """An isolated CRM data set with a clock of its own.

    A *template* is what others are cloned from; an *attempt*, a *demo* of one, and *free* practice belong
    to one person; a *team* space has members. A purged space keeps this row, so that its block is never
    given to another.
    """

    __tablename__ = "spaces"
    __table_args__ = (
        CheckConstraint("kind IN ('template', 'attempt', 'demo', 'free', 'team')", name="kind"),
        CheckConstraint("status IN ('open', 'closed', 'purged')", name="status"),
        CheckConstraint(f"next_n > 0 AND next_n <= {BLOCK}", name="next_n"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), index=True)
    status: Mapped[str] = mapped_column(String(12), default="open")
    recipe_digest: Mapped[str] = mapped_column(ForeignKey("recipes.digest"))
    recipe: Mapped[Recipe] = relationship(lazy="joined")
    seed: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date]
    volume: Mapped[str] = mapped_column(String(12), default="small")
    template_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_n: Mapped[int] = mapped_column(BigInteger, default=1)
    clock_shown: Mapped[datetime] = mapped_column(UtcDateTime)
    clock_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clock_rate: Mapped[float] = mapped_column(default=1.0)

    @property
    def company(self) -> CompanyFile:
        """The company being played here."""
        return self.recipe.company

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the played company."""
        return ZoneInfo(self.company.timezone)

    @property
    def is_open(self) -> bool:
        """Whether work may still be done here."""
        return self.status == "open"

    @property
    def clock(self) -> Clock:
        """The space's clock; an attempt's and a demo's stay within their day."""
        ends = None
        if self.kind in ("attempt", "demo"):
            midnight = at_work(self.day + timedelta(days=1), self.company.timezone, _MIDNIGHT)
            ends = midnight - timedelta(minutes=1)
        return Clock(self.clock_shown, self.clock_since, self.clock_rate, ends)

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self.clock_shown, self.clock_since, self.clock_rate = clock.shown, clock.since, clock.rate

    def now(self) -> datetime:
        """What the space's clock shows, aware, in UTC."""
        return self.clock.now(machine_now())

    def today(self) -> date:
        """The space's date in the company's time zone."""
        return self.now().astimezone(self.zone).date()


_MIDNIGHT = datetime.min.time()


class Casting(Base):
    """Who plays a colleague: stands outside the spaces, so that a clone never brings people along."""

    __tablename__ = "castings"

    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    colleague_n: Mapped[int] = mapped_column(BigInteger)


class Colleague(InSpace, Base):
    """Someone inside the played company: owner, assignee, approver, and the `by` of every action."""

    __tablename__ = "colleagues"
    __record__ = "colleague"

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(120))
    job_role: Mapped[str] = mapped_column(String(60))
    department: Mapped[str] = mapped_column(String(60))

    @property
    def title(self) -> str:
        """How the colleague is named in lists and sentences."""
        return self.name
