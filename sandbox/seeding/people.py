"""People who never lived: names that agree in gender, positions that fit their role."""

from dataclasses import dataclass

from sandbox.seeding import stock_en, stock_ru
from sandbox.seeding.chance import Chance

_RARE_SHARE = 0.45
_FATHERS_END = {"ович": "овна", "евич": "евна", "ич": "ична"}


@dataclass(frozen=True)
class PersonName:
    """The parts of a name; `middle` is a patronymic in Russian, an initial or nothing in English."""

    first: str
    middle: str | None
    last: str
    female: bool

    @property
    def name(self) -> str:
        """First and last name: how a card is titled."""
        return f"{self.first} {self.last}"

    @property
    def full(self) -> str:
        """All parts in the order of papers in their language: Russian ones begin with the last name."""
        cyrillic = any("а" <= mark <= "ё" for mark in self.last.lower())
        parts = [self.last, self.first, self.middle] if cyrillic else [self.first, self.middle, self.last]
        return " ".join(part for part in parts if part)

    @property
    def initials(self) -> str:
        """'Ложкина Ж. А.', as a sole trader is written."""
        letters = [f"{part[0]}." for part in (self.first, self.middle) if part]
        return " ".join([self.last, *letters])


def compose_person(chance: Chance, *, female: bool | None = None) -> PersonName:
    """A person whose name was not given out before, difficult now and then (`chance.nasty`)."""
    found: dict[str, PersonName] = {}

    def make() -> str:
        person = _draw(chance, female)
        found[person.name] = person
        return person.name

    name = chance.fresh("person", make, lambda stem, number: _second_surname(chance, found, stem, number))
    return found[name]


def _draw(chance: Chance, female: bool | None) -> PersonName:
    stock = stock_ru if chance.language == "ru" else stock_en
    if chance.happens(chance.nasty):
        fitting = [one for one in stock.NASTY_PEOPLE if female is None or one[3] is female]
        return PersonName(*chance.pick(fitting))
    woman = chance.happens(0.5) if female is None else female
    first = chance.pick(stock.FEMALE if woman else stock.MALE)
    if chance.language == "ru":
        return PersonName(first, patronymic(chance, woman), surname(chance, woman), woman)
    middle = chance.pick(stock_en.MIDDLE) if chance.happens(0.2) else None
    return PersonName(first, middle, surname(chance, woman), woman)


def surname(chance: Chance, female: bool) -> str:
    """A last name in the form of its gender."""
    if chance.happens(_RARE_SHARE):
        if chance.language == "ru":
            return chance.pick(stock_ru.RARE_SURNAMES)[female]
        return chance.pick(stock_en.RARE_SURNAMES)
    faker = chance.faker
    last: str = faker.last_name_female() if female else faker.last_name_male()
    return last


def patronymic(chance: Chance, female: bool) -> str:
    """A father's name in the form of its gender."""
    if chance.happens(0.1):
        return chance.pick(stock_ru.ODD_PATRONYMICS)[female]
    father = chance.pick(stock_ru.FATHERS)
    if not female:
        return father
    end = next(end for end in _FATHERS_END if father.endswith(end))
    return father.removesuffix(end) + _FATHERS_END[end]


def _second_surname(chance: Chance, found: dict[str, PersonName], stem: str, number: int) -> str:
    """When all names are taken, people have double surnames."""
    person = found[stem]
    double = PersonName(
        person.first, person.middle, f"{person.last}-{surname(chance, person.female)}", person.female
    )
    if number > 50:  # a crowd beyond any stock
        double = PersonName(person.first, person.middle, f"{double.last}-{number}", person.female)
    found[double.name] = double
    return double.name


def compose_position(chance: Chance, role: str | None) -> str:
    """A job title that fits the role a contact plays in deals."""
    stock = stock_ru if chance.language == "ru" else stock_en
    return chance.pick(stock.POSITIONS.get(role or "", stock.OTHER_POSITIONS))
