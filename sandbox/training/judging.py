"""What an attempt is judged on, and the judging after every event: its world, its names, its evidence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.kernel.errors import Refused
from sandbox.ledger import Event
from sandbox.scenarios import (
    Binding,
    Progress,
    RecordKey,
    Scenario,
    advance,
)
from sandbox.scenarios.world import RefusalView
from sandbox.spaces import InSpace, Space
from sandbox.training.catalogue import scenario_of
from sandbox.training.models import Attempt, Evidence
from sandbox.training.vocabulary import vocabulary_for
from sandbox.training.world import SpaceWorld, event_seen, restored, told_values
from sandbox.web.unit_of_work import unit_of_work


def attempt_in(space_id: int, *, lock: bool = False) -> Attempt | None:
    """The attempt that runs in a space, if one does; `lock` lets those who change it follow each other."""
    query = select(Attempt).where(Attempt.space_id == space_id)
    return db.session.scalars(query.with_for_update(of=Attempt) if lock else query).first()


def note(
    attempt: Attempt, kind: str, *, step: int | None = None, at: datetime | None = None, **data: Any
) -> None:
    """Add a piece of evidence."""
    row = Evidence(attempt_id=attempt.id, take=attempt.take, kind=kind, at=at or machine_now(), step=step)
    row.data = data
    db.session.add(row)


def scenario_in(attempt: Attempt) -> Scenario:
    """The scenario as this attempt pinned it."""
    return scenario_of(attempt.script, attempt.space.company)


def bindings_of(attempt: Attempt) -> dict[str, Binding]:
    """What the names of the file stand for in this attempt, with what conditions have named since."""
    found = dict(given_of(attempt))
    progress = progress_of(attempt)
    if progress is not None:
        found.update({name: Binding(key.type, key.n) for name, key in progress.bindings.items()})
    return found


def progress_of(attempt: Attempt) -> Progress | None:
    """How far the run is, as it was last judged."""
    return Progress.from_json(attempt.progress) if attempt.progress else None


def world_of(attempt: Attempt) -> SpaceWorld:
    """The attempt's space for the judge; to be used inside that space."""
    return SpaceWorld(attempt.space, attempt.start_n, refusals_of(attempt))


def refusals_of(attempt: Attempt) -> list[RefusalView]:
    """What rules turned down in this take."""
    query = select(Evidence).where(
        Evidence.attempt_id == attempt.id, Evidence.kind == "refusal", Evidence.take == attempt.take
    )
    return [
        RefusalView(
            n=row.data["after"],
            action=row.data["action"],
            record=RecordKey(*row.data["record"]) if row.data["record"] else None,
            code=row.data["code"],
            values=told_values(row.data["action"], row.data["values"]),
        )
        for row in db.session.scalars(query.order_by(Evidence.id))
    ]


def moments_of(attempt: Attempt) -> list[datetime]:
    """When somebody worked; what the house does by itself (an answer comes, a mailing goes on) is no work."""
    is_work = (Evidence.kind == "event", Evidence.data["origin"].as_string() != "system")
    return list(db.session.scalars(select(Evidence.at).where(Evidence.attempt_id == attempt.id, *is_work)))


def judge(attempt: Attempt) -> Progress:
    """Judge the run as it stands now, and keep what has ticked and which mistakes were made as evidence."""
    scenario = scenario_in(attempt)
    before = progress_of(attempt)
    now = advance(scenario, world_of(attempt), given_of(attempt), before, seen_in(attempt))
    _note_news(attempt, scenario, before, now)
    attempt.progress = now.as_json()
    return now


def hear(event: Event) -> None:
    """After an event in an attempt's space: keep a copy of it as evidence and see what has ticked."""
    attempt = attempt_in(event.space_id)
    if attempt is None or not attempt.is_open or event.undoes:
        return
    seen = event_seen(event)
    note(
        attempt,
        "event",
        n=event.n,
        code=event.code,
        action=event.action,
        title=event.record_title,
        record=list(seen.record) if seen.record else None,
        origin=event.origin,
        values=event.values,
        facts=event.facts,
        shown=event.at.isoformat(),
    )
    if event.origin == "trainee" and attempt.first_change_at is None:
        attempt.first_change_at = machine_now()
    judge(attempt)


def hear_refusal(
    space: Space, action: Any, record: InSpace | None, values: dict[str, Any], refusal: Refused
) -> None:
    """After a refused action in an attempt's space: keep the refusal, in a transaction of its own."""
    attempt = attempt_in(space.id)
    if attempt is None or not attempt.is_open:
        return
    with unit_of_work():
        note_refusal(db.session.get_one(Attempt, attempt.id), action, record, values, refusal)


def note_refusal(
    attempt: Attempt, action: Any, record: InSpace | None, values: dict[str, Any], refusal: Refused
) -> None:
    """Keep a refusal as evidence inside a unit of work, and judge it: it may be a mistake of the scenario."""
    note(
        attempt,
        "refusal",
        action=action.code,
        code=refusal.code,
        record=[record.__record__, record.n] if record is not None else None,
        values=values,
        after=attempt.space.next_n - 1,
        sentence=str(refusal.message),
    )
    db.session.flush()
    judge(attempt)


def seen_in(attempt: Attempt) -> set[RecordKey | str]:
    """The records and pages that the coach's script reported as opened in this take."""
    query = select(Evidence.data).where(
        Evidence.attempt_id == attempt.id, Evidence.kind == "seen", Evidence.take == attempt.take
    )
    return {
        RecordKey(data["type"], data["n"]) if "n" in data else data["page"]
        for data in db.session.scalars(query)
    }


def given_of(attempt: Attempt) -> dict[str, Binding]:
    """What the file's given names stand for, with the values they were laid out with."""
    types = vocabulary_for(attempt.space.company).types
    return {
        name: Binding(kind, n, {at: restored(types[kind].fields[at].kind, one) for at, one in held.items()})
        for name, (kind, n, held) in attempt.given.items()
    }


def _note_news(attempt: Attempt, scenario: Scenario, before: Progress | None, now: Progress) -> None:
    ticked = {state.index for state in before.steps if state.ticked} if before else set()
    for state in now.steps:
        if state.ticked and state.index not in ticked:
            saw = [verdict.as_json() for verdict in state.verdicts]
            note(attempt, "tick", step=state.index, at_event=state.ticked_at, saw=saw)
    known = {(one.index, one.order) for one in before.mistakes} if before else set()
    for mistake in now.mistakes:
        if (mistake.index, mistake.order) in known:
            continue
        critical = scenario.mistakes[mistake.index].critical
        note(attempt, "mistake", index=mistake.index, critical=critical, at_event=mistake.at)
        if critical and attempt.first_critical_at is None:
            attempt.first_critical_at = machine_now()
