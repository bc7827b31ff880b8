"""The played company's own words for fields, wherever a field is named."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from sandbox.spaces import current_space
from sandbox.spaces.reach import OutsideSpace


def own_word(key: str, default: Any) -> LazyString:
    """What the company calls a field such as `deal.amount`, or the default; read when it is shown."""
    return LazyString(_read, key, default)


def tax_number_word(default: Any) -> LazyString:
    """What the tax number is called where the played company is: INN is a Russian word."""
    return LazyString(lambda: str(default if has_russian_numbers() else _("Tax number")))


def bank_code_word() -> LazyString:
    """What the code of a bank is called where the played company is."""
    return LazyString(lambda: str(_("BIC") if has_russian_numbers() else _("Routing number")))


def has_russian_numbers() -> bool:
    """Whether firms have INN, KPP and OGRN where the played company is; outside a space they may have."""
    try:
        return current_space().company.country == "RU"
    except OutsideSpace:
        return True


def _read(key: str, default: Any) -> str:
    try:
        company = current_space().company
    except OutsideSpace:
        return str(default)
    return str(company.word(key, str(get_locale() or "en"), str(default)))
