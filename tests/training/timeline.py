"""Runs made by hand: a clean practice run of Oleg's at noon in Moscow, unless told otherwise."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.training.clearances import ClearanceState, clearance
from sandbox.training.runs import FINISHED, PRACTICE, Run

ZONE = "Europe/Moscow"
FIRST = date(2026, 11, 2)
OLEG = 2
NORM = 360.0
_attempts = count(1)


def day(number: int) -> date:
    """The calendar day so many days after the first one (day 0)."""
    return FIRST + timedelta(days=number)


def moment(number: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of that day in the project's zone."""
    return datetime.combine(day(number), time(hour, minute), ZoneInfo(ZONE))


def run(number: int, hour: int = 12, **told: Any) -> Run:
    """A run that was over on that day at that hour; clean, in practice and on data of its own unless told."""
    attempt = told.pop("attempt", None) or next(_attempts)
    over = moment(number, hour)
    facts: dict[str, Any] = {
        "attempt": attempt,
        "person": OLEG,
        "operation": "log-call",
        "scenario": "sales/log-a-call",
        "mode": PRACTICE,
        "status": FINISHED,
        "started_at": over - timedelta(minutes=6),
        "finished_at": over,
        "day": day(number),
        "data_key": f"seed-{attempt}",
        "norm_seconds": NORM,
        "seconds": NORM,
        "all_conditions_hold": True,
    }
    return Run(**(facts | told))


def failed(number: int, hour: int = 12, **told: Any) -> Run:
    """A counted run with y = 0: something did not hold at the finish."""
    return run(number, hour, all_conditions_hold=False, **told)


def on(number: int, *runs: Run, **told: Any) -> ClearanceState:
    """The clearance as it stands on that day."""
    return clearance(runs, told.pop("operation", "log-call"), today=day(number), **told)


def earned() -> list[Run]:
    """A clearance earned on day 1: two clean runs on day 0, the third on day 1."""
    return [run(0, 10), run(0, 11), run(1)]
