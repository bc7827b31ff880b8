"""Faults as sentences: what is wrong, what to do, and a reference number where we are to blame."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DatabaseError, DataError, OperationalError
from werkzeug.exceptions import HTTPException

from sandbox.extensions import login_manager
from sandbox.kernel.errors import NotFound, Refused

log = logging.getLogger(__name__)
DAMAGED = ("malformed", "not a database")  # SQLite's own words for a file that cannot be read
DRAWN = (401, 403, 404, 409, 413, 429, 500, 503)


def draw(status: int, code: str, message: str | None = None) -> ResponseReturnValue:
    """The page, or for the API the JSON, that tells of a fault."""
    if request.path.startswith("/api/"):
        return jsonify(error=code, message=message or _("The request could not be served.")), status
    name = status if status in DRAWN else 404 if status < 500 else 500
    return render_template(f"errors/{name}.html", message=message, reference=code), status


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    if error.code is None or error.code < 400:
        return error
    return draw(error.code, error.name.lower().replace(" ", "_"))


def _csrf(error: CSRFError) -> ResponseReturnValue:
    sentence = _("This form is no longer valid. Go back, load the page again, and send it once more.")
    return draw(409, "csrf", sentence)


def _not_found(error: NotFound) -> ResponseReturnValue:
    return draw(404, "not_found")


def _refused(error: Refused) -> ResponseReturnValue:
    return draw(409, error.code, str(error.message))


def _lost_database(error: DatabaseError) -> ResponseReturnValue:
    _forget_reader()
    reference = secrets.token_hex(4)
    log.error("%s: the database did not answer: %s", reference, error)
    if "full" in str(error.orig):
        full = _("The disk is full, so nothing was saved. Free some space and try again.")
        return draw(503, reference, full)
    return draw(503, reference, _("The database does not answer. Nothing was saved; try again in a moment."))


def _forget_reader() -> None:
    """Draw without asking the database who reads: it is the database that does not answer."""
    g._login_user = login_manager.anonymous_user()


def _broken_database(error: DatabaseError) -> ResponseReturnValue:
    """A damaged SQLite file is a lost database; anything else of this kind is a fault of ours."""
    if any(words in str(error.orig) for words in DAMAGED):
        return _lost_database(error)
    if current_app.testing:
        raise error
    return _fault(error)


def _fault(error: Exception) -> ResponseReturnValue:
    reference = secrets.token_hex(4)
    log.exception("%s: unexpected fault at %s", reference, request.path)
    return draw(500, reference)


def _bad_number(error: DataError) -> ResponseReturnValue:
    return draw(404, "not_found")


def init_app(app: Flask) -> None:
    """Draw every fault; under test an unexpected one is raised instead."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(OperationalError, _lost_database)
    app.register_error_handler(DatabaseError, _broken_database)
    app.register_error_handler(DataError, _bad_number)
    if not app.testing:
        app.register_error_handler(Exception, _fault)
