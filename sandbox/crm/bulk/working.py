"""Work on many records in the background: done part by part, and taken up where it was cut off."""

from __future__ import annotations

import logging
from datetime import timedelta

from flask import Flask, current_app
from flask_babel import force_locale
from sqlalchemy import select

from sandbox.crm.bulk.models import FAILED, WAITING, BulkRun
from sandbox.crm.bulk.running import CODE, parts_of
from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.kernel.errors import Refused
from sandbox.ledger import perform
from sandbox.ledger.perform import Done
from sandbox.ledger.taking_back import taken_back_with
from sandbox.spaces import Colleague, Space, fetch, inside
from sandbox.web.unit_of_work import unit_of_work

log = logging.getLogger(__name__)
STANDS_STILL = timedelta(minutes=2)  # a part takes seconds: whoever did it is no more

__all__ = ["do", "do_part", "go_on", "init_app", "start"]


def init_app(app: Flask) -> None:
    """Give the queue its task; all parts of a piece of work are undone as one."""

    @app.extensions["queue"].task(name="run_bulk")
    def run_in_background(number: int) -> None:
        with app.test_request_context("/"):
            do(number)

    app.extensions["bulk_task"] = run_in_background
    taken_back_with(CODE, parts_of)


def start(number: int) -> None:
    """Let the background worker do it."""
    current_app.extensions["bulk_task"](number)


def go_on() -> None:
    """Take up again what stands still since its worker went: no part is done twice."""
    before = machine_now() - STANDS_STILL
    still = select(BulkRun.id).where(BulkRun.status == WAITING, BulkRun.moved_at < before)
    for number in list(db.session.scalars(still)):
        start(number)


def do_part(number: int, by_n: int, person_id: int) -> Done:
    """Do the next part, as one event; few records are one part."""
    with unit_of_work():
        return perform(CODE, None, {"run": number}, by=fetch(Colleague, by_n), person_id=person_id)


def do(number: int) -> None:
    """Do a piece of work to its end, its causes told in its person's language; its fault is kept on it."""
    work = db.session.get(BulkRun, number)
    if work is None or work.status != WAITING:
        return
    space, by_n, person_id = db.session.get_one(Space, work.space_id), work.colleague_n, work.person_id
    try:
        with inside(space), force_locale(work.language):
            while db.session.get_one(BulkRun, number, populate_existing=True).status == WAITING:
                do_part(number, by_n, person_id)
    except Refused as refusal:
        _fail(number, str(refusal.message))
    except Exception:
        log.exception("bulk run %s failed", number)
        _fail(number, "")


def _fail(number: int, words: str) -> None:
    with unit_of_work():
        work = db.session.get_one(BulkRun, number)
        if work.status == WAITING:  # else another worker has brought it to its end
            work.status, work.fault = FAILED, words[:400]
