"""The blueprint all pages of accounts are on."""

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user

from sandbox.extensions import db
from sandbox.people.models import Person

blueprint = Blueprint("people", __name__)


def me() -> Person:
    """The signed-in person as the model it is."""
    person: Person = current_user._get_current_object()
    return person


def found(model: Any, row_id: int) -> Any:
    """The row with this id, else the answer is 404."""
    row = db.session.get(model, row_id)
    if row is None:
        abort(404)
    return row
