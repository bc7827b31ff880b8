"""A run as evidence, and what it is worth: the counted runs and the run score of the readiness model.

The model (expiring clearance + control run), part 1. Counted are finished or abandoned exam runs and
finished practice runs without help; learn runs and helped runs neither earn nor revoke. The score y of a
counted run is 1 when every condition holds at the finish, no critical mistake was made and the time is at
most twice the expert norm; otherwise 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

LEARN, PRACTICE, EXAM = MODES = ("learn", "practice", "exam")
FINISHED, ABANDONED, OPEN = STATUSES = ("finished", "abandoned", "open")
REAL, DEMO = ORIGINS = ("real", "demo")

SLOWEST = 2  # times the expert norm
LONGEST_GAP = timedelta(minutes=5)  # between two events of a practice run
LEFT_AFTER = timedelta(hours=24)

Wait = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One attempt as the evidence tells it; every moment is aware, every day one of the project's zone.

    `finished_at` is the moment the run was over: finished, abandoned, restarted, or left (the last thing
    done + 24 hours); None while it is open. `day` is the calendar day of that moment (of the start while
    open). `data_key` tells the data apart: equal keys of one scenario mean the same data.
    `first_critical_at` and `first_help_at` span all takes: a rewind forgives nothing.
    `stale_since` is when the catalogue first held another text of the scenario than this run's.
    `seconds` is the time by `run_seconds`; `norm_seconds` the expert norm the run was measured against.
    """

    attempt: int
    person: int
    operation: str
    scenario: str
    mode: str
    status: str
    started_at: datetime
    day: date
    data_key: str
    norm_seconds: float
    finished_at: datetime | None = None
    seconds: float | None = None
    all_conditions_hold: bool = False
    first_critical_at: datetime | None = None
    first_help_at: datetime | None = None
    first_change_at: datetime | None = None
    restarted_after_critical: bool = False
    left_24h: bool = False
    stale_since: datetime | None = None
    origin: str = REAL

    def __post_init__(self) -> None:
        """Turn down evidence that contradicts itself, so that a gap is never read as a verdict."""
        for value, known in ((self.mode, MODES), (self.status, STATUSES), (self.origin, ORIGINS)):
            if value not in known:
                raise ValueError(f"attempt {self.attempt}: {value!r} is none of {', '.join(known)}")
        if any(moment is not None and moment.tzinfo is None for moment in self._moments):
            raise ValueError(f"attempt {self.attempt}: a moment without a time zone")
        if self.norm_seconds <= 0:
            raise ValueError(f"attempt {self.attempt}: the norm must be above zero")
        if self.status == FINISHED and (self.finished_at is None or self.seconds is None):
            raise ValueError(f"attempt {self.attempt}: finished, but when or in what time is missing")
        if self.finished_at is None and (self.status == ABANDONED or self.walked_away):
            raise ValueError(f"attempt {self.attempt}: over, but the moment is missing")
        if self.finished_at is not None and self.finished_at < self.started_at:
            raise ValueError(f"attempt {self.attempt}: over before it began")

    @property
    def _moments(self) -> tuple[datetime | None, ...]:
        return (
            self.started_at,
            self.finished_at,
            self.first_critical_at,
            self.first_help_at,
            self.first_change_at,
            self.stale_since,
        )

    @property
    def helped(self) -> bool:
        """Whether any help was taken: hint, spotlight on request, demo, done-for-you, rewind, answer-now."""
        return self.first_help_at is not None

    @property
    def critical_mistake(self) -> bool:
        """Whether a critical mistake was made in any take."""
        return self.first_critical_at is not None

    @property
    def critical_before_help(self) -> bool:
        """Whether the first critical mistake came before the first help, or no help came at all."""
        if self.first_critical_at is None:
            return False
        return self.first_help_at is None or self.first_critical_at < self.first_help_at

    @property
    def walked_away(self) -> bool:
        """Whether the run was restarted, or left for 24 hours, after a critical mistake."""
        return self.critical_mistake and (self.restarted_after_critical or self.left_24h)

    @property
    def different_data(self) -> tuple[str, str]:
        """What must differ between two runs that count toward one clearance."""
        return self.scenario, self.data_key

    def in_time(self) -> bool:
        """Whether the time is at most twice the expert norm; a time that is missing is not in time."""
        return self.seconds is not None and self.seconds <= SLOWEST * self.norm_seconds

    def stale_at(self, moment: datetime) -> bool:
        """Whether the scenario had changed under this run by `moment`."""
        return self.stale_since is not None and self.stale_since <= moment


def counted(run: Run) -> bool:
    """Whether the run earns or revokes at all (the model, 2.1).

    An exam abandoned before its first change is not counted (the person has only read the story), unless
    a critical mistake was made in it: a refused move changes nothing, and leaving must not undo it.
    A practice run with a critical mistake before its first help counts whatever help follows, once it is
    finished, restarted, or left for 24 hours.
    """
    if run.mode == EXAM and not run.helped:
        return run.status == FINISHED or run.status == ABANDONED and _began(run)
    if run.mode == PRACTICE and run.critical_before_help:
        return run.status == FINISHED or run.walked_away
    return run.mode == PRACTICE and run.status == FINISHED and not run.helped


def score(run: Run, *, timed: bool = True) -> int | None:
    """The run score y: 1 or 0 for a counted run, None for one that is not counted.

    y = 1 when the run is finished, every condition holds, no critical mistake was made and, unless the
    operation's time test is off (`timed=False`), time <= 2 * norm. Source: the readiness model, 2.1.
    """
    if not counted(run):
        return None
    clean = run.status == FINISHED and run.all_conditions_hold and not run.critical_mistake
    return int(clean and (run.in_time() or not timed))


def _began(run: Run) -> bool:
    return run.first_change_at is not None or run.critical_mistake


def run_seconds(
    mode: str,
    started_at: datetime,
    finished_at: datetime,
    *,
    events: Iterable[datetime] = (),
    waits: Iterable[Wait] = (),
) -> float:
    """The time of a run in seconds: an exam's by the wall clock, any other's from event to event."""
    if mode == EXAM:
        return exam_seconds(started_at, finished_at, waits)
    between = (moment for moment in events if started_at < moment < finished_at)
    return practice_seconds((started_at, *between, finished_at))


def exam_seconds(started_at: datetime, finished_at: datetime, waits: Iterable[Wait] = ()) -> float:
    """Wall clock in seconds less the waits for simulated answers; waits that overlap are taken off once."""
    total = finished_at - started_at
    reached = started_at
    for begin, end in sorted(waits):
        begin, end = max(begin, reached), min(end, finished_at)
        if end > begin:
            total -= end - begin
            reached = end
    return total.total_seconds()


def practice_seconds(moments: Sequence[datetime]) -> float:
    """The sum of the gaps between moments in seconds, each gap over 5 minutes counted as 5.

    The start and the finish of the attempt belong to the moments: reading the story is part of the work.
    """
    ordered = sorted(moments)
    gaps = (min(later - earlier, LONGEST_GAP) for earlier, later in pairwise(ordered))
    return sum((gap.total_seconds() for gap in gaps), 0.0)


def left_for_a_day(last_done_at: datetime, now: datetime) -> bool:
    """Whether nothing has been done for 24 hours: what `Run.left_24h` of an unfinished attempt says."""
    return now - last_done_at >= LEFT_AFTER


def day_in(zone: str, moment: datetime) -> date:
    """The calendar day of an aware moment in the project's time zone ("Europe/Moscow")."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no day")
    return moment.astimezone(ZoneInfo(zone)).date()
