"""What a page says."""

from __future__ import annotations

from bs4 import Tag


def words(page: Tag) -> str:
    """The text of the page in one line."""
    return " ".join(page.get_text(" ").replace("\u00a0", " ").replace("\u202f", " ").split())
