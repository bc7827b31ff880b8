"""Near misses of a value, for planted traps: a name, a number, an address that a hurried eye takes for it."""

from random import Random

from sandbox.scenarios.kinds import wrong_values

_ENDINGS = {
    "en": ("West", "East", "Group", "Trade", "Plus"),
    "ru": ("Запад", "Восток", "Групп", "Торг", "Плюс"),
}
_QUOTES = "»”\"'"


def alike(value: object, kind: str, language: str, random: Random) -> object:
    """A value of the same kind that is not this one but looks like it."""
    if kind == "text" and isinstance(value, str):
        return _namesake(value, _ENDINGS["ru" if language.startswith("ru") else "en"], random)
    return wrong_values(kind, value)[0]


def _namesake(name: str, endings: tuple[str, ...], random: Random) -> str:
    """«Ромашка» becomes «Ромашка Запад»; an ending that is there already is exchanged."""
    bare = name.rstrip(_QUOTES)
    tail = name[len(bare) :]
    words = bare.split()
    if len(words) > 1 and words[-1] in endings:
        words.pop()
    own = bare.rsplit(maxsplit=1)[-1] if bare else ""
    return " ".join([*words, random.choice([ending for ending in endings if ending != own])]) + tail
