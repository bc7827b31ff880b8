"""What may be done with suppressions: add one, paste many, lift one with a reason."""

from __future__ import annotations

import re
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.cleaning import clean_email
from sandbox.crm.marketing.suppressions.forms import LiftForm, PasteForm, SuppressForm
from sandbox.crm.marketing.suppressions.models import Suppression
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, every

_PARTS = re.compile(r"[\s,;]+")
_GOOD = re.compile(r"[^@\s]*@[^@\s]+\.[^@\s.]+")


@action(
    "suppression.add",
    makes=Suppression,
    event="added",
    right="market",
    form=SuppressForm,
    icon="ban",
    title=_l("Suppress an address"),
    submit=_l("Suppress"),
    says=_l("%(by)s suppressed %(record)s: %(reason)s"),
    refusals=("bad_email", "suppressed"),
)
def suppress(*, value: str, reason: str, note: str | None = None, by: Colleague, at: datetime) -> Suppression:
    """Keep every mailing away from an address or a domain."""
    cleaned = _cleaned(value)
    if cleaned is None:
        raise Refused(
            "bad_email",
            _("This is neither an e-mail nor a domain: write name@firm.example or @firm.example."),
        )
    if cleaned in active_values():
        raise Refused("suppressed", _("%(address)s is suppressed already.", address=cleaned))
    return _put(cleaned, reason, note, by, at)


@action(
    "suppression.paste",
    event="pasted",
    right="market",
    form=PasteForm,
    icon="clipboard-list",
    title=_l("Paste a list"),
    submit=_l("Suppress all"),
    says=_l(
        "%(by)s suppressed a pasted list: added %(added)s, known before %(known)s, "
        "not readable %(unreadable)s"
    ),
    refusals=("nothing_readable",),
    undoable=True,
)
def paste(*, text: str, reason: str, by: Colleague, at: datetime) -> None:
    """Suppress all the addresses of a text; what is there already, or no address, is counted and left."""
    parts = [part for part in _PARTS.split(text) if part]
    cleaned = [_cleaned(part) for part in parts]
    good = dict.fromkeys(value for value in cleaned if value is not None)
    if not good:
        raise Refused("nothing_readable", _("There is no e-mail in this text. Paste addresses or @domains."))
    known = active_values()
    fresh = [value for value in good if value not in known]
    for value in fresh:
        _put(value, reason, None, by, at)
    unreadable = sum(value is None for value in cleaned)
    tell(text=None, added=len(fresh), known=len(parts) - unreadable - len(fresh), unreadable=unreadable)


@action(
    "suppression.lift",
    on=Suppression,
    event="lifted",
    right="market",
    form=LiftForm,
    icon="circle-check",
    title=_l("Lift"),
    says=_l("%(by)s lifted the suppression of %(record)s: %(why)s"),
    shown=lambda one: one.active,
    refusals=("lifted",),
)
def lift(one: Suppression, *, why: str, by: Colleague, at: datetime) -> None:
    """Let mailings go there again, and say why."""
    if not one.active:
        raise Refused("lifted", _("This suppression was lifted already."))
    one.lifted_at, one.lifted_why = at, why
    stamp_change(one, by, at)


def active_values() -> set[str]:
    """The addresses and domains that are suppressed now."""
    query = every(Suppression).where(Suppression.lifted_at.is_(None)).with_only_columns(Suppression.value)
    return set(db.session.scalars(query))


def is_suppressed(email: str, values: set[str]) -> bool:
    """Whether an address, or its domain, is among the suppressed."""
    return email in values or "@" + email.rpartition("@")[2] in values


def _cleaned(typed: str) -> str | None:
    value = clean_email(typed.strip("<>\"'()")) or ""
    return value if _GOOD.fullmatch(value) else None


def _put(value: str, reason: str, note: str | None, by: Colleague, at: datetime) -> Suppression:
    made = Suppression(value=value, reason=reason, note=note)
    stamp_new(made, by, at)
    db.session.add(made)
    return made
