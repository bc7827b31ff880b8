"""Passwords: made into argon2 hashes, compared, and never hashed while the write lock is held."""

import secrets
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from sandbox.extensions import is_writing

SHORTEST = 10
LONGEST = 128
# Letters and digits that are not mistaken for one another when read out or copied by hand.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str) -> str:
    """The argon2 hash of a password, about 0.2 s of work; an error inside a unit of work."""
    _refuse_under_the_lock()
    return _hasher().hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password made the hash; an absent hash costs the same time and is always wrong."""
    _refuse_under_the_lock()
    hasher = _hasher()
    try:
        hasher.verify(password_hash or _nobodys_hash(hasher), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(password_hash)


def readable_password() -> str:
    """A random password of four groups of four, about 79 bits, easy to read out."""
    return "-".join("".join(secrets.choice(READABLE) for _letter in range(4)) for _group in range(4))


def _hasher() -> PasswordHasher:
    return _hasher_of(tuple(sorted(current_app.config.get("ARGON2", {}).items())))


@lru_cache(maxsize=8)
def _hasher_of(parameters: tuple[tuple[str, Any], ...]) -> PasswordHasher:
    return PasswordHasher(**dict(parameters))


@lru_cache(maxsize=8)
def _nobodys_hash(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_urlsafe(16))


def _refuse_under_the_lock() -> None:
    if is_writing():
        raise RuntimeError("A password is hashed before the unit of work opens, never inside it.")
