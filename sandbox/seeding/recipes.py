"""The companies that can be played: their files as they stand, and as spaces keep them."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from sandbox.extensions import db
from sandbox.spaces.company import CompanyFaults, CompanyFile, load_company
from sandbox.spaces.models import Recipe

FOLDER = Path(__file__).resolve().parent.parent.parent / "seeds"


log = logging.getLogger(__name__)
_good: dict[Path, CompanyFile] = {}  # a slip in the file leaves those at work with the version before it


class UnknownCompany(LookupError):
    """There is no company file with this code; the message names those there are."""


def company_codes(folder: Path = FOLDER) -> list[str]:
    """The codes of the company files, sorted; a file is named after its code."""
    return sorted(file.stem for file in folder.glob("*.yaml"))


def company_file(code: str, folder: Path = FOLDER) -> CompanyFile:
    """The company as its file says today; raises UnknownCompany or CompanyFaults."""
    known = company_codes(folder)
    if code not in known:
        raise UnknownCompany(f"There is no company {code}. Choose one of: {', '.join(known)}.")
    path = folder / f"{code}.yaml"
    state = path.stat()
    try:
        _good[path] = _read(path, state.st_mtime_ns, state.st_size)
    except CompanyFaults as fault:
        if path not in _good:
            raise
        log.error("the last good version stays in use: %s", fault)
    return _good[path]


def recipe_for(code: str) -> Recipe:
    """The kept copy of the company's file, made when its text is new; inside a unit of work."""
    company = company_file(code)
    recipe = db.session.get(Recipe, company.digest)
    if recipe is None:
        recipe = Recipe(digest=company.digest, code=code, text=company.text)
        db.session.add(recipe)
        db.session.flush()
    return recipe


@lru_cache(maxsize=32)
def _read(path: Path, changed: int, size: int) -> CompanyFile:
    return load_company(path)
