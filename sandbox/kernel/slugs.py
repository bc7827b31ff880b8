"""Short words for addresses and tags, made of names in any of the house's languages."""

import re

from sandbox.kernel.fold import fold

_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщыэюя"
_LATIN = "a b v g d e zh z i y k l m n o p r s t u f h c ch sh sch y e yu ya".split()
_SPOKEN = str.maketrans({**dict(zip(_CYRILLIC, _LATIN, strict=True)), "ъ": "", "ь": ""})
_BETWEEN = re.compile(r"[^a-z0-9]+")


def slug(text: str | None, longest: int = 40) -> str:
    """Lower-case Latin letters, digits and hyphens: «Зимнее топливо» → zimnee-toplivo; cut between words."""
    words = _BETWEEN.sub(" ", fold(text).replace("'", "").translate(_SPOKEN)).split()
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:longest]
        if len(longer) > longest:
            break
        kept = longer
    return kept
