"""Attempts with their evidence as rows, for tests of what is read from them; nothing is played."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.people import Person
from sandbox.seeding.recipes import recipe_for
from sandbox.spaces import Space
from sandbox.training.catalogue import catalogue_of, script_of
from sandbox.training.models import Attempt, Evidence, Script
from sandbox.web.unit_of_work import unit_of_work

COMPANY = "office-supply"
CALL = "sales/log-a-call"
STEPS = 3


@cache
def _text_of(slug: str) -> tuple[str, str]:
    script = script_of(catalogue_of(COMPANY).scenarios[slug])
    return script.digest, script.text


def make_attempt(
    person: Person,
    *,
    days_ago: float = 0,
    mode: str = "practice",
    status: str = "finished",
    right: bool = True,
    helped: bool = False,
    critical: bool = False,
    seconds: float = 120,
    origin: str = "real",
    seed: int | None = None,
    digest: str | None = None,
    scenario: str = CALL,
    operation: str = "log-call",
    idle_minutes: float = 0,
    **more: Any,
) -> int:
    """One attempt, over `days_ago` (open: begun so long ago); its id."""
    over = machine_now() - timedelta(days=days_ago)
    started = over - timedelta(seconds=seconds, minutes=idle_minutes)
    with unit_of_work():
        attempt = Attempt(
            person_id=person.id,
            scenario=scenario,
            operation=operation,
            script_digest=_script(scenario, digest),
            program_version="test",
            company=COMPANY,
            company_digest="c" * 64,
            seed=seed if seed is not None else _next_seed(),
            mode=mode,
            origin=origin,
            status=status,
            space_id=_space(person, over),
            start_n=1,
            given={},
            started_at=started,
            finished_at=over if status != "open" else None,
            norm_seconds=240.0,
            seconds=seconds if status == "finished" else None,
            is_right=right if status == "finished" else None,
            first_change_at=started + timedelta(seconds=5),
            first_help_at=started + timedelta(seconds=9) if helped else None,
            first_critical_at=started + timedelta(seconds=7) if critical else None,
            result={"right": right, "critical": critical, "conditions": [], "keep": []}
            if status == "finished"
            else None,
            progress=_progress(status),
            **more,
        )
        db.session.add(attempt)
        db.session.flush()
        _tell(attempt, started + timedelta(seconds=seconds), helped, critical)
        return attempt.id


def _tell(attempt: Attempt, end: datetime, helped: bool, critical: bool) -> None:
    kinds: list[tuple[str, int | None, dict[str, Any]]] = [("started", None, {}), ("tick", 0, {"saw": []})]
    if helped:
        kinds.append(("help", 1, {"rung": "hint"}))
    if critical:
        kinds.append(("mistake", None, {"index": 0, "critical": True, "at_event": 3}))
    kinds.append(("event", None, {"n": 3}))
    for place, (kind, step, data) in enumerate(kinds):
        at = attempt.started_at + (end - attempt.started_at) * place / len(kinds)
        db.session.add(Evidence(attempt_id=attempt.id, take=1, kind=kind, at=at, step=step, data=data))


def _progress(status: str) -> dict[str, Any]:
    done = STEPS if status == "finished" else 1
    steps: list[list[Any]] = [
        [n, n + 1 if n < done else None, n if n < done else None, []] for n in range(STEPS)
    ]
    return {"steps": steps, "bindings": {}, "mistakes": [], "keep": [], "order": done}


def _script(slug: str, digest: str | None) -> str:
    today, text = _text_of(slug)
    wanted = digest or today
    if db.session.get(Script, wanted) is None:
        db.session.add(Script(digest=wanted, slug=slug, text=text))
    return wanted


def _space(person: Person, at: datetime) -> int:
    space = Space(
        kind="attempt",
        status="closed",
        recipe=recipe_for(COMPANY),
        seed=1,
        day=at.date(),
        person_id=person.id,
        created_at=at,
        clock_shown=at,
    )
    db.session.add(space)
    db.session.flush()
    return space.id


def _next_seed() -> int:
    return 1000 + len(db.session.scalars(select(Attempt.id)).all())


def clear_for(person: Person, **more: Any) -> list[int]:
    """Three clean runs on two days: a clearance for logging calls; their ids."""
    return [make_attempt(person, days_ago=days, **more) for days in (3, 2, 1)]
