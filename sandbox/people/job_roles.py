"""The job roles an account may have; the company files know them, so `wiring.py` says where to ask."""

from collections.abc import Callable, Iterable

Titles = Iterable[tuple[str, str]]

_sources: list[Callable[[], Titles]] = []


def ask(source: Callable[[], Titles]) -> Callable[[], Titles]:
    """Ask this source for pairs of code and title, too."""
    if source not in _sources:
        _sources.append(source)
    return source


def known() -> dict[str, str]:
    """Every known job role, code to title, in the order the sources give them."""
    titles: dict[str, str] = {}
    for source in _sources:
        for code, title in source():
            titles.setdefault(code, str(title))
    return titles


def title_of(code: str | None) -> str:
    """The title of a job role, its code when no company knows it, nothing when there is none."""
    return known().get(code, code) if code else ""
