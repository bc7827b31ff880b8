"""What two versions of a text differ in, as a person reads it: words added and removed, by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sandbox.crm.documents.writing import HEADING, TITLE

SAME, ADDED, REMOVED = "same", "added", "removed"
_WORD = re.compile(r"\S+\s*")
# Word by word is for paragraphs; whole books of words would be compared for minutes.
MOST_WORDS = 4000


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as pieces of (same, added or removed; words); `style` is title, heading or plain."""

    style: str
    pieces: list[tuple[str, str]]

    @property
    def is_changed(self) -> bool:
        """Whether something was added or removed here."""
        return any(kind != SAME for kind, _words in self.pieces)


def paragraphs(text: str | None) -> list[Paragraph]:
    """A text as it is drawn, without any difference."""
    return [
        Paragraph(_style(line), [(SAME, _bare(line))]) for line in (text or "").splitlines() if line.strip()
    ]


def compared(old: str | None, new: str | None) -> list[Paragraph]:
    """The new text with what was added to the old one and what was removed from it."""
    before, after = (text.splitlines() if text else [] for text in (old, new))
    found: list[Paragraph] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += paragraphs("\n".join(after[b1:b2]))
            continue
        pairs = min(a2 - a1, b2 - b1)
        found += [_by_words(before[a1 + place], after[b1 + place]) for place in range(pairs)]
        found += [Paragraph(_style(line), [(REMOVED, _bare(line))]) for line in before[a1 + pairs : a2]]
        found += [Paragraph(_style(line), [(ADDED, _bare(line))]) for line in after[b1 + pairs : b2]]
    return found


def _by_words(old: str, new: str) -> Paragraph:
    before, after = _WORD.findall(_bare(old)), _WORD.findall(_bare(new))
    if len(before) + len(after) > MOST_WORDS:
        return Paragraph(_style(new), [(REMOVED, _bare(old) + " "), (ADDED, _bare(new))])
    return Paragraph(_style(new), list(_pieces(before, after)))


def _pieces(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    one, other = ([word.strip() for word in words] for words in (before, after))
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            yield SAME, "".join(after[b1:b2])
            continue
        if a2 > a1:
            yield REMOVED, "".join(before[a1:a2])
        if b2 > b1:
            yield ADDED, "".join(after[b1:b2])


def _style(line: str) -> str:
    if line.startswith(HEADING):
        return "heading"
    return "title" if line.startswith(TITLE) else "plain"


def _bare(line: str) -> str:
    return line.removeprefix(HEADING).removeprefix(TITLE)
