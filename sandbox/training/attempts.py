"""The life of an attempt: begun on data of its own, rewound, paused, finished, left."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from flask import request
from flask_babel import gettext as _
from sqlalchemy import select

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.kernel.errors import Refused
from sandbox.ledger import acting, undo
from sandbox.ledger.questions import Reason
from sandbox.people import Person
from sandbox.scenarios import (
    ME,
    FinishVerdict,
    RecordKey,
    Reference,
    Scenario,
    events_to_undo,
    finish,
    lay_out,
    rewound,
)
from sandbox.seeding.givens import CompanyFakes, make_given
from sandbox.seeding.practice import cast
from sandbox.seeding.templates import ensure_template
from sandbox.spaces import Colleague, Space, current_space, fetch, inside
from sandbox.spaces.bulk import clone
from sandbox.training.catalogue import script_of
from sandbox.training.fresh_fakes import FreshFakes
from sandbox.training.judging import (
    attempt_in,
    given_of,
    judge,
    moments_of,
    note,
    progress_of,
    scenario_in,
    world_of,
)
from sandbox.training.models import Attempt, Evidence, Script
from sandbox.training.proofs import offered
from sandbox.training.runs import run_seconds
from sandbox.training.world import RecordSeen
from sandbox.version import __version__
from sandbox.web.unit_of_work import unit_of_work

# Within this time a second press of the button that begins a run is no wish for a second one.
MOMENT = timedelta(minutes=1)
WORKED = ("event", "refusal", "seen", "help", "paused")


class _LayOut:
    code, event = "scenario.lay_out", "scenario.laid_out"


def begin(
    person: Person,
    slug: str,
    mode: str,
    company: str,
    *,
    seed: int | None = None,
    demo_of: Attempt | None = None,
    origin: str = "real",
    at: datetime | None = None,
) -> Attempt:
    """Start a run inside a unit of work: a fresh clone, the scenario's records, the person as its colleague.

    Raises Refused `no_scenario` when it is not offered: unknown to the company, or its proof failed.
    """
    scenario = offered(company).get(slug)
    if scenario is None:
        raise Refused(
            "no_scenario",
            _("This scenario is not offered any more. Choose another one, or ask your trainer."),
        )
    return start(person, scenario, mode, company, seed=seed, demo_of=demo_of, origin=origin, at=at)


def start(
    person: Person,
    scenario: Scenario,
    mode: str,
    company: str,
    *,
    seed: int | None = None,
    demo_of: Attempt | None = None,
    origin: str = "real",
    at: datetime | None = None,
    nasty: float = 0.0,
) -> Attempt:
    """The same for a scenario at hand, in the catalogue or not: the proof plays those that are not yet.

    `nasty` is the share of difficult names among what is made up, 0 to 1.
    """
    now = at or machine_now()
    space = clone(ensure_template(company), "demo" if demo_of is not None else "attempt", person_id=person.id)
    chosen = seed if seed is not None else secrets.randbelow(2**31)
    with inside(space):
        me = cast(space, person, scenario.role)
        given = _lay(scenario, space, me, chosen, nasty)
        attempt = Attempt(
            person_id=person.id,
            scenario=scenario.slug,
            operation=scenario.operation,
            script=_kept(scenario),
            program_version=__version__,
            company=company,
            company_digest=space.recipe_digest,
            seed=chosen,
            mode=mode,
            origin=origin,
            space=space,
            demo_of_id=demo_of.id if demo_of is not None else None,
            start_n=space.next_n,
            given=given,
            started_at=now,
            ends_at=now + timedelta(minutes=2 * scenario.minutes) if mode == "exam" else None,
            norm_seconds=float(scenario.minutes * 60),
        )
        db.session.add(attempt)
        db.session.flush()
        db.session.refresh(space)
        attempt.start_n = space.next_n
        note(attempt, "started", at=now, mode=mode, seed=chosen, company=company)
        judge(attempt)
    return attempt


def just_begun(person: Person, slug: str, mode: str, company: str) -> Attempt | None:
    """The same run, begun a moment ago and not touched yet: what a second press of the button means."""
    db.session.refresh(person, with_for_update=True)  # two presses at once make one run
    worked = select(Evidence.id).where(Evidence.attempt_id == Attempt.id, Evidence.kind.in_(WORKED))
    query = select(Attempt).where(
        Attempt.person_id == person.id,
        Attempt.scenario == slug,
        Attempt.mode == mode,
        Attempt.company == company,
        Attempt.status == "open",
        Attempt.demo_of_id.is_(None),
        Attempt.origin == "real",
        Attempt.started_at > machine_now() - MOMENT,
        ~worked.exists(),
    )
    return db.session.scalars(query.order_by(Attempt.id.desc()).limit(1)).first()


def rewind(attempt: Attempt, step: int, *, by: Colleague | None, asked: bool = True) -> None:
    """Undo all that came after the last tick before `step` in time, and begin a new take there.

    It is help where the person `asked` for it; as a part of other help it is not counted again, and leaves
    what was done ahead of the step.
    """
    _insist_open(attempt)
    world, scenario = world_of(attempt), scenario_in(attempt)
    before = progress_of(attempt) or judge(attempt)
    taken = {view.n for view in events_to_undo(before, step, world.events(), ahead=asked)}
    if asked:
        help_used(attempt, "rewind", step)
    if taken:
        undo([row for row in world.rows() if row.n in taken], by=by, at=attempt.space.now(), origin="system")
    attempt.take += 1
    attempt.progress = rewound(scenario, before, step, ahead=asked).as_json()
    judge(attempt)


def help_used(attempt: Attempt, kind: str, step: int | None) -> None:
    """Keep that help was taken: it is free while learning, and keeps a practice run from counting."""
    note(attempt, "help", step=step, rung=kind)
    attempt.first_help_at = attempt.first_help_at or machine_now()


def insist_on_time(space: Space) -> None:
    """Refuse work in a control run whose time is over: it is judged as it stood then."""
    attempt = attempt_in(space.id) if space.kind == "attempt" else None
    if request and request.endpoint == "training.finish":
        return
    if attempt is not None and attempt.is_open and attempt.is_late:
        raise Refused("time_over", _("The time of this control run is over. Press Finish to have it judged."))


def waits_in_exams(record: object) -> Iterator[Reason]:
    """In a control run the world takes its time: nobody is made to answer at once."""
    attempt = attempt_in(current_space().id) if current_space().kind == "attempt" else None
    if attempt is not None and attempt.mode == "exam":
        yield Reason("in_exam", _("In a control run answers come in their own time. Go on with other work."))


def go_on_by_working(space: Space) -> None:
    """Whoever works in a paused run goes on with it: the clock runs again, and no work stays outside it."""
    if space.kind != "attempt" or (request.endpoint or "").startswith("training."):
        return
    attempt = attempt_in(space.id)
    if attempt is not None and attempt.is_open and attempt.paused_at is not None:
        with unit_of_work():
            resume(db.session.get_one(Attempt, attempt.id))


def conclude_late(now: datetime) -> int:
    """Judge every control run whose time has run out, as it stands; returns how many there were."""
    query = select(Attempt).where(Attempt.status == "open", Attempt.ends_at < now)
    late = list(db.session.scalars(query))
    for attempt in late:
        with inside(attempt.space):
            conclude(attempt)
    return len(late)


def conclude(attempt: Attempt, *, at: datetime | None = None) -> FinishVerdict:
    """Judge the finish, pin the verdict, close the space: nothing in it changes any more.

    A control run ends at the latest when its time does, whenever it is judged.
    """
    _insist_open(attempt)
    now = at or machine_now()
    now = min(now, attempt.ends_at) if attempt.ends_at is not None else now
    verdict = finish(scenario_in(attempt), world_of(attempt), given_of(attempt), progress_of(attempt))
    attempt.status, attempt.finished_at, attempt.is_right = "finished", now, verdict.right
    attempt.progress = verdict.progress.as_json()
    attempt.seconds = run_seconds(attempt.mode, attempt.started_at, now, events=moments_of(attempt))
    attempt.result = {
        "right": verdict.right,
        "critical": verdict.critical,
        "conditions": [_judged(one) for one in verdict.conditions],
        "keep": [_judged(one) for one in verdict.keep],
    }
    note(attempt, "finished", at=now, **attempt.result)
    attempt.space.clock = attempt.space.clock.stopped(now)
    attempt.space.status = "closed"
    return verdict


def abandon(attempt: Attempt, *, restarted: bool) -> None:
    """Leave a run for good; its records stay as they are until they are purged."""
    _insist_open(attempt)
    now = machine_now()
    attempt.status, attempt.finished_at, attempt.restarted = "abandoned", now, restarted
    attempt.space.clock = attempt.space.clock.stopped(now)
    attempt.space.status = "closed"
    note(attempt, "abandoned", at=now, restarted=restarted)


def pause(attempt: Attempt) -> None:
    """Let the space's clock stand still; an exam has no pause."""
    _insist_open(attempt)
    now = machine_now()
    attempt.paused_at = now
    attempt.space.clock = attempt.space.clock.stopped(now)
    note(attempt, "paused", at=now)


def resume(attempt: Attempt) -> None:
    """Let the clock run again."""
    _insist_open(attempt)
    now = machine_now()
    attempt.paused_at = None
    attempt.space.clock = attempt.space.clock.started(now)
    note(attempt, "resumed", at=now)


def me_in(attempt: Attempt) -> Colleague:
    """The colleague whom the person plays in this attempt."""
    return fetch(Colleague, attempt.given[ME][1])


def _insist_open(attempt: Attempt) -> None:
    if not attempt.is_open:
        raise Refused("attempt_over", _("This attempt is over. Start a new one; it brings fresh data."))


def _kept(scenario: Scenario) -> Script:
    return db.session.get(Script, scenario.digest) or script_of(scenario)


def _lay(scenario: Scenario, space: Space, me: Colleague, seed: int, nasty: float) -> dict[str, Any]:
    """Make the given records; where they stand and what they were given is returned as JSON."""
    random = Random(seed)  # noqa: S311 - data for a game, not a secret
    now = space.now().astimezone(space.zone)
    company = space.company
    fakes = FreshFakes(CompanyFakes(company, random, nasty=nasty))
    laid = lay_out(scenario.given, fakes, random, now, company.language)
    rows: dict[str, Any] = {ME: me}
    with acting(_LayOut(), by=None, at=now, origin="given"):
        for one in laid:
            values = {name: _made(value, rows) for name, value in one.values.items()}
            rows[one.name] = make_given(one.type, values, by=me, at=now)
            db.session.flush()
    given: dict[str, Any] = {ME: ["colleague", me.n, {}]}
    for one in laid:
        row, seen = rows[one.name], RecordSeen(rows[one.name])
        given[one.name] = [one.type, row.n, {name: _stored(seen.get(name)) for name in one.values}]
    return given


def _made(value: object, rows: dict[str, Any]) -> object:
    return rows[value.name] if isinstance(value, Reference) else value


def _stored(value: object) -> Any:
    if isinstance(value, RecordKey):
        return {"type": value.type, "n": value.n}
    if value is None or isinstance(value, (str, int, bool)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _judged(one: Any) -> dict[str, Any]:
    return {"step": one.step, "index": one.index, "line": one.line, **one.verdict.as_json()}


def way_back(attempt: Attempt) -> str:
    """The page from which a demo was asked for."""
    query = select(Evidence.data).where(Evidence.attempt_id == attempt.id, Evidence.kind == "demo")
    data = db.session.scalars(query).first()
    return str(data["back"]) if data else "/"
