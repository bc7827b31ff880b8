"""Phones, addresses and identifiers made alike before they are kept or compared."""

from __future__ import annotations

from flask_babel import gettext as _

from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import fold
from sandbox.kernel.identifiers import Rule, check_inn, check_kpp, check_ogrn, check_ogrnip, compact
from sandbox.kernel.phones import e164
from sandbox.spaces import current_space

_EIN = 9


def clean_phone(text: str | None) -> str | None:
    """The phone as E.164 in the country of the played company; refused with `bad_phone` when it is none."""
    if not text or not text.strip():
        return None
    number = e164(text, current_space().company.country)
    if number is None:
        raise Refused("bad_phone", _("This is not a phone number: check the number of digits."))
    return number


def clean_email(text: str | None) -> str | None:
    """The e-mail address folded, or None."""
    return fold(text) or None


def clean_identifier(text: str | None) -> str | None:
    """The identifier without spaces and dashes, or None."""
    return compact(text) or None


def clean_tax_number(text: str | None) -> str | None:
    """The tax number in the one spelling in which it is kept: the American with its dash, others bare."""
    number = compact(text)
    if current_space().company.country == "US" and len(number) == _EIN and number.isdigit():
        return f"{number[:2]}-{number[2:]}"
    return number or None


def inn_fault(inn: str | None, sole_trader: bool) -> str | None:
    """What is wrong with a tax number, as a sentence that names the rule; None where nothing is."""
    rule = check_inn(inn, sole_trader=sole_trader) if inn else None
    if rule is Rule.length:
        if sole_trader:
            return _("The INN of a sole trader has 12 digits: check for a missing or an extra one.")
        return _("The INN of a legal entity has 10 digits: check for a missing or an extra one.")
    if rule is Rule.digits:
        return _("An INN holds digits only: take out the other characters.")
    if rule is Rule.checksum:
        return _("The control digit of the INN does not fit: look for two digits that changed places.")
    return _("There is no such INN: check its first digits.") if rule else None


def kpp_fault(kpp: str | None, sole_trader: bool) -> str | None:
    """What is wrong with a KPP, as a sentence that names the rule; None where nothing is."""
    if not kpp:
        return None
    if sole_trader:
        return _("A sole trader has no KPP: leave it empty.")
    rule = check_kpp(kpp)
    if rule is Rule.length:
        return _("A KPP has 9 characters: check for a missing or an extra one.")
    return _("A KPP is digits; only its fifth and sixth may be capital letters.") if rule else None


def ogrn_fault(ogrn: str | None, sole_trader: bool) -> str | None:
    """What is wrong with a state registration number, as a sentence; None where nothing is."""
    if not ogrn:
        return None
    rule = check_ogrnip(ogrn) if sole_trader else check_ogrn(ogrn)
    if rule is Rule.length:
        if sole_trader:
            return _("The OGRNIP of a sole trader has 15 digits: check for a missing or an extra one.")
        return _("The OGRN of a legal entity has 13 digits: check for a missing or an extra one.")
    if rule is Rule.digits:
        return _("An OGRN holds digits only: take out the other characters.")
    if rule is Rule.checksum:
        return _("The control digit of the OGRN does not fit: look for two digits that changed places.")
    if rule and sole_trader:
        return _("An OGRNIP begins with 3: check its first digit.")
    return _("An OGRN begins with 1 or 5: check its first digit.") if rule else None


def identifier_faults(
    inn: str | None, kpp: str | None, ogrn: str | None, *, sole_trader: bool
) -> dict[str, str]:
    """Everything wrong with a company's identifiers, by field; only Russian ones are checked."""
    if current_space().company.country != "RU":
        return {}
    found = {
        "inn": inn_fault(inn, sole_trader),
        "kpp": kpp_fault(kpp, sole_trader),
        "ogrn": ogrn_fault(ogrn, sole_trader),
    }
    return {name: fault for name, fault in found.items() if fault}
