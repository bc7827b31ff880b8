"""API tokens: shown once when made, kept as a SHA-256, found by it, revoked."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import select

from sandbox.extensions import db
from sandbox.people.models import ApiToken, Person

PREFIX = "rehearsal_"


def new_secret() -> str:
    """A fresh token text, 256 bits of chance."""
    return PREFIX + secrets.token_urlsafe(32)


def add_token(person: Person, *, secret: str, label: str, at: datetime) -> ApiToken:
    """Let the secret act as the person from now on; it is not kept, only its digest is."""
    token = ApiToken(
        person=person, label=label, digest=digest_of(secret), last_four=secret[-4:], created_at=at
    )
    db.session.add(token)
    return token


def revoke_token(token: ApiToken, *, at: datetime) -> None:
    """Close a token for good; closing it again changes nothing."""
    if token.revoked_at is None:
        token.revoked_at = at


def person_by_token(secret: str) -> Person | None:
    """The person a token acts as, or nobody when it is unknown, revoked or its account is closed."""
    token = db.session.scalar(
        select(ApiToken).where(ApiToken.digest == digest_of(secret), ApiToken.revoked_at.is_(None))
    )
    return token.person if token is not None and token.person.may_sign_in else None


def digest_of(secret: str) -> str:
    """The SHA-256 of a token in hex; a token is random and long, so a fast hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
