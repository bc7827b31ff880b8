"""How often a password may be tried: against guessing one account's, and against lists of accounts.

Tries are counted by account *and* address, so that nobody locks a colleague out by typing nonsense elsewhere.
"""

import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from flask import current_app, request
from limits import RateLimitItem, parse

from sandbox.extensions import limiter

PER_ACCOUNT = parse("10 per 15 minutes")
# A classroom shares one address, so this one is wide; only failures count against it.
PER_ADDRESS = parse("100 per 15 minutes")
ONE_HOLDER = 64  # an IPv6 subscriber is given at least so many bits less than an address


def minutes_to_wait(email: str) -> int:
    """Take one try for the account from here; 0 when it may be made, else the minutes until the next one may.

    The try is taken before the password is compared, so that tries made at the same time count too.
    """
    if not _is_on():
        return 0
    strategy = limiter.limiter
    if not strategy.test(PER_ADDRESS, *_address()):
        return _minutes_left(PER_ADDRESS, *_address())
    if not strategy.hit(PER_ACCOUNT, *_account(email)):
        return _minutes_left(PER_ACCOUNT, *_account(email))
    return 0


def count_failure() -> None:
    """Remember a wrong password against the address it came from."""
    if _is_on():
        limiter.limiter.hit(PER_ADDRESS, *_address())


def forgive(email: str) -> None:
    """The right password was given: the account's tries from here begin anew."""
    if _is_on():
        limiter.limiter.clear(PER_ACCOUNT, *_account(email))


def _is_on() -> bool:
    return bool(current_app.config.get("RATELIMIT_ENABLED", True))


def _account(email: str) -> tuple[str, str, str]:
    return "sign-in-account", email, _from_where()


def _address() -> tuple[str, str]:
    return "sign-in-address", _from_where()


def _from_where() -> str:
    """The address of the visitor; of IPv6 the network, in which one holder has addresses without number."""
    given = request.remote_addr or ""
    try:
        address = ip_address(given)
    except ValueError:
        return given or "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, ONE_HOLDER), strict=False))
    return given


def _minutes_left(limit: RateLimitItem, *identifiers: str) -> int:
    seconds = limiter.limiter.get_window_stats(limit, *identifiers).reset_time - time.time()
    return max(1, math.ceil(seconds / 60))
