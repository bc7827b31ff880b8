"""Clearances: what a person's runs of one operation permit on a day, and what is missing.

The model (expiring clearance + control run), parts 2 to 4, as pure functions: the same runs, day and rules
always give the same answer, whatever order the runs come in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sandbox.training.reading import Held, Reading, different
from sandbox.training.runs import DEMO, EXAM, FINISHED, LEARN, PRACTICE, REAL, Run, score

K, K_CRITICAL = 3, 4
LAST_DAYS = 7  # in which a clearance is shown as expiring

REAL_WORLD = frozenset({REAL})
DEMO_WORLD = frozenset({REAL, DEMO})  # the cast's played history and what is done on top of it

NONE, SEEN, TRYING, HELD, EXPIRING, EXPIRED, REVOKED = STATES = (
    "none",
    "seen",
    "trying",
    "held",
    "expiring",
    "expired",
    "revoked",
)

NEEDS_PASSES = "needs_passes"  # have of need clean runs
NEEDS_OTHER_DATA = "needs_other_data"  # the same, and a run on data already used adds nothing
NEEDS_ANOTHER_DAY = "needs_another_day"  # the last one counts from `day`
NEEDS_RENEWAL = "needs_renewal"  # one clean run renews, from `day` to `until`


@dataclass(frozen=True, slots=True)
class Missing:
    """What the next clearance or renewal still needs: `have` of `need` clean runs, and when they count."""

    reason: str
    have: int
    need: int
    day: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """See, try, alone: a learn run finished; a practice or exam run finished; the share of K (valid: 1)."""

    see: bool
    tried: bool
    alone: Fraction
    warn: bool


@dataclass(frozen=True, slots=True)
class ClearanceState:
    """The clearance of one person for one operation on one day.

    `covers` is C(u, s, G) of the model. Dates and renewals are those of the clearance that holds, or of the
    last one when it expired; a revoked one leaves only `revoked_on` and `revoked_by`. `used_runs` are the
    attempts it rests on, oldest first: the K and the renewals of a clearance, else the passes that count
    toward the next. `demo` says that an attempt of the demo history is among them.
    """

    state: str
    k: int
    covers: bool
    passes_toward_k: int
    ladder: Ladder
    missing: Missing | None
    earned_on: date | None = None
    renewed_on: date | None = None
    valid_until: date | None = None
    renewable_from: date | None = None
    renewable_until: date | None = None
    renewals: int = 0
    days_left: int | None = None
    revoked_on: date | None = None
    revoked_by: int | None = None
    used_runs: tuple[int, ...] = ()
    demo: bool = False

    @property
    def valid(self) -> bool:
        """Whether the person may do the operation alone today."""
        return self.state in (HELD, EXPIRING)


def clearance(
    runs: Iterable[Run],
    operation: str,
    *,
    today: date,
    go_live: date | None = None,
    k: int = K,
    timed: bool = True,
    origins: Collection[str] = REAL_WORLD,
    at: datetime | None = None,
) -> ClearanceState:
    """The clearance of the one person whose runs these are, for the operation, on the day `today`.

    Runs of other operations, other origins and later days are passed over; `today` and the runs' days are
    days of the project's time zone. Whoever asks about the past names the moment `at`: what was over, or grew
    stale, after it was not known then. `k` is `K`, or `K_CRITICAL` for a critical operation. Source: the
    readiness model, 2.2 and 2.3:

    - the last K counted runs all have y = 1, on different data and on at least 2 calendar days;
    - y = 0 revokes, then K passes are needed anew; passes made stale by a changed scenario keep a held
      clearance but are not among the K of a new one;
    - V = min(60, 14 * 2^r) days; a pass from halfway through on renews (r + 1), and so does one pass
      within V days of the expiry; later only passes from then on count, with r = 0;
    - C = 1 when the last earning or renewing pass + V reaches `go_live` (none: today).

    Raises ValueError for runs of several people and for k below 1.
    """
    if k < 1:
        raise ValueError("a clearance needs at least one clean run")
    mine = [run for run in _mine(runs, operation, today, origins) if _known(run, at)]
    reading = Reading(k)
    for run in mine:
        y = score(run, timed=timed)
        if y is not None:
            reading.read(run, y)
    reading.come_to(today)
    fresh = [run for run in reading.streak if run.stale_since is None or (at and not run.stale_at(at))]
    return _state(reading, mine, fresh, today, go_live or today)


def coverage(
    states: Mapping[str, ClearanceState], weights: Mapping[str, int | Fraction | Decimal | float]
) -> Fraction | None:
    """R(u) = sum of w * C / sum of w over the operations of the person's job role (the model, 2.4).

    `weights` names the operations of the job role, w = frequency * consequence; one without a state counts
    as not cleared. None when there is nothing to weigh: no data is never zero. Raises ValueError for a
    weight below zero.
    """
    exact = {operation: Fraction(weight) for operation, weight in weights.items()}
    if any(weight < 0 for weight in exact.values()):
        raise ValueError("a weight cannot be below zero")
    total = sum(exact.values(), Fraction(0))
    cleared = (weight for code, weight in exact.items() if code in states and states[code].covers)
    return sum(cleared, Fraction(0)) / total if total else None


def _mine(runs: Iterable[Run], operation: str, today: date, origins: Collection[str]) -> list[Run]:
    """The runs that matter here, in the order in which they were over (begun, where still open)."""
    mine = [run for run in runs if run.operation == operation and run.origin in origins and run.day <= today]
    if len({run.person for run in mine}) > 1:
        raise ValueError("a clearance belongs to one person; these are the runs of several")
    return sorted(mine, key=lambda run: (run.finished_at or run.started_at, run.attempt))


def _state(reading: Reading, mine: list[Run], fresh: list[Run], today: date, go_live: date) -> ClearanceState:
    held = reading.held or reading.lapsed
    toward = _toward(fresh, reading.k)
    valid = reading.held is not None and today <= reading.held.valid_until
    used = held.runs if held is not None and not toward else toward
    days_left = (held.valid_until - today).days if held is not None and valid else None
    code = _code(reading, mine, valid, days_left)
    return ClearanceState(
        state=code,
        k=reading.k,
        passes_toward_k=len(toward),
        covers=held is not None and held.valid_until >= go_live,
        ladder=_ladder(mine, valid, Fraction(len(toward), reading.k), warn=code == EXPIRING),
        missing=_missing(reading, fresh, toward, today, settled=code == HELD and _reaches(held, go_live)),
        earned_on=held.earned_on if held else None,
        renewed_on=held.start if held and held.renewals else None,
        valid_until=held.valid_until if held else None,
        renewable_from=reading.held.renewable_from if reading.held else None,
        renewable_until=reading.held.renewable_until if reading.held else None,
        renewals=held.renewals if held else 0,
        days_left=days_left,
        revoked_on=reading.revoked.day if reading.revoked else None,
        revoked_by=reading.revoked.attempt if reading.revoked else None,
        used_runs=tuple(run.attempt for run in used),
        demo=any(run.origin == DEMO for run in used),
    )


def _code(reading: Reading, mine: list[Run], valid: bool, days_left: int | None) -> str:
    if valid and days_left is not None:
        return EXPIRING if days_left < LAST_DAYS else HELD
    if reading.held is not None or reading.lapsed is not None:
        return EXPIRED
    if reading.revoked is not None:
        return REVOKED
    if any(_tried(run) for run in mine):
        return TRYING
    return SEEN if any(_seen(run) for run in mine) else NONE


def _missing(
    reading: Reading, fresh: list[Run], toward: list[Run], today: date, *, settled: bool
) -> Missing | None:
    """What the next pass must be; None when the clearance needs nothing now."""
    if reading.held is not None:
        held = reading.held
        return (
            None
            if settled
            else Missing(NEEDS_RENEWAL, 0, 1, max(held.renewable_from, today), held.renewable_until)
        )
    have, need = len(toward), reading.k
    if have == need - 1 and need > 1 and {run.day for run in toward} == {today}:
        return Missing(NEEDS_ANOTHER_DAY, have, need, today + timedelta(days=1))
    if have < min(len(fresh), need - 1) or len(fresh) >= need and not different(fresh[-need:]):
        return Missing(NEEDS_OTHER_DATA, have, need)
    return Missing(NEEDS_PASSES, have, need)


def _ladder(mine: list[Run], valid: bool, share: Fraction, *, warn: bool) -> Ladder:
    return Ladder(
        see=any(_seen(run) for run in mine),
        tried=any(_tried(run) for run in mine),
        alone=Fraction(1) if valid else share,
        warn=warn,
    )


def _toward(fresh: list[Run], k: int) -> list[Run]:
    """The longest run of last passes on different data, at most K - 1: what the next pass adds to."""
    longest: list[Run] = []
    for run in reversed(fresh):
        if len(longest) == k - 1 or not different([run, *longest]):
            break
        longest.insert(0, run)
    return longest


def _known(run: Run, at: datetime | None) -> bool:
    return at is None or run.finished_at is None or run.finished_at <= at


def _reaches(held: Held | None, go_live: date) -> bool:
    return held is not None and held.valid_until >= go_live


def _seen(run: Run) -> bool:
    return run.mode == LEARN and run.status == FINISHED


def _tried(run: Run) -> bool:
    return run.mode in (PRACTICE, EXAM) and (run.status == FINISHED or score(run) is not None)
