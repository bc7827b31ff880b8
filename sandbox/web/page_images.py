"""Images of pages, made once and kept as files: outside the database, never while something is written."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from flask import current_app

from sandbox.extensions import is_writing

DAYS_KEPT = 30
_DAY = 24 * 60 * 60


def key_of(*parts: str | bytes) -> str:
    """What names a paper's images: the digest of all that they are made from."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def count_of(key: str, make: Callable[[], Sequence[bytes]]) -> int:
    """How many pages there are; they are made by `make` where they are not kept yet."""
    folder = _folder(key)
    if not folder.is_dir():
        if is_writing():
            raise RuntimeError("pages are drawn before or after the unit of work, never in it")
        _keep(folder, make())
    os.utime(folder)
    return len(list(folder.glob("*.png")))


def page_image(key: str, number: int) -> Path | None:
    """The file of a page that is kept, from 1; None where there is none."""
    file = _folder(key) / f"{number}.png"
    return file if file.is_file() else None


def forget_unread() -> int:
    """Throw away what nobody has looked at for a month; it can be made anew at any time."""
    before, gone = time.time() - DAYS_KEPT * _DAY, 0
    for folder in _root().glob("*/*"):
        if folder.is_dir() and folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def _keep(folder: Path, pages: Sequence[bytes]) -> None:
    """Put all pages in place at once: whoever looks meanwhile finds all of them or none."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix="."))
    for number, page in enumerate(pages, start=1):
        (fresh / f"{number}.png").write_bytes(page)
    try:
        fresh.rename(folder)
    except OSError:  # somebody else was faster: theirs are the same
        shutil.rmtree(fresh, ignore_errors=True)


def _folder(key: str) -> Path:
    return _root() / key[:2] / key


def _root() -> Path:
    return Path(current_app.config["VAR"]) / "pages"
