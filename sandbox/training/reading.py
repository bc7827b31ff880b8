"""A person's runs of one operation, read in order: what is earned, renewed, revoked, and when it lapses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sandbox.training.runs import Run

FIRST_VALIDITY, LONGEST_VALIDITY = 14, 60  # days
DAYS_NEEDED = 2


def validity(renewals: int) -> int:
    """V = min(60, 14 * 2^r) days after r renewals."""
    return min(LONGEST_VALIDITY, FIRST_VALIDITY * 2 ** min(renewals, LONGEST_VALIDITY))


@dataclass(slots=True)
class Held:
    """A clearance while the runs are being read; it starts anew with each renewal."""

    earned_on: date
    start: date
    runs: list[Run]
    renewals: int = 0

    @property
    def days(self) -> timedelta:
        """Its validity V."""
        return timedelta(days=validity(self.renewals))

    @property
    def valid_until(self) -> date:
        """The last day on which it holds."""
        return self.start + self.days

    @property
    def renewable_from(self) -> date:
        """The first day at least halfway through the validity, and never the starting day itself."""
        return self.start + timedelta(days=max(1, -(-self.days.days // 2)))

    @property
    def renewable_until(self) -> date:
        """The last day, V days after the expiry, on which one pass renews it."""
        return self.valid_until + self.days

    def renew(self, run: Run) -> None:
        """Start anew from this pass, one renewal more."""
        self.renewals += 1
        self.start = run.day
        self.runs.append(run)


@dataclass(slots=True)
class Reading:
    """Where the runs read so far have led."""

    k: int
    held: Held | None = None
    lapsed: Held | None = None
    revoked: Run | None = None
    streak: list[Run] = field(default_factory=list)

    def read(self, run: Run, y: int) -> None:
        """Take in the next counted run."""
        self.come_to(run.day)
        if y == 0:
            self.fail(run)
        elif not _stale_when_done(run):
            self.passed(run)

    def come_to(self, day: date) -> None:
        """A clearance not renewed within V days of its expiry is gone; its passes went when it was earned."""
        if self.held is not None and day > self.held.renewable_until:
            self.lapsed, self.held = self.held, None

    def fail(self, run: Run) -> None:
        """y = 0: what is held is revoked, also within the days after its expiry, and K passes are needed."""
        self.streak = []
        if self.held is not None:
            self.held, self.lapsed, self.revoked = None, None, run

    def passed(self, run: Run) -> None:
        """y = 1: a renewal of what is held, when its time has come; else one more toward the K."""
        if self.held is not None:
            if run.day >= self.held.renewable_from:
                self.held.renew(run)
            return
        self.streak.append(run)
        last = [one for one in self.streak if not _stale_by(one, run)][-self.k :]
        if len(last) == self.k and different(last) and len({one.day for one in last}) >= _days(self.k):
            self.held = Held(run.day, run.day, last)
            self.lapsed, self.revoked, self.streak = None, None, []


def different(runs: list[Run]) -> bool:
    """Whether no two of the runs were on the same data."""
    return len({run.different_data for run in runs}) == len(runs)


def _days(k: int) -> int:
    return min(DAYS_NEEDED, k)


def _stale_by(run: Run, later: Run) -> bool:
    return later.finished_at is not None and run.stale_at(later.finished_at)


def _stale_when_done(run: Run) -> bool:
    return _stale_by(run, run)
