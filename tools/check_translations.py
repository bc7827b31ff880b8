"""Finds words on the screen that have no Russian: `python -m tools.check_translations`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from tools.place import ROOT
from tools.words import KEYWORDS, LANGUAGES, TRANSLATIONS

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
MORE_SHOWN = 200


def main() -> int:
    """Print every fault with its place; the exit status."""
    faults = [fault for language in LANGUAGES for fault in faults_of(language)]
    for fault in faults[:MORE_SHOWN]:
        print(fault)
    if faults:
        print(f"{len(faults)} faults in the translations. `make words` adds missing words to the catalogue.")
    return 1 if faults else 0


def faults_of(language: str) -> Iterator[str]:
    """What is wrong with one catalogue: words missing, left empty, in doubt, or with other placeholders."""
    catalogue = _read(TRANSLATIONS / language / "LC_MESSAGES" / "messages.po", language)
    for place, text, context in used():
        key = text[0] if isinstance(text, tuple) else text
        message = catalogue.get(key, context)
        if fault := _fault(message, text, catalogue.num_plurals):
            yield f"{place}: {fault} ({language}): {key!r}"


def used() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Every translatable text of code and templates: place, text (or its plural forms), context."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        mapping, options = parse_mapping_cfg(file)
    keywords: dict[str, Any] = {**DEFAULT_KEYWORDS, **parse_keywords(KEYWORDS)}
    found = extract_from_dir(str(ROOT), mapping, options, keywords, directory_filter=_is_ours)
    seen = set()
    for name, line, text, _comments, context in found:
        if (text, context) not in seen and text:
            seen.add((text, context))
            yield f"{name}:{line}", text, context


def _is_ours(folder: str) -> bool:
    return Path(folder).name in ("sandbox", "templates") or any(
        part in ("sandbox", "templates") for part in Path(folder).relative_to(ROOT).parts
    )


def _read(file: Path, language: str) -> Catalog:
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as handle:
        return read_po(handle, locale=language)


def _fault(message: Message | None, text: str | tuple[str, ...], plurals: int) -> str | None:
    if message is None:
        return "not in the catalogue"
    given = message.string if isinstance(message.string, tuple | list) else (message.string,)
    translated = [form or "" for form in given]
    if isinstance(text, tuple) and len(translated) != plurals:
        return "plural forms missing"
    if not all(translated):
        return "not translated"
    if message.fuzzy:
        return "in doubt (fuzzy)"
    wanted = set(PLACEHOLDER.findall(text[-1] if isinstance(text, tuple) else text))
    if any(set(PLACEHOLDER.findall(form)) - wanted for form in translated):
        return "a placeholder the original lacks"
    if not isinstance(text, tuple) and set(PLACEHOLDER.findall(translated[0])) != wanted:
        return "a placeholder is missing"
    return None


if __name__ == "__main__":
    sys.exit(main())
