"""The secret address of a colleague's calendar: made from a number that can be renewed, kept nowhere."""

from __future__ import annotations

import hmac

from flask import current_app

from sandbox.crm.communications.inbox_models import CalendarKey
from sandbox.spaces import Colleague, current_space, every, first

_LENGTH = 40


def key_of(who: Colleague) -> CalendarKey | None:
    """The row with the number of a colleague's address, once it was renewed."""
    return first(every(CalendarKey).where(CalendarKey.colleague_id == who.id))


def secret_of(who: Colleague) -> str:
    """What stands in the address of a colleague's calendar: their number, and a seal on it."""
    key = key_of(who)
    sealed = f"calendar:{current_space().id}:{who.n}:{key.number if key else 0}"
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return f"{who.n}-{hmac.new(secret, sealed.encode(), 'sha256').hexdigest()[:_LENGTH]}"


def is_secret_of(who: Colleague, secret: str) -> bool:
    """Whether an address is the colleague's own one of now."""
    return hmac.compare_digest(secret_of(who).encode(), secret.encode())
