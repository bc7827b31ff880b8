"""Sentences about clearances, in the language of the reader."""

from __future__ import annotations

from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from sandbox.training.clearances import (
    EXPIRED,
    EXPIRING,
    HELD,
    NEEDS_ANOTHER_DAY,
    NEEDS_OTHER_DATA,
    NEEDS_RENEWAL,
    REVOKED,
    SEEN,
    TRYING,
    ClearanceState,
    Missing,
)


def state_words(state: ClearanceState) -> str:
    """Where the person stands, in a few words: "Cleared, 3 days left", "1 of 3 clean runs"."""
    if state.state == EXPIRING and state.days_left == 0:
        return _("Cleared, last day")
    if state.state == EXPIRING:
        return ngettext("Cleared, %(num)d day left", "Cleared, %(num)d days left", state.days_left or 0)
    if state.state == HELD:
        return _("Cleared to %(day)s", day=_day(state.valid_until))
    if state.passes_toward_k or state.state == TRYING:
        return _clean_runs(state.passes_toward_k, state.k)
    if state.state == EXPIRED:
        return _("Expired on %(day)s", day=_day(state.valid_until))
    if state.state == REVOKED:
        return _("Revoked on %(day)s", day=_day(state.revoked_on))
    return _("seen, not tried") if state.state == SEEN else _("not seen yet")


def won_words(now: ClearanceState, before: ClearanceState) -> str:
    """What one run changed: `before` is where the person stood without it; empty when nothing."""
    if not now.valid:
        return ""
    if not before.valid:
        return _("This run has won the clearance: it holds to %(day)s.", day=_day(now.valid_until))
    if now.valid_until and before.valid_until and now.valid_until > before.valid_until:
        return _("This run has extended the clearance to %(day)s.", day=_day(now.valid_until))
    return ""


def missing_sentence(state: ClearanceState) -> str:
    """What is missing for the next clearance or renewal; an empty string when nothing is.

    "2 of 3 clean runs; the third counts from tomorrow."
    """
    missing = state.missing
    if missing is None:
        return ""
    if missing.reason == NEEDS_RENEWAL:
        return _renewal(state, missing)
    if missing.reason == NEEDS_ANOTHER_DAY:
        return _another_day(missing)
    if missing.reason == NEEDS_OTHER_DATA:
        return _(
            "%(have)d of %(need)d clean runs; runs on the same data count once.",
            have=missing.have,
            need=missing.need,
        )
    return ngettext(
        "%(have)d of %(num)d clean run.", "%(have)d of %(num)d clean runs.", missing.need, have=missing.have
    )


def _another_day(missing: Missing) -> str:
    numbers = {"have": missing.have, "need": missing.need}
    if missing.need == 3:
        return _("%(have)d of %(need)d clean runs; the third counts from tomorrow.", **numbers)
    if missing.need == 4:
        return _("%(have)d of %(need)d clean runs; the fourth counts from tomorrow.", **numbers)
    return _("%(have)d of %(need)d clean runs; the last one counts from tomorrow.", **numbers)


def _renewal(state: ClearanceState, missing: Missing) -> str:
    if state.state == EXPIRED:
        return _("One clean run by %(day)s renews the clearance.", day=_day(missing.until))
    if state.state == EXPIRING:
        return _("One clean run by %(day)s keeps the clearance without a break.", day=_day(state.valid_until))
    return _(
        "One clean run from %(day)s extends the clearance, which now ends on %(end)s.",
        day=_day(missing.day),
        end=_day(state.valid_until),
    )


def _clean_runs(have: int, need: int) -> str:
    return ngettext("%(have)d of %(num)d clean run", "%(have)d of %(num)d clean runs", need, have=have)


def _day(day: date | None) -> str:
    """A day in a sentence: "4 December", «4 декабря»; the month never abbreviated."""
    return format_date(day, "d MMMM")
