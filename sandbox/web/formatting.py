"""Template filters: money, dates, durations, phones, names, and typography, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_currency, format_currency, format_decimal, get_currency_symbol
from flask import Flask, current_app, g, has_app_context
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from sandbox.kernel.clock import USUAL_ZONE, machine_now
from sandbox.kernel.phones import pretty
from sandbox.scenarios.language.quotes import nest_quotes

NBSP, THIN, NBHY = "\u00a0", "\u202f", "\u2011"
AVATAR_COLOURS = 6
_GROUPS = re.compile(r"(?<=\d)[\u00a0\u202f ](?=\d{3}(?!\d))")
# In columns Russian months are three letters, without a full stop: '12 ноя'.
_RU_MONTHS = ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_RU_SHORT_WORDS = re.compile(
    r"(?<![\w\u00a0-])((?:[а-яё]|во|до|за|из|ко|на|не|ни|об|от|по|со|для|при|без|или|№|§|[А-ЯЁ]\.)) (?=\S)",
    re.IGNORECASE,
)
_RU_DASH = re.compile(r" (?=[—–] )")
_RU_UNITS = re.compile(r"(?<=\d) (?=(?:%|₽|руб|тыс|млн|млрд|мин|ч|с|дн|дня|дней|день|шт|кг|л|г)\b|[%₽])")


def _locale() -> Locale:
    return (get_locale() if has_app_context() else None) or Locale.parse("en")


def _russian() -> bool:
    return _locale().language == "ru"


def _space() -> Any:
    return g.get("space") if has_app_context() else None


def _zone() -> tzinfo:
    """The zone of the space's company; outside of spaces the project's, by which its days are counted."""
    zone = getattr(_space(), "zone", None)
    if zone is None and has_app_context():
        zone = ZoneInfo(current_app.config.get("PROJECT_ZONE") or USUAL_ZONE)
    return zone or UTC


def _now() -> datetime:
    space = _space()
    return space.now() if space is not None and hasattr(space, "now") else machine_now()


def currency() -> str:
    """The currency of the space's company; roubles or dollars by the language where there is no space."""
    company = getattr(_space(), "company", None)
    return getattr(company, "currency", None) or ("RUB" if _russian() else "USD")


def currency_sign() -> str:
    """The sign of the currency in use, such as '₽' or '$', to stand in a field for money."""
    return {"RUB": "₽"}.get(currency()) or get_currency_symbol(currency(), locale="en_US")


def money(amount: Decimal | int | float | None, code: str | None = None) -> str:
    """'612 000 ₽' or '$48,600'; kopecks or cents only where there are some; '' for None."""
    if amount is None:
        return ""
    value = amount if isinstance(amount, Decimal) else Decimal(str(amount))
    return _money(value, code or currency(), _locale())


@lru_cache(maxsize=4096)
def _money(value: Decimal, code: str, locale: Locale) -> str:
    pattern = locale.currency_formats["standard"].pattern
    if value == value.to_integral_value():
        pattern = pattern.replace(".00", "")
    text = format_currency(value, code, format=pattern, locale=locale, currency_digits=False)
    return _GROUPS.sub(THIN, text.replace("RUB", "₽").replace("₽" + NBSP, "₽"))


def money_short(amount: Decimal | int, code: str | None = None) -> str:
    """'$62K' or '765 тыс. ₽', where a figure has little room; below a thousand as usual."""
    value = Decimal(amount)
    if abs(value) < 1000:
        return money(round(value), code)
    digits = 1 if abs(value) >= 1_000_000 else 0
    text = format_compact_currency(value, code or currency(), locale=_locale(), fraction_digits=digits)
    return text.replace("RUB", "₽")


def quotes(sentence: str) -> str:
    """The sentence with quotes inside quotes as print has them; what was escaped already stays so."""
    nested = nest_quotes(str(sentence))
    return Markup(nested) if isinstance(sentence, Markup) else nested  # noqa: S704 - no mark but quotes has changed


def number(value: Decimal | int | float | None, places: int | None = None) -> str:
    """'1 284' or '1,284'; with `places` that many decimals; '' for None."""
    if value is None:
        return ""
    return _number(value, type(value).__name__, places, _locale())


@lru_cache(maxsize=4096)
def _number(value: Decimal | int | float, _type: str, places: int | None, locale: Locale) -> str:
    """`_type` keeps 1 and 1.0 apart, which are equal."""
    pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
    return _GROUPS.sub(THIN, format_decimal(value, format=pattern, locale=locale))


def percent(share: Decimal | int | float | None, places: int = 0, *, exact: bool = False) -> str:
    """A share from 0 to 1 as '60%' or '60 %'; `exact` with as many decimals as it has; '' for None."""
    if share is None:
        return ""
    if exact:
        hundredths = round(Decimal(str(share)) * 100, 2).normalize()
        places = max(0, -int(hundredths.as_tuple().exponent))
    return number(round(Decimal(str(share)) * 100, places), places) + (NBSP if _russian() else "") + "%"


def _day(value: date | datetime) -> date:
    return value.astimezone(_zone()).date() if isinstance(value, datetime) else value


def _today() -> date:
    return _now().astimezone(_zone()).date()


def date_long(value: date | datetime | None) -> str:
    """'27 November', with the year where it is not this one; '' for None."""
    if value is None:
        return ""
    day = _day(value)
    pattern = "d MMMM" if day.year == _today().year else ("d MMMM y 'г'." if _russian() else "d MMMM y")
    return format_date(day, pattern, locale=_locale()).replace(" ", NBSP)


def date_short(value: date | datetime | None) -> str:
    """'27 Nov' or '27 ноя', with the year where it is not this one; '' for None."""
    if value is None:
        return ""
    day = _day(value)
    return _date_short(day, day.year == _today().year, _locale())


def short_dates() -> Callable[[date | datetime | None], str]:
    """What draws `date_short` for the many rows of a page: clock and language are asked once."""
    zone, year, locale = _zone(), _today().year, _locale()

    def drawn(value: date | datetime | None) -> str:
        if value is None:
            return ""
        day = value.astimezone(zone).date() if isinstance(value, datetime) else value
        return _date_short(day, day.year == year, locale)

    return drawn


@lru_cache(maxsize=4096)
def _date_short(day: date, this_year: bool, locale: Locale) -> str:
    month = _RU_MONTHS[day.month - 1] if locale.language == "ru" else format_date(day, "LLL", locale=locale)
    return f"{day.day}{NBSP}{month}" + ("" if this_year else f"{NBSP}{day.year}")


def weekday(value: date | datetime | None) -> str:
    """'Fri, 27 November' or 'пт, 27 ноября'; '' for None."""
    if value is None:
        return ""
    return f"{format_date(_day(value), 'EEE', locale=_locale())},{NBSP}{date_long(value)}"


def weekday_name(value: date | datetime | None) -> str:
    """'Fri' or 'пт'; '' for None."""
    return "" if value is None else format_date(_day(value), "EEE", locale=_locale())


def clock_time(value: datetime | None) -> str:
    """'09:12' in the company's time zone; '' for None."""
    return "" if value is None else f"{value.astimezone(_zone()):%H:%M}"


def day_word(value: date | datetime | None) -> str:
    """'today', 'tomorrow', 'yesterday', else the short date; '' for None."""
    if value is None:
        return ""
    days = (_day(value) - _today()).days
    if days == 0:
        return _("today")
    if abs(days) > 1:
        return date_short(value)
    return _("tomorrow") if days > 0 else _("yesterday")


def moment(value: datetime | None) -> str:
    """'today, 09:12', 'yesterday, 16:40', '9 Nov, 15:30'; '' for None."""
    return "" if value is None else f"{day_word(value)}, {clock_time(value)}"


def month_name(value: date | datetime) -> str:
    """'Nov' or 'нояб.', where the year goes without saying."""
    return format_date(_day(value), "LLL", locale=_locale())


def month_year(value: date | datetime | None) -> str:
    """'November 2026' or 'ноябрь 2026'; '' for None."""
    if value is None:
        return ""
    return format_skeleton("yMMMM", datetime.combine(_day(value), datetime.min.time()), locale=_locale())


def duration(value: timedelta | int | float | None) -> str:
    """Minutes and seconds as '7:20', over an hour '1:07:20'; seconds or a timedelta; '' for None."""
    if value is None:
        return ""
    seconds = int(value.total_seconds() if isinstance(value, timedelta) else value)
    sign, seconds = ("−" if seconds < 0 else ""), abs(seconds)
    hours, minutes = divmod(seconds // 60, 60)
    whole = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{sign}{whole}:{seconds % 60:02}"


def phone(value: str | None) -> str:
    """An E.164 number as people read it; it breaks nowhere."""
    return pretty(value).replace(" ", NBSP).replace("-", NBHY)


def initials(name: Any) -> str:
    """One or two capital letters for an avatar."""
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


def avatar_colour(name: Any) -> str:
    """The class of an avatar's colour, always the same one for a name."""
    return f"avatar-{crc32(str(name or '').encode()) % AVATAR_COLOURS + 1}"


def typo(text: Any) -> str:
    """Non-breaking spaces where Russian asks for them: short words, dashes, numbers with units, №."""
    words = str(text or "")
    if not _russian():
        return words
    for _pass in range(2):  # «и в дом»: the first pass consumes the space that begins the second word
        words = _RU_SHORT_WORDS.sub(lambda found: found[1] + NBSP, words)
    return _RU_UNITS.sub(NBSP, _RU_DASH.sub(NBSP, words))


FILTERS = {
    "money": money,
    "money_short": money_short,
    "number": number,
    "percent": percent,
    "date_long": date_long,
    "date_short": date_short,
    "weekday": weekday,
    "weekday_name": weekday_name,
    "clock_time": clock_time,
    "day_word": day_word,
    "moment": moment,
    "month": month_name,
    "month_year": month_year,
    "duration": duration,
    "phone": phone,
    "initials": initials,
    "avatar_colour": avatar_colour,
    "typo": typo,
    "quotes": quotes,
}


def init_app(app: Flask) -> None:
    """Give templates the filters."""
    app.jinja_env.filters.update(FILTERS)
    app.add_template_global(currency)
    app.add_template_global(currency_sign)
