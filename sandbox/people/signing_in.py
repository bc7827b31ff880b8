"""Signing in and out: who an e-mail and a password belong to, and what a browser remembers of it."""

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import session
from flask_login import current_user, login_user, logout_user
from sqlalchemy import bindparam, select

from sandbox.extensions import db, login_manager
from sandbox.people.accounts import fold_email
from sandbox.people.models import Person, SignIn
from sandbox.people.passwords import hash_password, is_outdated, matches
from sandbox.web.unit_of_work import unit_of_work

REMEMBERED = "_user_id"  # where Flask-Login keeps what names the person
_WHO_STAYS = select(Person).join(SignIn).where(SignIn.digest == bindparam("digest"))
LONGEST_STAY = timedelta(days=366)  # its cookie of "stay signed in" lasts a year


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
        begin_stay(person, at=at)
    remember_in_browser(person, remember=remember)


def begin_stay(person: Person, *, at: datetime) -> None:
    """Note, inside a unit of work, that a browser is signed in; it is to remember `person.stay`."""
    person.stay = secrets.token_urlsafe(32)
    person.sign_ins = [one for one in person.sign_ins if one.created_at > at - LONGEST_STAY]
    person.sign_ins.append(SignIn(digest=_digest_of(person.stay), created_at=at))


def remember_in_browser(person: Person, *, remember: bool = False) -> None:
    """Put the stay just begun into a session that holds nothing from before."""
    session.clear()
    login_user(person, remember=remember)


def sign_out() -> None:
    """End the stay of this browser, so that no copy of its cookies opens anything; other browsers stay."""
    if current_user.is_authenticated:  # this also reads the cookie of "stay signed in"
        digest = _digest_of(session[REMEMBERED])
        with unit_of_work() as work:
            stay = work.scalar(select(SignIn).where(SignIn.digest == digest))
            if stay is not None:
                work.delete(stay)
    logout_user()
    # Flask-Login leaves a note in the session by which its answer drops the cookie of "stay signed in".
    kept = {key: session[key] for key in ("_remember",) if key in session}
    session.clear()
    session.update(kept)


@login_manager.user_loader
def _person_of_session(remembered: str) -> Person | None:
    person = db.session.scalar(_WHO_STAYS, {"digest": _digest_of(remembered)})
    return person if person is not None and person.may_sign_in else None


def _digest_of(secret: str) -> str:
    """The SHA-256 in hex; the secret is random and long, so a fast hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
