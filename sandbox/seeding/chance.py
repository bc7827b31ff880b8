"""Chance from outside: one seeded random for everything that is made up, and what has been given out."""

from collections.abc import Callable, Sequence
from random import Random
from threading import local
from typing import TypeVar

from faker import Faker

from sandbox.kernel.fold import fold
from sandbox.spaces.company import CompanyFile

Value = TypeVar("Value")
_TRIES = 60
_NASTY_SHARE = 0.05


class _Fakers(local):
    """One Faker for a locale and a thread: it takes time to make, and draws from one random at a time."""

    def __init__(self) -> None:
        self.by_locale: dict[str, Faker] = {}

    def of(self, locale: str) -> Faker:
        if locale not in self.by_locale:
            self.by_locale[locale] = Faker(locale)
        return self.by_locale[locale]


_fakers = _Fakers()


class Chance:
    """A seeded random with the company's language and country; the same seed draws the same.

    `nasty` is the share of names that are difficult on purpose: apostrophes, ё, very long ones.
    """

    def __init__(
        self, seed: int | str | Random, company: CompanyFile, *, nasty: float = _NASTY_SHARE
    ) -> None:
        # Invented data needs a draw that can be repeated, not one that cannot be guessed.
        self.random = seed if isinstance(seed, Random) else Random(seed)
        self.company = company
        self.language: str = company.language
        self.country = company.country
        self.nasty = nasty
        self._taken: dict[str, set[str]] = {}

    def beside(self, word: str) -> "Chance":
        """Another draw of the same seed and stock: this one goes on alike, however much it draws."""
        other = Chance(f"{word}:{self.random.getstate()[1][0]}", self.company, nasty=self.nasty)
        other._taken = self._taken
        return other

    @property
    def faker(self) -> Faker:
        """Faker in the company's locale, drawing from this random."""
        faker = _fakers.of(self.company.locale)
        faker.factories[0].random = self.random
        return faker

    def pick(self, values: Sequence[Value]) -> Value:
        """One of the values."""
        return self.random.choice(values)

    def weighted(self, values: Sequence[Value], weights: Sequence[float]) -> Value:
        """One of the values, the heavier the likelier."""
        return self.random.choices(values, weights)[0]

    def happens(self, share: float) -> bool:
        """True with a probability of `share`, 0 to 1."""
        return self.random.random() < share

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return self.random.randint(low, high)

    def digits(self, count: int) -> str:
        """So many digits as text; the first may be zero."""
        return "".join(self.random.choices("0123456789", k=count))

    def fresh(
        self,
        kind: str,
        make: Callable[[], str],
        otherwise: Callable[[str, int], str] | None = None,
    ) -> str:
        """A value of its kind not given out before; `otherwise` varies it when the stock runs out."""
        taken = self._taken.setdefault(kind, set())
        value = make()
        for _ in range(_TRIES):
            if fold(value) not in taken:
                break
            value = make()
        stem, number = value, 2
        vary = otherwise or _numbered
        while fold(value) in taken:
            value = vary(stem, number)
            number += 1
        taken.add(fold(value))
        return value

    def take(self, kind: str, value: str) -> None:
        """Mark a value as given out: one that came from elsewhere."""
        self._taken.setdefault(kind, set()).add(fold(value))


def _numbered(value: str, number: int) -> str:
    return f"{value}-{number}"
