"""Who reads the page."""

from __future__ import annotations

from flask_login import current_user

from sandbox.people import Person


def me() -> Person:
    """The signed-in person as the model it is."""
    person: Person = current_user._get_current_object()
    return person
