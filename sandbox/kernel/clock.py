"""Time: the only module that reads the machine's clock, and the clock of a space as a value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WORK_BEGINS = time(10, 0)


# How far the house's own sense of time stands behind the machine's: nought but while a past is played.
_behind: ContextVar[timedelta] = ContextVar("behind", default=timedelta())


def machine_now() -> datetime:
    """The machine's time, aware, in UTC."""
    return datetime.now(UTC) - _behind.get()


@contextmanager
def set_back(moment: datetime) -> Iterator[None]:
    """Let the machine's clock read `moment` as the block begins; the demo's history is played so."""
    token = _behind.set(datetime.now(UTC) - moment)
    try:
        yield
    finally:
        _behind.reset(token)


def pass_time(span: timedelta) -> None:
    """Inside `set_back`, let `span` go by at once."""
    _behind.set(_behind.get() - span)


def at_work(day: date, zone: str, begins: time = WORK_BEGINS) -> datetime:
    """The moment on `day` at which an attempt's clock starts, in UTC."""
    return datetime.combine(day, begins, ZoneInfo(zone)).astimezone(UTC)


# Where the people of a project are, unless the setting PROJECT_ZONE says otherwise.
USUAL_ZONE = "Europe/Moscow"


def working_day(day: date) -> date:
    """`day` itself, or the Friday before it when it falls on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


@dataclass(frozen=True)
class Clock:
    """A space's clock: it showed `shown` when the machine read `since`; with no `since` it stands still.

    `until` holds a clock within its day: an attempt never crosses midnight.
    """

    shown: datetime
    since: datetime | None = None
    rate: float = 1.0
    until: datetime | None = None

    def now(self, machine: datetime) -> datetime:
        """What the clock shows when the machine reads `machine`."""
        if self.since is None:
            return self.shown
        shown = self.shown + (machine - self.since) * self.rate
        return min(shown, self.until) if self.until else shown

    def started(self, machine: datetime) -> Clock:
        """The same clock, running from `machine` on."""
        return self if self.since else replace(self, since=machine)

    def stopped(self, machine: datetime) -> Clock:
        """The same clock, standing still at what it shows."""
        return replace(self, shown=self.now(machine), since=None)

    def moved(self, by: timedelta, machine: datetime) -> Clock:
        """The same clock, put forward."""
        return replace(self, shown=self.now(machine) + by, since=machine if self.since else None)
