"""Imports in the background: the queue does them one by one, and its own store tells how far they are."""

from __future__ import annotations

import logging

from flask import Flask, current_app
from flask_babel import force_locale
from sqlalchemy import delete, select

from sandbox.crm.customers.importing.models import FAILED, WAITING, Upload
from sandbox.crm.customers.importing.running import tell_progress
from sandbox.extensions import db, queue
from sandbox.kernel.errors import Refused
from sandbox.ledger import perform
from sandbox.ledger.registry import registry
from sandbox.spaces import Colleague, Space, fetch, inside
from sandbox.web.languages import current_language
from sandbox.web.unit_of_work import unit_of_work

log = logging.getLogger(__name__)
STEP = 25


def init_app(app: Flask) -> None:
    """Give the queue its task."""

    @app.extensions["queue"].task(name="run_import")
    def run_import(number: int, language: str) -> None:
        with app.test_request_context("/"), force_locale(language):
            do(number)

    app.extensions["import_task"] = run_import


def start(number: int) -> None:
    """Let the background worker import a file, and tell its causes in the person's language."""
    current_app.extensions["import_task"](number, current_language())


def progress_of(number: int) -> int:
    """How many rows are done."""
    told = queue().get(f"import-{number}", peek=True)
    return told if isinstance(told, int) else 0


def do(number: int) -> None:
    """Import a file that waits; its fault is kept on it, never lost."""
    file = db.session.get(Upload, number)
    if file is None or file.status != WAITING:
        return
    space, by_n, person_id = db.session.get_one(Space, file.space_id), file.colleague_n, file.person_id

    def progress(done: int) -> None:
        if done % STEP == 0:
            queue().put(f"import-{number}", done)

    try:
        with inside(space), tell_progress(progress), unit_of_work():
            by = fetch(Colleague, by_n)
            done = perform(
                registry["import.run"].code,
                None,
                {"upload": number},
                by=by,
                origin="trainee",
                person_id=person_id,
            )
            db.session.get_one(Upload, number).event_n = done.event.n
    except Refused as refusal:
        _fail(number, str(refusal.message))
    except Exception:
        log.exception("import %s failed", number)
        _fail(number, "")


def forget_purged() -> None:
    """Files of spaces whose rows are gone go as well: they hold people's data."""
    purged = select(Space.id).where(Space.status == "purged")
    with unit_of_work() as session:
        session.execute(delete(Upload).where(Upload.space_id.in_(purged)))


def _fail(number: int, words: str) -> None:
    with unit_of_work():
        file = db.session.get_one(Upload, number)
        file.status, file.fault = FAILED, words[:400]
