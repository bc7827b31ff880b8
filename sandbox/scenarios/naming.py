"""Tells in words where in a file something stands: `condition 1 of step 2`."""

from collections.abc import Sequence

_PARTS = {"steps": "step", "mistakes": "mistake", "keep": "keep", "needs": "need"}
_INNER = {"do": "move", "expect": "condition", "hints": "hint", "any": "branch", "all": "branch"}


def where(loc: Sequence[str | int]) -> str:
    """The part of the file that holds this place, as its author would call it; empty for the whole file."""
    outer, inner = "", ""
    for at, word in enumerate(loc):
        following = loc[at + 1] if at + 1 < len(loc) else None
        if word in _PARTS and isinstance(following, int) and not outer:
            outer = f"{_PARTS[str(word)]} {following + 1}"
        elif word in _INNER and isinstance(following, int) and outer and not inner:
            inner = f"{_INNER[str(word)]} {following + 1}"
        elif word == "given" and isinstance(following, str) and not outer:
            outer = f'given "{following}"'
        elif word in ("title", "story") and not outer:
            outer = str(word)
    return f"{inner} of {outer}" if inner and outer else outer


def in_where(loc: Sequence[str | int]) -> str:
    """The same as the end of a sentence: ` in step 2`, or nothing."""
    place = where(loc)
    return f" in {place}" if place else ""
