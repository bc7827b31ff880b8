"""Identifiers of firms and bank details: each check returns the rule that failed, or None."""

import re
from enum import StrEnum

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, ValidationError
from stdnum.ru import inn as stdnum_inn
from stdnum.us import ein as stdnum_ein
from stdnum.us import rtn as stdnum_rtn

_SPACERS = re.compile(r"[\s\-–.]+")
_KPP = re.compile(r"\d{4}[0-9A-Z]{2}\d{3}")
_ACCOUNT_WEIGHTS = (7, 1, 3)


class Rule(StrEnum):
    """What can be wrong with an identifier."""

    empty = "empty"
    digits = "digits"  # holds something that is no digit (for a KPP: no digit or capital letter)
    length = "length"  # too few or too many characters
    checksum = "checksum"  # the control digit does not fit: usually a transposed digit
    component = "component"  # a part of it cannot be: a wrong region, prefix, kind
    bank = "bank"  # the account does not belong to a bank with this BIC


def compact(text: str | None) -> str:
    """The identifier without spaces, dashes and dots, letters in capitals."""
    return _SPACERS.sub("", text or "").upper()


def _digits(number: str, *lengths: int) -> Rule | None:
    if not number:
        return Rule.empty
    if not (number.isascii() and number.isdigit()):
        return Rule.digits
    return None if len(number) in lengths else Rule.length


def _by_stdnum(validate, number: str) -> Rule | None:
    try:
        validate(number)
    except InvalidLength:
        return Rule.length
    except InvalidChecksum:
        return Rule.checksum
    except InvalidComponent:
        return Rule.component
    except InvalidFormat:
        return Rule.digits
    except ValidationError:
        return Rule.component
    return None


def check_inn(text: str | None, *, sole_trader: bool | None = None) -> Rule | None:
    """A tax number: 10 digits of a firm, 12 of a sole trader; None allows either."""
    number = compact(text)
    lengths = {None: (10, 12), False: (10,), True: (12,)}[sole_trader]
    return _digits(number, *lengths) or _by_stdnum(stdnum_inn.validate, number)


def check_kpp(text: str | None) -> Rule | None:
    """A registration reason code: 9 characters, the fifth and sixth digits or capital letters."""
    code = compact(text)
    if not code:
        return Rule.empty
    if len(code) != 9:
        return Rule.length
    return None if code.isascii() and _KPP.fullmatch(code) else Rule.digits


def check_ogrn(text: str | None) -> Rule | None:
    """A firm's state number: 13 digits, the last is the rest of the first twelve by 11, then by 10."""
    number = compact(text)
    return _digits(number, 13) or _control(number, 11) or (None if number[0] in "15" else Rule.component)


def check_ogrnip(text: str | None) -> Rule | None:
    """A sole trader's state number: 15 digits beginning with 3, control digit by 13, then by 10."""
    number = compact(text)
    return _digits(number, 15) or _control(number, 13) or (None if number[0] == "3" else Rule.component)


def _control(number: str, divisor: int) -> Rule | None:
    return None if int(number[:-1]) % divisor % 10 == int(number[-1]) else Rule.checksum


def check_bic(text: str | None) -> Rule | None:
    """A Russian bank code: 9 digits beginning with 04."""
    number = compact(text)
    return _digits(number, 9) or (None if number.startswith("04") else Rule.component)


def check_account(text: str | None, bic: str | None) -> Rule | None:
    """A 20-digit account whose key fits the bank: the weighted digits of BIC end and account end in 0."""
    number = compact(text)
    fault = _digits(number, 20)
    if fault:
        return fault
    if check_bic(bic):
        return Rule.bank
    return None if account_sum(compact(bic)[-3:] + number) % 10 == 0 else Rule.bank


def check_correspondent_account(text: str | None, bic: str | None) -> Rule | None:
    """A bank's own 20-digit account (301…), keyed by the fifth and sixth digits of its BIC."""
    number = compact(text)
    fault = _digits(number, 20)
    if fault:
        return fault
    if not number.startswith("301"):
        return Rule.component
    code = compact(bic)
    if check_bic(code) or number[-3:] != code[-3:]:
        return Rule.bank
    return None if account_sum("0" + code[4:6] + number) % 10 == 0 else Rule.bank


def account_sum(key: str) -> int:
    """The control sum of three digits of the bank and twenty of the account: weights 7, 1, 3 in turn."""
    return sum(int(digit) * _ACCOUNT_WEIGHTS[place % 3] % 10 for place, digit in enumerate(key))


def check_ein(text: str | None) -> Rule | None:
    """A US employer number: 9 digits, a prefix that has been given out."""
    number = compact(text)
    return _digits(number, 9) or _by_stdnum(stdnum_ein.validate, number)


def check_routing(text: str | None) -> Rule | None:
    """A US bank routing number: 9 digits with a control digit."""
    number = compact(text)
    return _digits(number, 9) or _by_stdnum(stdnum_rtn.validate, number)
