"""The demo's past: attempts really played by the walkthroughs, with the clock set back, marked as demo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now, pass_time, set_back
from sandbox.people import Person
from sandbox.seeding.practice import company_for
from sandbox.spaces import inside
from sandbox.training import attempts, judging
from sandbox.training.models import Assignment, Attempt
from sandbox.training.runs_of import project_today, project_zone
from sandbox.training.walking import walk_step
from sandbox.web.unit_of_work import unit_of_work

LOG, QUALIFY = "sales/log-a-call", "sales/qualify-a-lead"
WIN, TAKE = "sales/move-and-win", "customers/take-a-request"


@dataclass(frozen=True)
class Past:
    """One run of the past: who, what, how many days ago, and how it went (`clean`, `helped`, `failed`)."""

    person: str
    scenario: str
    days_ago: int
    mode: str = "practice"
    how: str = "clean"


# In the tour one more clean run today completes Oleg's clearance for qualifying a lead.
PAST = (
    Past("oleg", LOG, 7, "learn"),
    Past("oleg", LOG, 7, how="helped"),
    Past("oleg", LOG, 7),
    Past("oleg", LOG, 4),
    Past("oleg", LOG, 4),
    Past("oleg", QUALIFY, 7, "learn"),
    Past("oleg", QUALIFY, 4),
    Past("oleg", QUALIFY, 1),
    Past("oleg", WIN, 4, "learn"),
    Past("oleg", WIN, 1, how="failed"),
    Past("tanya", LOG, 4, "learn"),
    Past("tanya", LOG, 1, how="helped"),
    Past("tanya", QUALIFY, 1, "learn"),
)
FIRST_SEED = 1000  # a run of the past is known by its seed
GIVEN = (("oleg", (LOG, QUALIFY, WIN, TAKE)), ("tanya", (LOG, QUALIFY, WIN, TAKE)))


def play_history(tell: Callable[[str], None] = print) -> None:
    """Play the cast's past, each run once: a set-up that was interrupted goes on where it stopped."""
    played = set(db.session.scalars(select(Attempt.seed).where(Attempt.origin == "demo")))
    for number, past in enumerate(PAST, 1):
        if FIRST_SEED + number not in played:
            tell(f"Demo history: run {number} of {len(PAST)}")
            _play(past, seed=FIRST_SEED + number)
    trainees = [_person(name).id for name, _scenarios in GIVEN]
    given = select(Assignment.id).where(Assignment.person_id.in_(trainees)).limit(1)
    if not db.session.scalars(given).first():
        _assign()


def _play(past: Past, seed: int) -> None:
    day = project_today() - timedelta(days=past.days_ago)
    begun = datetime.combine(day, time(10 + seed % 5, 7 * seed % 60), ZoneInfo(project_zone()))
    with set_back(begun), unit_of_work():
        person = _person(past.person)
        attempt = attempts.begin(
            person, past.scenario, past.mode, company_for(person), seed=seed, origin="demo"
        )
        with inside(attempt.space):
            steps = judging.scenario_in(attempt).steps
            for step in steps[:-1] if past.how == "failed" else steps:
                pass_time(timedelta(seconds=25 + seed % 20))
                if past.how == "helped" and step is steps[-1]:
                    attempts.help_used(attempt, "hint", step.index)
                walk_step(attempt, step.index)
            pass_time(timedelta(seconds=15))
            attempts.conclude(attempt)


def _assign() -> None:
    """Vera has given both of them their track, due in the days to come."""
    with unit_of_work() as session:
        vera, due = _person("vera"), project_today() + timedelta(days=4)
        for name, scenarios in GIVEN:
            for offset, scenario in enumerate(scenarios):
                session.add(
                    Assignment(
                        person_id=_person(name).id,
                        scenario=scenario,
                        due=due + timedelta(days=offset),
                        given_by_id=vera.id,
                        given_at=machine_now() - timedelta(days=10),
                    )
                )


def _person(code: str) -> Person:
    query = select(Person).where(Person.is_demo, Person.email.startswith(f"{code}@"))
    return db.session.scalars(query).one()
