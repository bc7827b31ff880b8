"""Work on many records in the background: the queue does it, and its own store tells how far it is."""

from __future__ import annotations

import logging

from flask import Flask, current_app
from flask_babel import force_locale

from sandbox.crm.bulk.models import FAILED, WAITING, BulkRun
from sandbox.crm.bulk.running import run_bulk, tell_progress
from sandbox.extensions import db, queue
from sandbox.kernel.errors import Refused
from sandbox.ledger import perform
from sandbox.ledger.perform import Done
from sandbox.spaces import Colleague, Space, fetch, inside
from sandbox.web.languages import current_language
from sandbox.web.unit_of_work import unit_of_work

log = logging.getLogger(__name__)
STEP = 25
CODE = "bulk.run"

__all__ = ["do_now", "init_app", "progress_of", "run_bulk", "start"]


def init_app(app: Flask) -> None:
    """Give the queue its task."""

    @app.extensions["queue"].task(name="run_bulk")
    def run_in_background(number: int, language: str) -> None:
        with app.test_request_context("/"), force_locale(language):
            do(number)

    app.extensions["bulk_task"] = run_in_background


def start(number: int) -> None:
    """Let the background worker do it, and tell its causes in the person's language."""
    current_app.extensions["bulk_task"](number, current_language())


def progress_of(number: int) -> int:
    """How many records are done."""
    told = queue().get(f"bulk-{number}", peek=True)
    return told if isinstance(told, int) else 0


def do_now(number: int, by_n: int, person_id: int) -> Done:
    """Do it in this request: for few records."""
    with unit_of_work():
        done = perform(CODE, None, {"run": number}, by=fetch(Colleague, by_n), person_id=person_id)
        db.session.get_one(BulkRun, number).event_n = done.event.n
    return done


def do(number: int) -> None:
    """Do a piece of work that waits; its fault is kept on it, never lost."""
    work = db.session.get(BulkRun, number)
    if work is None or work.status != WAITING:
        return
    space, by_n, person_id = db.session.get_one(Space, work.space_id), work.colleague_n, work.person_id

    def progress(done: int) -> None:
        if done % STEP == 0:
            queue().put(f"bulk-{number}", done)

    try:
        with inside(space), tell_progress(progress):
            do_now(number, by_n, person_id)
    except Refused as refusal:
        _fail(number, str(refusal.message))
    except Exception:
        log.exception("bulk run %s failed", number)
        _fail(number, "")


def _fail(number: int, words: str) -> None:
    with unit_of_work():
        work = db.session.get_one(BulkRun, number)
        work.status, work.fault = FAILED, words[:400]
