"""Records found by a part of their name, or by a number however it is spelt."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_

from sandbox.kernel.phones import search_needles
from sandbox.spaces.reach import current_space

ESCAPE = "/"


def holding(needle: str) -> str:
    """The pattern of `LIKE`, with ESCAPE, for a text that holds the needle."""
    for mark in (ESCAPE, "%", "_"):
        needle = needle.replace(mark, ESCAPE + mark)
    return f"%{needle}%"


def found_by(model: type[Any], words: str) -> Any:
    """The clause for records whose search key holds all the words, or the phone however it is spelt."""
    ways = search_needles(words, current_space().company.country)
    key = model.search_key
    return or_(*(and_(*(key.contains(needle, autoescape=True) for needle in way)) for way in ways))
