"""The speed of the house: pages against a bare page of as many bytes, a large company against a small one.

No figure is a time alone: machines differ and are noisy, ratios of one run are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from bench.bare import Bare
from bench.figures import Figure, figure, table, write
from sandbox.crm import Deal
from sandbox.extensions import Base, db
from sandbox.kernel.clock import machine_now
from sandbox.people import Person, create_demo_cast
from sandbox.people.signing_in import begin_stay
from sandbox.play.stage import house_apart
from sandbox.seeding.practice import cast
from sandbox.seeding.templates import ensure_template, template_for
from sandbox.spaces import BLOCK, Space, every, inside
from sandbox.spaces.bulk import clone, purge
from sandbox.spaces.mixin import refs, space_tables
from sandbox.training import attempts, judging
from sandbox.training.walking import walk_step
from sandbox.web.unit_of_work import unit_of_work

COMPANY, ROLE, SCENARIO = "office-supply", "sales-manager", "sales/log-a-call"
LISTS = ("deals", "leads", "companies", "contacts", "activities")
LIST, RECORD, ACTION, SEARCH = 4, 4, 4, 3  # times the bare page
LARGE, LARGE_SEARCH, CLONE = 1.5, 3, 1.5  # times the small company, times the bare INSERT ... SELECT


def measure(tell: Callable[[str], object] = print, path: Path | None = None) -> list[Figure]:
    """Lay out a small and a large company in a house apart, measure, print the table and write it down."""
    with house_apart(DEMO=True, WTF_CSRF_ENABLED=False) as app:
        with app.app_context():
            create_demo_cast(at=machine_now())
            for volume in ("small", "large"):
                tell(f"Laying out {COMPANY}, {volume} …")
                template_for(COMPANY, volume=volume)
        found = []
        for one in _figures(app):
            tell(f"  measured: {one.name}")
            found.append(one)
    for line in table(found):
        tell(line)
    write(found, path) if path else write(found)
    return found


def _figures(app: Flask) -> Iterator[Figure]:
    bare, small, large = Bare(), Visit(app, "small"), Visit(app, "large")
    pages: dict[str, tuple[str, float]] = {name: (name, LIST) for name in LISTS}
    pages |= {"board": ("deals/board", LIST), "record": (f"deals/{small.deal}", RECORD)}
    pages |= {
        "form of an action": (f"deals/{small.deal}/call/log", ACTION),
        "search": ("search?q=paper", SEARCH),
    }
    for name, (address, limit) in pages.items():
        against = bare.as_long_as(small.get(address))
        yield figure(name, partial(small.get, address), against=against, limit=limit, engine=small.engine)
    yield _action(small, bare)
    for name, (address, _limit) in pages.items():
        theirs = address.replace(str(small.deal), str(large.deal))
        limit = LARGE_SEARCH if name == "search" else LARGE
        against = partial(small.get, address)
        yield figure(
            f"{name}, large company / small",
            partial(large.get, theirs),
            against=against,
            limit=limit,
            engine=large.engine,
        )
    yield from _work(app)


def _action(visit: Visit, bare: Bare) -> Figure:
    """A call logged, and the page that is drawn after it."""
    sent = {"direction": "out", "outcome": "reached", "note": "Asked for a quote"}
    address = f"deals/{visit.deal}"

    def act() -> Any:
        answer = visit.post(f"{address}/call/log", sent)
        if answer.status_code != 303:
            raise RuntimeError(f"the call was not logged: {answer.status_code}")
        return visit.get(address)

    return figure(
        "action and the page after it",
        act,
        against=bare.as_long_as(visit.get(address)),
        limit=2 * ACTION,
        engine=visit.engine,
    )


class Visit:
    """A trainee signed in, in a space of a volume."""

    def __init__(self, app: Flask, volume: str) -> None:
        with app.app_context():
            self.engine = db.engine
            with unit_of_work() as session:
                person = session.scalars(select(Person).where(Person.role == "trainee")).first()
                if person is None:
                    raise RuntimeError("the demo's cast is missing")
                begin_stay(person, at=machine_now())
                space = clone(ensure_template(COMPANY, volume=volume), "free", person_id=person.id)
                with inside(space):
                    cast(space, person, ROLE)
                    newest = every(Deal).where(Deal.company_id.is_not(None)).order_by(Deal.id.desc())
                    self.deal = session.scalars(newest.limit(1)).one().n
                self.place, signed_in = f"/s/{space.id}", person.stay
        self.client: FlaskClient = app.test_client()
        with self.client.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = signed_in, True

    def get(self, address: str) -> Any:
        """A page of the space."""
        return self.client.get(f"{self.place}/{address}")

    def post(self, address: str, sent: dict[str, str]) -> Any:
        """A form sent."""
        return self.client.post(f"{self.place}/{address}", data=sent)


def _work(app: Flask) -> Iterator[Figure]:
    with app.test_request_context("/"):
        template = template_for(COMPANY, volume="small")
        source = template.id
        yield figure("clone", _cloned, against=partial(_copied, source), limit=CLONE, rounds=9)
        yield figure("a scenario begun, walked and judged", _run, rounds=5)


def _cloned() -> None:
    with unit_of_work():
        space = clone(ensure_template(COMPANY), "attempt")
    with unit_of_work():
        purge(db.session.get_one(Space, space.id))


def _copied(source: int) -> None:
    """The same rows by bare statements, and away again: what the database alone needs."""
    with unit_of_work() as session:
        space = clone_shell(db.session.get_one(Space, source))
        connection = session.connection()
        delta = (space.id - source) * BLOCK
        for one in space_tables(Base.metadata):
            moved = {"id", *(column.name for column in refs(one))}
            chosen = [
                (column + delta).label(column.name) if column.name in moved else column
                for column in one.columns
                if column.name != "space_id"
            ]
            names = [column.name for column in one.columns if column.name != "space_id"]
            rows = select(*chosen, (one.c.space_id + (space.id - source)).label("space_id"))
            connection.execute(
                insert(one).from_select([*names, "space_id"], rows.where(one.c.space_id == source))
            )
    with unit_of_work():
        purge(db.session.get_one(Space, space.id))


def clone_shell(template: Space) -> Space:
    """A space without rows, of the same recipe and day."""
    space = Space(
        kind="attempt",
        recipe_digest=template.recipe_digest,
        seed=template.seed,
        day=template.day,
        created_at=machine_now(),
        next_n=template.next_n,
        clock_shown=template.clock_shown,
    )
    db.session.add(space)
    db.session.flush()
    return space


def _run() -> None:
    with unit_of_work() as session:
        person = session.scalars(select(Person).where(Person.role == "trainee")).first()
        if person is None:
            raise RuntimeError("the demo's cast is missing")
        attempt = attempts.begin(person, SCENARIO, "practice", COMPANY)
        with inside(attempt.space):
            for step in judging.scenario_in(attempt).steps:
                walk_step(attempt, step.index)
            if not attempts.conclude(attempt).right:
                raise RuntimeError(f"{SCENARIO} was not solved: run make prove")
