"""Signing in: who an e-mail and a password belong to, and what a session remembers."""

from datetime import datetime

from flask import session
from flask_login import login_user
from sqlalchemy import select

from sandbox.extensions import db, login_manager
from sandbox.people.accounts import fold_email
from sandbox.people.models import Person
from sandbox.people.passwords import hash_password, is_outdated, matches
from sandbox.web.unit_of_work import unit_of_work


def authenticate(email: str, password: str) -> Person | None:
    """The person whose account is open and whose password this is; an unknown e-mail takes as long."""
    person = db.session.scalar(select(Person).where(Person.email == fold_email(email)))
    right = matches(password, person.password_hash if person else None)
    return person if person is not None and right and person.may_sign_in else None


def sign_in(person: Person, *, at: datetime, remember: bool = False, password: str | None = None) -> None:
    """Begin a session of this person; a password hashed with older parameters is hashed anew."""
    renewed = hash_password(password) if password and is_outdated(person.password_hash) else None
    with unit_of_work():
        person.signed_in_at = at
        if renewed:
            person.password_hash = renewed
    stay_signed_in(person, remember=remember)


def stay_signed_in(person: Person, *, remember: bool = False) -> None:
    """Put the person into a session that holds nothing from before."""
    session.clear()
    login_user(person, remember=remember)


@login_manager.user_loader
def _person_of_session(remembered: str) -> Person | None:
    number, _, session_key = remembered.partition(".")
    person = db.session.get(Person, int(number)) if number.isdecimal() else None
    if person is None or person.session_key != session_key or not person.may_sign_in:
        return None
    return person
