"""Text made comparable: the same key on every engine, for search, sorting and duplicate checks."""

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'"})
_QUOTES = str.maketrans(dict.fromkeys('«»"“”„‟‹›', " "))
_NOT_WORD = re.compile(r"[^\w']+")
_DIGITS_WORTH_FINDING = 4
_NEAR = 0.84

# Legal forms say nothing about who the firm is: "Atlas LLC" and "Atlas, Inc." are near names.
_FORMS = frozenset(
    (
        "ооо",
        "ао",
        "пао",
        "зао",
        "оао",
        "нао",
        "ип",
        "тд",
        "гк",
        "нко",
        "ано",
        "фгуп",
        "муп",
        "llc",
        "inc",
        "incorporated",
        "ltd",
        "limited",
        "co",
        "company",
        "corp",
        "corporation",
        "llp",
        "lp",
        "plc",
        "group",
        "holdings",
        "the",
    )
)


# What two firms of one name tell themselves apart by.
_OF_SISTERS = frozenset(("group", "holdings", "гк", "тд"))


def fold(text: str | None) -> str:
    """Trim, collapse spaces, fold case and ё; the comparison of texts everywhere."""
    if not text:
        return ""
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    # Case folding may leave a letter decomposed, and ё must be one character before it becomes е.
    composed = unicodedata.normalize("NFC", composed).replace("ё", "е")
    return " ".join(composed.split())


def digits(text: str | None) -> str:
    """Only the digits 0–9, in order; digits of other scripts become theirs."""
    if not text:
        return ""
    return "".join(str(unicodedata.digit(mark)) for mark in text if mark.isdecimal())


def needle(query: str | None) -> str:
    """What to look for inside a `search_key`: folded, quotation marks dropped."""
    return " ".join(fold(query).translate(_QUOTES).split())


def search_key(*parts: str | None) -> str:
    """Join the parts of a record into one key, a line each; a part with 4 digits or more adds its digits."""
    lines: dict[str, None] = {}
    for part in parts:
        text = needle(part)
        if not text:
            continue
        lines[text] = None
        number = digits(part)
        if len(number) >= _DIGITS_WORTH_FINDING:
            lines[number] = None
    return "\n".join(lines)


def sort_key(text: str | None) -> str:
    """A key that sorts alike on every engine: quotation marks and legal forms do not lead the order."""
    return core_name(text) or fold(text)


@lru_cache(maxsize=16384)
def core_name(text: str | None) -> str:
    """A name without legal form and punctuation: «ООО „Кедровый тракт“» → кедровый тракт."""
    return _without(text, _FORMS)


def bare_name(text: str | None) -> str:
    """The same, but sister firms stay apart: «Atlas, Inc.» is atlas, «Atlas Group, LLC» is atlas group."""
    return _without(text, _FORMS - _OF_SISTERS)


def _without(text: str | None, forms: frozenset[str]) -> str:
    words = _NOT_WORD.sub(" ", fold(text).replace("'", "").replace("_", " ")).split()
    kept = [word for word in words if word not in forms]
    return " ".join(kept or words)


def nearness(one: str | None, other: str | None, least: float = 0.0) -> float:
    """How alike two names are, 0 to 1, after `core_name`; word order does not matter.

    Whoever asks only for names that are `least` so near is told 0 of the others, and far sooner.
    """
    left, right = core_name(one), core_name(other)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    if least and _at_most(left, right) < least:
        return 0.0
    straight = SequenceMatcher(None, left, right, autojunk=False).ratio()
    sorted_left, sorted_right = (" ".join(sorted(name.split())) for name in (left, right))
    return max(straight, SequenceMatcher(None, sorted_left, sorted_right, autojunk=False).ratio())


def _at_most(left: str, right: str) -> float:
    """What the nearness of two names cannot exceed: all letters that they share, in whatever order."""
    both = len(left) + len(right)
    bound = 2 * min(len(left), len(right)) / both
    return min(bound, 2 * (_letters(left) & _letters(right)).total() / both)


@lru_cache(maxsize=16384)
def _letters(name: str) -> Counter[str]:
    return Counter(name)


def near(one: str | None, other: str | None) -> bool:
    """Whether a person could take one name for the other."""
    return nearness(one, other, _NEAR) >= _NEAR
