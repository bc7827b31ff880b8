"""Firms that do not exist: a name, a legal form, numbers that hold, an address, a phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.seeding import stock_en, stock_ru
from sandbox.seeding.addresses import Place, compose_domain, compose_phone, compose_place, office_email
from sandbox.seeding.chance import Chance
from sandbox.seeding.people import PersonName, compose_person
from sandbox.seeding.requisites import (
    BankDetails,
    compose_bank,
    compose_ein,
    compose_inn,
    compose_kpp,
    compose_ogrn,
)


@dataclass(frozen=True)
class Firm:
    """Everything on the card of a company; Russian numbers are None in the United States, `ein` in Russia.

    `owner` is the sole trader in person, None for a legal entity.
    """

    name: str
    brand: str
    form: str
    full_name: str
    sole_trader: bool
    owner: PersonName | None
    industry: str
    place: Place
    inn: str | None
    kpp: str | None
    ogrn: str | None
    ein: str | None
    bank: BankDetails
    domain: str
    phone: str
    email: str

    @property
    def website(self) -> str:
        """The firm's page."""
        return f"https://{self.domain}"

    @property
    def region(self) -> str:
        """The code of the firm's region."""
        return self.place.region

    @property
    def address(self) -> str:
        """The line on an envelope."""
        return self.place.address


def compose_firm(chance: Chance, *, industry: str | None = None) -> Firm:
    """A firm whose name was not given out before, of this industry or any of the company's."""
    trade = industry or chance.pick(chance.company.codes("industries"))
    place = compose_place(chance)
    return _russian(chance, trade, place) if chance.language == "ru" else _american(chance, trade, place)


def compose_firm_name(chance: Chance, industry: str | None = None) -> str:
    """Only the name, as it stands on a card: «ООО „Кедровый тракт“», 'Harrow Lane Clinics'."""
    return compose_firm(chance, industry=industry).name


def _russian(chance: Chance, trade: str, place: Place) -> Firm:
    form = chance.weighted([one for one, _ in stock_ru.FORMS], [share for _, share in stock_ru.FORMS])
    owner = compose_person(chance) if form == "ИП" else None
    if owner:
        brand = chance.fresh("firm", lambda: owner.initials, lambda stem, number: owner.full)
        name, full_name = f"ИП {brand}", f"{stock_ru.FORMS_IN_FULL[form]} {owner.full}"
    else:
        brand = chance.fresh("firm", lambda: russian_brand(chance, trade))
        name, full_name = f"{form} {quoted(brand)}", f"{stock_ru.FORMS_IN_FULL[form]} {quoted(brand)}"
    inn = compose_inn(chance, sole_trader=owner is not None)
    domain = compose_domain(chance, brand)
    return Firm(
        name=name,
        brand=brand,
        form=form,
        full_name=full_name,
        sole_trader=owner is not None,
        owner=owner,
        industry=trade,
        place=place,
        inn=inn,
        kpp=None if owner else compose_kpp(inn),
        ogrn=compose_ogrn(chance, sole_trader=owner is not None),
        ein=None,
        bank=compose_bank(chance, sole_trader=owner is not None),
        domain=domain,
        phone=compose_phone(chance, area=None if owner else place.area),
        email=office_email(chance, domain),
    )


def _american(chance: Chance, trade: str, place: Place) -> Firm:
    form = chance.weighted([one for one, _ in stock_en.FORMS], [share for _, share in stock_en.FORMS])
    brand = chance.fresh("firm", lambda: american_brand(chance, trade), lambda stem, no: f"{stem} {no}")
    name = f"{brand}, {form}" if form in ("Inc.", "LLC") else f"{brand} {form}".strip()
    domain = compose_domain(chance, brand)
    return Firm(
        name=name,
        brand=brand,
        form=form,
        full_name=name,
        sole_trader=False,
        owner=None,
        industry=trade,
        place=place,
        inn=None,
        kpp=None,
        ogrn=None,
        ein=compose_ein(chance),
        bank=compose_bank(chance),
        domain=domain,
        phone=compose_phone(chance, area=place.area),
        email=office_email(chance, domain),
    )


def quoted(brand: str) -> str:
    """In Russian quotation marks; those inside become the inner ones."""
    return f"«{brand.replace('«', '„').replace('»', '“')}»"


def russian_brand(chance: Chance, trade: str) -> str:
    """What stands between the quotation marks; adjectives agree with their nouns."""
    if chance.happens(chance.nasty):
        return chance.pick(stock_ru.NASTY_FIRMS)
    kind = chance.weighted(("pair", "joined", "base", "craft", "counted"), (70, 12, 8, 7, 3))
    if kind == "joined":
        root, tail = chance.pick(stock_ru.PREFIXES), chance.pick(stock_ru.TAILS)
        name = f"{root}{chance.pick(stock_ru.SUFFIXES)}{tail}"
        return f"{name}-{chance.number(2, 9)}" if chance.happens(0.3) else name
    if kind == "base":
        base, _ = chance.pick(stock_ru.BASES)
        return f"{base} {chance.pick(stock_ru.PLACES)}"
    if kind == "craft":
        return f"{chance.pick(stock_ru.CRAFTS)} {chance.pick(stock_ru.KIN)}"
    if kind == "counted":
        return chance.pick(stock_ru.COUNTED)
    nouns: Sequence[tuple[str, int]] = stock_ru.NOUNS_BY_INDUSTRY.get(trade, stock_ru.ROAD_NOUNS)
    noun, gender = chance.pick(nouns if chance.happens(0.6) else stock_ru.ROAD_NOUNS)
    # «Лесной лесовоз» says one thing twice.
    fitting = [one for one in stock_ru.ADJECTIVES if one[0][:3].lower() != noun[:3]]
    stem, endings = chance.pick(fitting)
    return f"{stem}{endings[gender]} {noun}"


def american_brand(chance: Chance, trade: str) -> str:
    """A place or a pair, and what they do there."""
    if chance.happens(chance.nasty):
        return chance.pick(stock_en.NASTY_FIRMS)
    work = chance.pick(stock_en.BY_INDUSTRY.get(trade, stock_en.ANY_INDUSTRY))
    kind = chance.weighted(("plain", "place", "pair"), (40, 42, 18))
    if kind == "pair":
        return f"{chance.pick(stock_en.PAIRS)} {work}"
    first = chance.pick(stock_en.FIRST)
    return f"{first} {work}" if kind == "plain" else f"{first} {chance.pick(stock_en.SECOND)} {work}"
