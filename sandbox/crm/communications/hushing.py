"""The name of a person whose data was taken off, taken out of what was written about them as well."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_

from sandbox.crm.communications.models import Activity
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.spaces import BLOCK, current_space, every

HUSHED = "•••"  # as the phone on the card
_ENDINGS = "аяйьоеи"
_WRITTEN = ("subject", "note", "result")


def hush(text: str, names: Iterable[str]) -> str:
    """The text without these parts of a name, in whatever case Russian has put them; `•••` stands there."""
    one = "|".join(_in_any_case(name) for name in names if len(name) > 1)  # "A" alone is an article, too
    if not one:
        return text
    whole = rf"\b(?:{one})\b(?:\s+(?:\w\.\s*)?(?:{one})\b)*"
    return re.sub(whole, HUSHED, text, flags=re.IGNORECASE)


def _in_any_case(name: str) -> str:
    """A name as a pattern: of a Russian one the stem, with any ending of up to three letters."""
    if not re.search("[а-яё]", name, re.IGNORECASE):
        return re.escape(name)
    stem = name[:-1] if name[-1].lower() in _ENDINGS and len(name) > 3 else name
    return rf"{re.escape(stem)}\w{{0,3}}"


def forget_name(record: Any, draft: Any) -> None:
    """Tasks, calls, letters and notes about a person who was just masked name them no more."""
    if not draft.values.get("masked"):
        return
    db.session.flush()
    for fact in [fact for fact in draft.journal if fact["table"] == "contacts" and fact["old"]]:
        names = [fact["old"].get(part) for part in ("first_name", "middle_name", "last_name")]
        names = [name for name in names if name]
        if names:
            _hush_about(current_space().id * BLOCK + fact["n"], names, draft)


def _hush_about(contact: int, names: list[str], draft: Any) -> None:
    some = or_(*(getattr(Activity, field).is_not(None) for field in _WRITTEN))
    for activity in db.session.scalars(every(Activity).where(Activity.contact_id == contact, some)):
        for field in _WRITTEN:
            said = getattr(activity, field)
            if said and (left := hush(said, names)) != said:
                setattr(activity, field, left)
                stamp_change(activity, draft.by, draft.at)
