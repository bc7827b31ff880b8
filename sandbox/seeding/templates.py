"""The spaces that all others are cloned from: one for each company file, seed, day and volume."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text

from sandbox.crm import make_catalogue, make_pipelines, make_powers
from sandbox.extensions import db, is_writing
from sandbox.kernel.clock import at_work, machine_now, working_day
from sandbox.ledger import acting
from sandbox.seeding.filling import fill
from sandbox.seeding.recipes import company_file, recipe_for
from sandbox.spaces import Colleague, Space, inside
from sandbox.spaces.company import CompanyFile
from sandbox.web.unit_of_work import unit_of_work

VOLUMES = ("small", "medium", "large")


@dataclass(frozen=True)
class _Opening:
    """The event with which a space begins: its colleagues and the way of its deals."""

    code: str = "seed.open"
    event: str = "seed.opened"


def today_of(company: CompanyFile) -> date:
    """The working day that templates of the company are made for now."""
    return working_day(machine_now().astimezone(ZoneInfo(company.timezone)).date())


def template_key(company: CompanyFile, seed: int, day: date, volume: str) -> str:
    """What tells one template from another."""
    return f"{company.digest}:{seed}:{day}:{volume}"


def built(code: str, seed: int = 1, day: date | None = None, volume: str = "small") -> Space | None:
    """The template if it is there already; only reads."""
    company = company_file(code)
    key = template_key(company, seed, day or today_of(company), volume)
    return db.session.scalar(select(Space).where(Space.template_key == key, Space.status == "open"))


def ensure_template(code: str, seed: int = 1, day: date | None = None, volume: str = "small") -> Space:
    """The template of the company for `day` (today's without it), built when missing; in a unit of work."""
    company = company_file(code)
    day = day or today_of(company)
    _wait_for_other_builders(template_key(company, seed, day, volume))
    return built(code, seed, day, volume) or _build(company, seed, day, volume)


def template_for(code: str, seed: int = 1, day: date | None = None, volume: str = "small") -> Space:
    """The same wherever it is asked for: a unit of work is opened when none is and something is missing."""
    if is_writing():
        return ensure_template(code, seed, day, volume)
    found = built(code, seed, day, volume)
    if found is not None:
        return found
    with unit_of_work():
        return ensure_template(code, seed, day, volume)


def _build(company: CompanyFile, seed: int, day: date, volume: str) -> Space:
    if volume not in VOLUMES:
        raise ValueError(f"{volume} is no volume: choose {', '.join(VOLUMES)}")
    space = Space(
        kind="template",
        recipe=recipe_for(company.code),
        seed=seed,
        day=day,
        volume=volume,
        template_key=template_key(company, seed, day, volume),
        created_at=machine_now(),
        clock_shown=at_work(day, company.timezone),
    )
    db.session.add(space)
    db.session.flush()
    with inside(space):
        _open(space)
        fill(space)
    connection = db.session().connection()
    if connection.dialect.name == "postgresql":
        # the planner knows nothing yet of so many new rows; SQLite's does best by the indexes alone
        connection.execute(text("ANALYZE"))
    return space


def _open(space: Space) -> None:
    """Put the colleagues and the pipelines in place."""
    with acting(_Opening(), by=None, at=space.clock_shown, origin="seed"):
        for one in space.company.people:
            db.session.add(
                Colleague(
                    code=one.code,
                    name=one.name,
                    email=one.email,
                    job_role=one.job_role,
                    department=one.department,
                )
            )
        db.session.flush()
        make_pipelines(space.company)
        make_catalogue(space.company, space.day, space.clock_shown)
        make_powers(space.company, space.day, space.clock_shown)


def _wait_for_other_builders(key: str) -> None:
    """On PostgreSQL, let two who miss the same template build it once; SQLite has one writer anyway."""
    connection = db.session().connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(zlib.crc32(key.encode()))))
