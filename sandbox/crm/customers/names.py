"""A person's name in one line, taken apart."""

from __future__ import annotations

from typing import NamedTuple

_PATRONYMIC = ("ич", "вна", "чна", "оглы", "кызы", "ovich", "evich", "ovna", "evna")


class NameParts(NamedTuple):
    """First, middle and last name; only the first is always there."""

    first: str
    middle: str | None
    last: str | None


def name_parts(text: str) -> NameParts:
    """Take a full name apart: 'Anna Lee', 'Пётр Ильич Котов' and 'Котов Пётр Ильич' alike."""
    words = text.split()
    if len(words) < 2:
        return NameParts(text.strip(), None, None)
    if len(words) > 2 and words[1].casefold().endswith(_PATRONYMIC):
        return NameParts(words[0], words[1], " ".join(words[2:]))
    if len(words) == 3 and words[2].casefold().endswith(_PATRONYMIC):
        return NameParts(words[1], words[2], words[0])
    return NameParts(words[0], None, " ".join(words[1:]))
