"""Amounts of money: read from what a person types, kept as whole minor units."""

import re
from decimal import ROUND_HALF_UP, Decimal

PLACES = 2
_LARGEST = Decimal(10) ** 12  # sums over a full list still fit into 64 bits of minor units
_SIGNS = re.compile(r"(₽|\$|€|£|руб(?:лей|ля|ль)?\.?|р\.|\b(?:rub|rur|usd|eur|gbp)\b)", re.IGNORECASE)
_GROUP_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class BadMoney(ValueError):
    """Text that is no amount; `rule` is empty, not_a_number, grouping, too_precise or too_large."""

    def __init__(self, rule: str, text: str) -> None:
        super().__init__(f"{rule}: {text!r}")
        self.rule = rule
        self.text = text


def parse_money(text: str, places: int = PLACES) -> Decimal:
    """Read '612 000,50', '48,600.00' or '$48,600' as a Decimal with `places` decimals; raise BadMoney."""
    bare = _SIGNS.sub("", text or "").strip().replace("−", "-")
    if not bare:
        raise BadMoney("empty", text)
    negative = bare.startswith("-")
    bare = bare.removeprefix("-").removeprefix("+").strip()
    if re.search(r"\d[\s'’]\d", bare):
        bare = _GROUP_SPACES.sub("", bare)
        if re.search(r"\d[\s'’]\d", bare):
            raise BadMoney("grouping", text)
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        raise BadMoney("not_a_number", text)
    whole, fraction = _split(bare, places, text)
    amount = Decimal(f"{whole}.{fraction or '0'}")
    if amount >= _LARGEST:
        raise BadMoney("too_large", text)
    return round_money(-amount if negative else amount, places)


def _split(bare: str, places: int, text: str) -> tuple[str, str]:
    """Part the whole from the fraction; a lone separator before three digits can only be grouping."""
    marks = [mark for mark in bare if mark in ".,"]
    if not marks:
        return bare, ""
    last = marks[-1]
    whole, fraction = bare.rsplit(last, 1)
    if len(set(marks)) == 2 and marks.count(last) > 1:
        raise BadMoney("grouping", text)
    alike = len(set(marks)) == 1
    grouped = alike and len(fraction) == 3 and places != 3 and not whole.startswith("0")
    if alike and (len(marks) > 1 or grouped):
        return _ungrouped(bare, last, text), ""
    if len(fraction.rstrip("0")) > places:
        raise BadMoney("too_precise", text)
    others = set(marks) - {last}
    return (_ungrouped(whole, others.pop(), text) if others else whole), fraction


def _ungrouped(number: str, mark: str, text: str) -> str:
    first, *groups = number.split(mark)
    if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
        raise BadMoney("grouping", text)
    return first + "".join(groups)


def round_money(amount: Decimal | int, places: int = PLACES) -> Decimal:
    """Round to the minor unit, halves away from zero, as an accountant does."""
    return Decimal(amount).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def to_minor(amount: Decimal | int, places: int = PLACES) -> int:
    """Whole minor units (kopecks, cents) of an amount; ValueError when it is finer than they are."""
    units = Decimal(amount).scaleb(places)
    if units != units.to_integral_value():
        raise ValueError(f"{amount} is finer than {places} decimals")
    return int(units)


def from_minor(units: int, places: int = PLACES) -> Decimal:
    """The amount that `units` kopecks or cents make."""
    return Decimal(units).scaleb(-places).quantize(Decimal(1).scaleb(-places))
