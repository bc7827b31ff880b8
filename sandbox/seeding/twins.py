"""Planted traps: a name that is nearly another's, and one phone in the ways people type it."""

import re
from collections.abc import Iterator
from random import Random

from sandbox.kernel.fold import fold, near
from sandbox.seeding import stock_en, stock_ru
from sandbox.seeding.chance import Chance
from sandbox.seeding.people import PersonName

_OPPOSITES = {
    "West": "East", "East": "West", "North": "South", "South": "North",
    "Верхний": "Нижний", "Верхняя": "Нижняя", "Верхнее": "Нижнее", "Верхние": "Нижние",
}  # fmt: skip
_FORMS = {"ООО": ("АО", "ТД"), "АО": ("ООО", "ПАО"), "Inc.": ("LLC",), "LLC": ("Inc.",)}
_RUSSIAN_BRANCHES = ("-2", "-Урал", "-Юг", " плюс")
_AMERICAN_BRANCHES = (" West", " East", " of Ohio", " & Sons")
_INITIALS = "АВГДЕИКЛМНОПРСТФЮ"
_VOWELS = {"а": "о", "о": "а", "е": "и", "и": "е", "a": "e", "e": "i", "i": "y", "o": "u", "u": "o"}
_WORD = re.compile(r"[^\W\d_]{4,}")
_SOLE_TRADER = re.compile(r"^(ИП .+ \w\. )(\w)\.$")


def near_namesake(name: str, chance: Chance | Random | None = None) -> str:
    """A convincing twin of a firm's name: another firm, and easily taken for it.

    Never the same after folding, so that a check by name tells the two apart. The same name and random
    give the same twin; without a random, the name decides.
    """
    random = chance.random if isinstance(chance, Chance) else chance or Random(name)
    for stock in (_twins(name), _one_letter(name)):
        twins = [twin for twin in dict.fromkeys(stock) if fold(twin) != fold(name) and near(twin, name)]
        if twins:
            return random.choice(twins)
    return f"{name} 2"


def _twins(name: str) -> Iterator[str]:
    trader = _SOLE_TRADER.match(name)
    if trader:
        yield from (f"{trader[1]}{initial}." for initial in _INITIALS if initial != trader[2])
        return
    words = name.split(" ")
    for place, word in enumerate(words):
        bare = word.strip("«»,")
        if bare in _OPPOSITES:
            other = word.replace(bare, _OPPOSITES[bare])
            yield " ".join([*words[:place], other, *words[place + 1 :]])
        if word in stock_en.SECOND:
            yield from (" ".join([*words[:place], one, *words[place + 1 :]]) for one in stock_en.SECOND)
    for form, others in _FORMS.items():
        if form in words:
            yield from (" ".join(other if word == form else word for word in words) for other in others)
    yield from _branches(name)
    yield from _pluralised(name)


def _branches(name: str) -> Iterator[str]:
    """Beside the firm there is a second one: «Кедровый тракт-Урал», 'Harrow Lane Clinics of Ohio'."""
    if name.endswith("»"):
        yield from (f"{name[:-1]}{branch}»" for branch in _RUSSIAN_BRANCHES)
        return
    brand, comma, form = name.partition(", ")
    yield from (f"{brand}{branch}{comma}{form}" for branch in _AMERICAN_BRANCHES if " Co." not in name)


def _pluralised(name: str) -> Iterator[str]:
    """Clinics and Clinic: the last word of the brand, before a form."""
    found = re.search(r"([a-z]{4,})s(?=(, (?:Inc\.|LLC))?$)", name)
    if found and not found.group(1).endswith("s"):
        yield name[: found.end(1)] + name[found.end(1) + 1 :]


def _one_letter(name: str) -> Iterator[str]:
    """One vowel is another one: for names of which nothing else can be made."""
    for word in _WORD.finditer(name):
        for place in range(word.start() + 1, word.end() - 1):
            if name[place] in _VOWELS:
                yield name[:place] + _VOWELS[name[place]] + name[place + 1 :]


def near_person(person: PersonName, chance: Chance) -> PersonName:
    """Somebody of the same last name and gender, or nearly: whom a hurried search takes for the person."""
    stock = stock_ru if chance.language == "ru" else stock_en
    others = [first for first in (stock.FEMALE if person.female else stock.MALE) if first != person.first]
    alike = [first for first in others if first[0] == person.first[0]] or others
    return PersonName(chance.pick(alike), person.middle, person.last, person.female)


def spellings(phone: str) -> list[str]:
    """The ways in which people type an E.164 number of Russia or America; the first is the neatest."""
    if phone.startswith("+7") and len(phone) == 12:
        area, three, two, last = phone[2:5], phone[5:8], phone[8:10], phone[10:]
        return [
            f"+7 {area} {three}-{two}-{last}",
            f"8 ({area}) {three}-{two}-{last}",
            f"8{area}{three}{two}{last}",
            f"8-{area}-{three}-{two}-{last}",
            f"+7({area}){three}{two}{last}",
            f"7 {area} {three} {two} {last}",
            f"{area} {three} {two} {last}",
        ]
    if phone.startswith("+1") and len(phone) == 12:
        area, three, four = phone[2:5], phone[5:8], phone[8:]
        return [
            f"({area}) {three}-{four}",
            f"+1 ({area}) {three}-{four}",
            f"{area}-{three}-{four}",
            f"{area}.{three}.{four}",
            f"1-{area}-{three}-{four}",
            f"{area}{three}{four}",
        ]
    return [phone, phone.removeprefix("+")]
