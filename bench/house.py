"""The speed of the house as ratios: each figure is a median against the median of a page without records."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import flask_migrate
from flask import Flask

from sandbox import create_app
from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.people import Person, create_demo_cast
from sandbox.seeding.practice import free_space
from sandbox.seeding.templates import ensure_template, template_for
from sandbox.spaces import inside
from sandbox.spaces.bulk import clone
from sandbox.training import attempts, judging
from sandbox.training.walking import walk_step
from sandbox.web.unit_of_work import unit_of_work

ROUNDS = 15
COMPANY, SCENARIO = "office-supply", "sales/log-a-call"


def measure(tell: Callable[[str], None] = print) -> None:
    """Lay out a small company in a temporary SQLite file, measure, and print a line a figure."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'bench.sqlite'}"
        app = create_app(
            {
                "SQLALCHEMY_DATABASE_URI": address,
                "QUEUE_URL": f"sqlite:///{Path(folder) / 'queue.db'}",
                "DEMO": True,
                "WTF_CSRF_ENABLED": False,
                "RATELIMIT_ENABLED": False,
            }
        )
        with app.app_context():
            flask_migrate.upgrade()
            create_demo_cast(at=machine_now())
            tell(f"small template of {COMPANY}: {_once(lambda: template_for(COMPANY)):.2f} s")
        _pages(app, tell)
        _work(app, tell)


def _pages(app: Flask, tell: Callable[[str], None]) -> None:
    with app.app_context(), unit_of_work():
        tanya = db.session.scalars(db.select(Person).where(Person.role == "trainee")).first()
        if tanya is None:
            raise RuntimeError("the demo's cast is missing")
        person_id, space_id = tanya.id, free_space(tanya).id
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = _session_id(app, person_id)
        session["_fresh"] = True
    bare = _median(lambda: client.get("/settings"))
    tell(f"bare page (settings): {bare * 1000:.1f} ms = 1")
    for table in ("deals", "leads", "companies", "contacts", "activities", "deals/board", "search?q=paper"):
        taken = _median(partial(client.get, f"/s/{space_id}/{table}"))
        tell(f"{table}: {taken / bare:.1f} × the bare page ({taken * 1000:.1f} ms)")


def _work(app: Flask, tell: Callable[[str], None]) -> None:
    with app.test_request_context("/"):
        with unit_of_work():
            cloned = _median(lambda: clone(ensure_template(COMPANY), "attempt"))
        tell(f"clone of a small template: {cloned * 1000:.0f} ms")
        tell(f"a scenario begun, walked and judged: {_median(_run, rounds=5) * 1000:.0f} ms")


def _run() -> None:
    with unit_of_work() as session:
        person = session.scalars(db.select(Person).where(Person.role == "trainee")).first()
        if person is None:
            raise RuntimeError("the demo's cast is missing")
        attempt = attempts.begin(person, SCENARIO, "practice", COMPANY)
        with inside(attempt.space):
            for step in judging.scenario_in(attempt).steps:
                walk_step(attempt, step.index)
            if not attempts.conclude(attempt).right:
                raise RuntimeError(f"{SCENARIO} was not solved: run make prove")


def _session_id(app: Flask, person_id: int) -> str:
    with app.app_context():
        return db.session.get_one(Person, person_id).get_id()


def _median(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    work()
    return median(_once(work) for _ in range(rounds))


def _once(work: Callable[[], Any]) -> float:
    began = perf_counter()
    answer = work()
    taken = perf_counter() - began
    if getattr(answer, "status_code", 200) != 200:
        raise RuntimeError(f"a page answered {answer.status_code}: what is measured must work")
    return taken
