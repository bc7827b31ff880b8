"""Numbers that stand on papers: valid by their control digits, and nobody's.

Russian tax and state numbers carry the region codes 97 and 98, bank codes the territory 02, American
routing numbers the prefixes 13 to 20: none of them was ever given out.
"""

from dataclasses import dataclass

from stdnum.ru import inn as stdnum_inn

from sandbox.kernel.identifiers import account_sum
from sandbox.seeding.chance import Chance
from sandbox.seeding.stock_ru import BANKS

_REGIONS = ("97", "98")
_FIRST_YEAR, _LAST_YEAR = 2, 24
_EIN_PREFIXES = ("20", "27", "31", "45", "46", "81", "82", "83", "84")


@dataclass(frozen=True)
class BankDetails:
    """Where a firm keeps its money; `bic` is the routing number in the United States."""

    bank: str
    bic: str
    account: str
    correspondent_account: str | None = None


def compose_inn(chance: Chance, *, sole_trader: bool = False) -> str:
    """A tax number with right control digits: 10 digits of a firm, 12 of a sole trader."""

    def make() -> str:
        office = chance.pick(_REGIONS) + f"{chance.number(1, 49):02}"
        if sole_trader:
            stem = office + chance.digits(6)
            return stem + stdnum_inn.calc_personal_check_digits(stem)
        stem = office + chance.digits(5)
        return stem + stdnum_inn.calc_company_check_digit(stem)

    # The stock of a region is far larger than any volume, so a number is never lengthened.
    return chance.fresh("inn", make, lambda stem, number: make())


def compose_kpp(inn: str, *, branch: bool = False) -> str:
    """The registration code of a firm: its tax office, by place (01) or by branch (43)."""
    return f"{inn[:4]}{'43' if branch else '01'}001"


def compose_ogrn(chance: Chance, *, sole_trader: bool = False) -> str:
    """A state number with its control digit: 13 digits of a firm, 15 of a sole trader."""
    year = chance.number(_FIRST_YEAR, _LAST_YEAR)
    region = chance.pick(_REGIONS)
    if sole_trader:
        stem = f"3{max(year, 4):02}{region}{chance.digits(9)}"
        return f"{stem}{int(stem) % 13 % 10}"
    stem = f"1{year:02}{region}{chance.digits(7)}"
    return f"{stem}{int(stem) % 11 % 10}"


def compose_bank(chance: Chance, *, sole_trader: bool = False) -> BankDetails:
    """An account that fits its bank's code."""
    if chance.country != "RU":
        return _american_bank(chance)
    place = chance.number(0, len(BANKS) - 1)
    name, ending = BANKS[place]
    bic = f"0402{97 - place:02}{ending}"
    kind = "40802810" if sole_trader else "40702810"
    account = _keyed(bic[-3:], kind, f"{chance.number(1, 40):04}{chance.digits(7)}")
    correspondent = _keyed(f"0{bic[4:6]}", "30101810", f"00000000{ending}")
    return BankDetails(name, bic, account, correspondent)


def _keyed(bank: str, kind: str, rest: str) -> str:
    """The account with the key, its ninth digit, for which the control sum ends in 0."""
    return next(
        f"{kind}{key}{rest}" for key in range(10) if account_sum(f"{bank}{kind}{key}{rest}") % 10 == 0
    )


def _american_bank(chance: Chance) -> BankDetails:
    stem = f"{chance.number(13, 20)}{chance.digits(6)}"
    total = sum(int(digit) * (3, 7, 1)[place % 3] for place, digit in enumerate(stem))
    names = ("Scioto Merchants Bank", "Harbor & Plains Savings", "Tidewater Clerks Bank", "Lantern Trust")
    return BankDetails(chance.pick(names), f"{stem}{-total % 10}", chance.digits(10))


def compose_ein(chance: Chance) -> str:
    """An American employer number in its usual spelling."""
    return chance.fresh(
        "ein",
        lambda: f"{chance.pick(_EIN_PREFIXES)}-00{chance.digits(5)}",
        lambda stem, number: f"{stem[:3]}{chance.digits(7)}",
    )
