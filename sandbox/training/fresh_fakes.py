"""Made-up values that no record of the space has already: a scenario's customer is nobody else's namesake."""

from __future__ import annotations

from typing import Any

from sandbox.crm import Company, Contact, Lead
from sandbox.extensions import db
from sandbox.kernel.fold import core_name
from sandbox.scenarios import Fakes
from sandbox.spaces import every

_TRIES = 50


class FreshFakes:
    """Fakes of the current space: what comes out again, or is here already, is made once more."""

    def __init__(self, fakes: Fakes) -> None:
        self._fakes = fakes
        self._taken: dict[str, set[str]] = {}

    def make(self, word: str) -> object:
        """A value for `fake: <word>`; after many tries one that is here already is taken after all."""
        taken = self._taken.setdefault(word, _here(word))
        value = self._fakes.make(word)
        for _ in range(_TRIES):
            if _key(word, value) not in taken:
                break
            value = self._fakes.make(word)
        if word in _KINDS:
            taken.add(_key(word, value))
        return value


_KINDS: dict[str, tuple[Any, ...]] = {
    "company": (Company.name, Lead.company_name),
    "phone": (Company.phone, Contact.phone, Lead.phone),
    "email": (Company.email, Contact.email, Lead.email),
}


def _here(word: str) -> set[str]:
    return {_key(word, value) for column in _KINDS.get(word, ()) for value in _values(column)}


def _values(column: Any) -> list[Any]:
    model: Any = column.class_
    rows = every(model).where(column.is_not(None)).with_only_columns(column)
    return list(db.session.scalars(rows))


def _key(word: str, value: object) -> str:
    return core_name(str(value)) if word == "company" else str(value)
