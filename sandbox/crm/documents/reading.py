"""A version as its page shows it: the text, or the difference from another version."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from sandbox.crm.documents.comparing import Paragraph, compared, paragraphs
from sandbox.crm.documents.models import Document, Version


@dataclass(frozen=True)
class Reading:
    """The version that is read, the one it is compared with (None without), and what is to be drawn."""

    version: Version
    other: Version | None
    lines: list[Paragraph]
    as_pages: bool = False

    @property
    def has_text(self) -> bool:
        """Whether there is something to read on the page."""
        return self.version.text is not None

    @property
    def changes(self) -> int:
        """In how many paragraphs the two differ."""
        return sum(line.is_changed for line in self.lines)


def reading_of(document: Document) -> Reading | None:
    """What the address asks for: `?version=2&against=1`; the current version without it."""
    version = document.version_of(_asked("version") or document.current) or document.version_of(
        document.current
    )
    if version is None:
        return None
    other = document.version_of(_asked("against") or 0)
    if other is None or other is version or other.text is None or version.text is None:
        return Reading(version, None, paragraphs(version.text), _as_pages(version))
    return Reading(version, other, compared(other.text, version.text))


def _as_pages(version: Version) -> bool:
    """Whether the pages are drawn: where they are asked for, where there is no text, or it is lines."""
    asked = request.args.get("as")
    if version.text is None or asked == "pages":
        return True
    return asked != "text" and version.document.has_lines


def _asked(name: str) -> int | None:
    return request.args.get(name, type=int)
