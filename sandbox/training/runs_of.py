"""The attempts of people as runs for the clearances, read in three queries however many people there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from flask import current_app
from sqlalchemy import func, select

from sandbox.extensions import db
from sandbox.kernel.clock import USUAL_ZONE, machine_now
from sandbox.people import Person
from sandbox.seeding.recipes import UnknownCompany
from sandbox.training.catalogue import catalogue_of
from sandbox.training.models import Attempt, Evidence
from sandbox.training.runs import ABANDONED, EXAM, FINISHED, LEFT_AFTER, Run, day_in, left_for_a_day


def project_zone() -> str:
    """The project's time zone, in which the days of runs are counted: the setting PROJECT_ZONE."""
    return str(current_app.config.get("PROJECT_ZONE") or USUAL_ZONE)


def project_today() -> date:
    """Today in the project's time zone."""
    return day_in(project_zone(), machine_now())


def runs_of(people: Iterable[Person]) -> dict[int, list[Run]]:
    """Every attempt of these people as a run, by person, oldest first; demo runs keep their origin."""
    query = select(Attempt).where(Attempt.person_id.in_([one.id for one in people]))
    query = query.where(Attempt.demo_of_id.is_(None)).order_by(Attempt.id)
    attempts = db.session.scalars(query).all()
    ended = _last_done([one.id for one in attempts if one.status != FINISHED])
    firsts = _first_starts({one.scenario for one in attempts})
    now, zone = machine_now(), project_zone()
    found: dict[int, list[Run]] = defaultdict(list)
    for attempt in attempts:
        since = _stale_since(attempt, firsts, now)
        found[attempt.person_id].append(_run(attempt, ended.get(attempt.id), since, now, zone))
    return found


def run_of(attempt: Attempt) -> Run:
    """One attempt as a run."""
    ended = _last_done([attempt.id]) if attempt.status != FINISHED else {}
    now = machine_now()
    since = _stale_since(attempt, _first_starts({attempt.scenario}), now)
    return _run(attempt, ended.get(attempt.id), since, now, project_zone())


def _run(
    attempt: Attempt, last_done: datetime | None, stale_since: datetime | None, now: datetime, zone: str
) -> Run:
    last = last_done or attempt.started_at
    status, over = attempt.status, attempt.finished_at
    left = status != FINISHED and left_for_a_day(last, over or now)
    if left and over is None:
        over = last + LEFT_AFTER
        status = ABANDONED if attempt.mode == EXAM else status
    return Run(
        attempt=attempt.id,
        person=attempt.person_id,
        operation=attempt.operation,
        scenario=attempt.scenario,
        mode=attempt.mode,
        status=status,
        started_at=attempt.started_at,
        day=day_in(zone, over or attempt.started_at),
        data_key=f"{attempt.company}:{attempt.seed}",
        norm_seconds=attempt.norm_seconds,
        finished_at=over,
        seconds=attempt.seconds,
        all_conditions_hold=bool(attempt.is_right),
        first_critical_at=attempt.first_critical_at,
        first_help_at=attempt.first_help_at,
        first_change_at=attempt.first_change_at,
        restarted_after_critical=attempt.restarted and attempt.first_critical_at is not None,
        left_24h=left,
        stale_since=stale_since,
        origin=attempt.origin,
    )


def _last_done(attempt_ids: list[int]) -> dict[int, datetime]:
    """When each of these attempts last saw anything happen."""
    query = (
        select(Evidence.attempt_id, func.max(Evidence.at))
        .where(Evidence.attempt_id.in_(attempt_ids))
        .group_by(Evidence.attempt_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)} if attempt_ids else {}


def _first_starts(scenarios: set[str]) -> dict[str, dict[str, datetime]]:
    """For each scenario, when each of its texts was first run by anybody."""
    query = (
        select(Attempt.scenario, Attempt.script_digest, func.min(Attempt.started_at))
        .where(Attempt.scenario.in_(scenarios))
        .group_by(Attempt.scenario, Attempt.script_digest)
    )
    firsts: dict[str, dict[str, datetime]] = defaultdict(dict)
    for scenario, digest, at in db.session.execute(query) if scenarios else ():
        firsts[scenario][digest] = at
    return firsts


def _stale_since(attempt: Attempt, firsts: dict[str, dict[str, datetime]], now: datetime) -> datetime | None:
    """The first sign of another text after this run began; None while the catalogue holds the run's own."""
    try:
        scenario = catalogue_of(attempt.company).scenarios.get(attempt.scenario)
    except UnknownCompany:
        scenario = None
    if scenario is not None and scenario.digest == attempt.script_digest:
        return None
    others = firsts.get(attempt.scenario, {}).items()
    later = [at for digest, at in others if digest != attempt.script_digest and at > attempt.started_at]
    return min(later, default=now)
