"""The words that `fake:` understands in a scenario, each with the value it makes."""

from collections.abc import Callable

from sandbox.seeding import phrases
from sandbox.seeding.addresses import compose_domain, compose_email, compose_phone, compose_place
from sandbox.seeding.chance import Chance
from sandbox.seeding.ideas import compose_deal
from sandbox.seeding.names import compose_firm_name
from sandbox.seeding.people import compose_person
from sandbox.seeding.requisites import compose_ein, compose_inn, compose_ogrn


def _email(chance: Chance) -> str:
    person = compose_person(chance)
    return compose_email(chance, person, compose_domain(chance, person.last))


def _inn(chance: Chance) -> str:
    return compose_inn(chance) if chance.country == "RU" else compose_ein(chance)


def _deal_title(chance: Chance) -> str:
    return compose_deal(chance, chance.company.pipeline().open_stages[0]).title


_MAKERS: dict[str, Callable[[Chance], str]] = {
    "company": compose_firm_name,
    "person": lambda chance: compose_person(chance).name,
    "first_name": lambda chance: compose_person(chance).first,
    "last_name": lambda chance: compose_person(chance).last,
    "phone": compose_phone,
    "email": _email,
    "inn": _inn,
    "ogrn": compose_ogrn,
    "address": lambda chance: compose_place(chance).address,
    "note": phrases.note,
    "request": phrases.request,
    "deal_title": _deal_title,
}
FAKES = tuple(_MAKERS)


class Faked:
    """Makes values for the given records of a scenario: `Fakes` of the scenario format."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance

    def make(self, word: str) -> str:
        """The value of a word of FAKES; KeyError for another."""
        return _MAKERS[word](self._chance)
