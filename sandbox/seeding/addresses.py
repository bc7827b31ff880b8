"""Phones, e-mail, streets: well formed, and leading nowhere."""

import re
import unicodedata
from dataclasses import dataclass

from sandbox.seeding import stock_en, stock_ru
from sandbox.seeding.chance import Chance
from sandbox.seeding.people import PersonName

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split(),
        strict=True,
    )
)
_EXAMPLE = "example"


@dataclass(frozen=True)
class Place:
    """Where a firm is: its region's code, the city, the prefix of its phones, the line on an envelope."""

    region: str
    city: str
    area: str
    address: str


def latin(text: str) -> str:
    """Letters a–z, digits and hyphens: 'Кедровый тракт' → kedrovyy-trakt."""
    spelled = "".join(_LATIN.get(mark, mark).replace("_", "") for mark in text.lower())
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def compose_domain(chance: Chance, brand: str) -> str:
    """A firm's domain, under `.example`, where nobody can have one."""
    label = latin(brand)[:40].strip("-") or "firm"
    return chance.fresh("domain", lambda: label, lambda stem, number: f"{stem}-{number}") + f".{_EXAMPLE}"


def compose_email(chance: Chance, person: PersonName, domain: str) -> str:
    """A person's address at a firm; one firm writes all its addresses alike."""
    first, last = latin(person.first) or "office", latin(person.last) or "mail"
    styles = (f"{first[0]}.{last}", f"{first}.{last}", f"{last}.{first[0]}", f"{last}")
    local = styles[sum(map(ord, domain)) % len(styles)]
    return chance.fresh(
        "email", lambda: f"{local}@{domain}", lambda stem, number: f"{local}{number}@{domain}"
    )


def office_email(chance: Chance, domain: str) -> str:
    """The address on a firm's web page."""
    local = chance.pick(("info", "office", "mail", "zakaz" if chance.language == "ru" else "orders"))
    return chance.fresh(
        "email", lambda: f"{local}@{domain}", lambda stem, number: f"{local}{number}@{domain}"
    )


def compose_phone(chance: Chance, *, area: str | None = None) -> str:
    """A number in E.164 that is given to nobody; a mobile one without `area` (in Russia)."""
    if chance.country == "RU":
        code = area or chance.pick(stock_ru.MOBILE)
        # No exchange begins with 000, so none of these ten thousand numbers of a code rings.
        return chance.fresh(
            "phone",
            lambda: f"+7{code}000{chance.digits(4)}",
            lambda stem, number: f"+7{code}00{chance.digits(5)}",
        )
    code = area or chance.pick(_areas())
    # 555-0100 to 555-0199 are kept for fiction; after a hundred, others of 555: nobody has been given them.
    return chance.fresh(
        "phone",
        lambda: f"+1{code}55501{chance.digits(2)}",
        lambda stem, number: f"+1{code}555{chance.pick('23456789')}{chance.digits(3)}",
    )


def _areas() -> list[str]:
    return [city[2] for cities in stock_en.CITIES.values() for city in cities]


def compose_place(chance: Chance) -> Place:
    """A city of one of the company's regions and a street in it."""
    region = chance.pick(chance.company.codes("regions"))
    if chance.language == "ru":
        known = stock_ru.CITIES.get(region)
        city, area = chance.pick(known) if known else (chance.faker.city_name(), "495")
        street = f"ул. {chance.pick(stock_ru.STREETS)}, д. {chance.number(1, 90)}"
        return Place(region, city, area, f"{chance.number(601, 690)}{chance.digits(3)}, г. {city}, {street}")
    towns = stock_en.CITIES.get(region)
    if towns:
        city, state, area, post = chance.pick(towns)
    else:
        city, state, area, post = chance.faker.city(), chance.faker.state_abbr(), "555", chance.digits(3)
    street = f"{chance.number(2, 980)} {chance.pick(stock_en.STREETS)}"
    return Place(region, city, area, f"{street}, {city}, {state} {post}{chance.digits(2)}")
