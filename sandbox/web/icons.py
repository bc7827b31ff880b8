"""Icons by name, drawn inline from the icon package; always beside a word, so hidden from screen readers."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app
from markupsafe import Markup, escape

_OUTER = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FRAME = re.compile(r'<path[^>]*d="M0 0h24v24H0z"[^>]*/>')
_SIZES = (14, 16, 18, 20, 22, 24, 28, 32)


class UnknownIcon(LookupError):
    """No icon of this name in the package."""


@lru_cache(maxsize=512)
def strokes(folder: str, name: str) -> str:
    """The drawing inside an icon's file; UnknownIcon if there is none."""
    path = Path(folder) / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise UnknownIcon(name)
    found = _OUTER.search(path.read_text("utf-8"))
    if found is None:
        raise UnknownIcon(name)
    return " ".join(_FRAME.sub("", found[1]).split())


def icon(name: str, size: int = 18, css: str = "") -> Markup:
    """An inline SVG of `size` pixels with the class `icon` and any of `css`.

    An unknown name is a fault under test and while developing; in service its place stays empty.
    """
    try:
        return _drawn(current_app.config["ICONS_FOLDER"], name, size, css)
    except UnknownIcon:
        if current_app.testing or current_app.debug:
            raise
        current_app.logger.warning("no icon %s", name)
        return _svg("", size, css)


@lru_cache(maxsize=1024)
def _drawn(folder: str, name: str, size: int, css: str) -> Markup:
    """The same icon is drawn many times on a page, and never differs."""
    return _svg(strokes(folder, name), size, css)


def _svg(drawing: str, size: int, css: str) -> Markup:
    if size not in _SIZES:
        raise ValueError(f"icons are drawn at {_SIZES}, not {size}")
    return Markup(
        '<svg class="{}" width="{}" height="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" '
        'focusable="false">{}</svg>'
    ).format(f"icon {css}".strip(), size, size, _trusted(drawing))


def _trusted(drawing: str) -> Markup:
    """The drawing as markup: it comes from the locked package's own file, never from a person."""
    return Markup(drawing) if not drawing or drawing.startswith("<") else escape(drawing)  # noqa: S704


def init_app(app: Flask) -> None:
    """Give templates `icon('phone')`."""
    folder = Path(app.root_path).parent / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
    app.config.setdefault("ICONS_FOLDER", str(folder))
    app.add_template_global(icon)
