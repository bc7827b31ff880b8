"""Key facts that lead on: a phone that is rung, an address that is written to, a record that is opened."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from sandbox.spaces import InSpace, current_space
from sandbox.web.formatting import phone


def phone_link(number: str | None) -> Markup | None:
    """The number as people read it; pressed, it is rung."""
    if not number:
        return None
    return Markup('<a class="nowrap" href="tel:{}">{}</a>').format(number, phone(number))


def mail_link(address: str | None) -> Markup | None:
    """The address; pressed, a letter to it is begun."""
    if not address:
        return None
    return Markup('<a href="mailto:{}">{}</a>').format(quote(address, safe="@"), address)


def record_link(record: Any, after: str | None = None) -> Markup | None:
    """The record's title as a link to its page; `after` is said of it behind a comma."""
    if not isinstance(record, InSpace):
        return None
    address = f"/s/{current_space().id}/{record.__table__.name}/{record.n}"
    title = getattr(record, "title", record.key)
    link = Markup('<a href="{}" data-open="{}">{}</a>').format(address, record.key, title)
    if not after:
        return link
    return Markup('<span class="in-words">{}, {}</span>').format(link, _within_a_sentence(after))


def _within_a_sentence(words: str) -> str:
    """A job title behind a comma begins small, unless it begins with an abbreviation."""
    return words[0].lower() + words[1:] if words[1:2].islower() else words
