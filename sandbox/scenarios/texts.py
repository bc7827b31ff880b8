"""Texts with names in them: `{{ lead.name }} asked for a price {{ lead.created|ago }}.`

A text may only print a name or a field of it, through the filters given here. Everything else of the template
language (loops, conditions, calls, arithmetic) is refused before it is ever run: texts come from files.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import cache

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_currency, format_decimal
from jinja2 import ChainableUndefined, Template, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from sandbox.scenarios.readable import Readable
from sandbox.scenarios.times import day_or_point, read_moment
from sandbox.scenarios.values import Text

_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")  # a sentence that ends in a name with a full stop: Inc.
_ALLOWED = (nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Filter, nodes.Const)


@dataclass(frozen=True)
class _Setting:
    language: str
    now: datetime | None
    currency: str


class TextFault(ValueError):
    """A text that cannot be shown; says why, and which line of it."""

    def __init__(self, message: str, line: int = 1, word: str = "", known: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.line, self.word, self.known = line, word, known


def render_text(
    text: Text | str,
    language: str,
    names: Mapping[str, Readable],
    now: datetime | None = None,
    currency: str = "",
) -> str:
    """The text in this language with its names filled in; plain text, to be escaped where it is shown."""
    template = text.in_(language) if isinstance(text, Text) else text
    if "{" not in template:
        return template
    told = _compiled(template).render(dict(names), _setting=_Setting(language, now, currency))
    return _TWO_STOPS.sub(".", told)


def names_in(template: str) -> list[tuple[str, str]]:
    """The names and field paths a text prints, in order; TextFault for whatever is not printing."""
    return [(name, path) for name, path in _prints(_parsed(template))]


def _prints(root: nodes.Node) -> Iterator[tuple[str, str]]:
    for node in root.iter_child_nodes():
        if not isinstance(node, _ALLOWED):
            raise TextFault("a text may only print names, as in {{ lead.name }}", node.lineno)
        if isinstance(node, nodes.Name | nodes.Getattr):
            yield _path(node)
            continue
        if isinstance(node, nodes.Filter):
            if node.name not in FILTERS:
                raise TextFault(f'unknown filter "{node.name}"', node.lineno, node.name, tuple(FILTERS))
            if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
                raise TextFault(f'the filter "{node.name}" takes nothing in brackets', node.lineno)
        yield from _prints(node)


def _path(node: nodes.Node) -> tuple[str, str]:
    steps: list[str] = []
    while isinstance(node, nodes.Getattr):
        steps.append(node.attr)
        node = node.node
    if not isinstance(node, nodes.Name):
        raise TextFault("a text may only print names, as in {{ lead.name }}", node.lineno)
    return node.name, ".".join(reversed(steps))


def _parsed(template: str) -> nodes.Template:
    try:
        return _environment().parse(template)
    except TemplateSyntaxError as fault:
        raise TextFault(f"not a text: {fault.message}", fault.lineno) from None


@cache
def _environment() -> "_Environment":
    environment = _Environment(undefined=_NotYet, finalize=_finalize, keep_trailing_newline=False)
    environment.filters.clear()
    environment.tests.clear()
    environment.globals.clear()
    environment.filters.update(FILTERS)
    return environment


@cache
def _compiled(template: str) -> Template:
    names_in(template)
    return _environment().from_string(template)


class _NotYet(ChainableUndefined):
    """A name whose record is still to be made: the list of steps is shown before it is."""

    def __str__(self) -> str:
        return "…"


class _Environment(SandboxedEnvironment):
    """Attributes of a record are its fields; nothing else has any."""

    def getattr(self, obj: object, attribute: str) -> object:
        if isinstance(obj, Readable):
            return obj.read(attribute)
        if isinstance(obj, _NotYet):
            return obj
        raise SecurityError(f"{attribute} is no field of a record")


@pass_context
def _finalize(context: Context, value: object) -> object:
    setting = context.get("_setting")
    if value is None:
        return ""
    if not isinstance(setting, _Setting):
        return value
    if isinstance(value, datetime):
        return format_datetime(value, "medium", locale=setting.language, tzinfo=_zone(setting, value))
    if isinstance(value, date):
        return _date(context, value)
    return format_decimal(value, locale=setting.language) if isinstance(value, Decimal) else value


@pass_context
def _money(context: Context, value: object) -> str:
    """An amount in the company's currency; cents only where there are any."""
    return show_money(value, context["_setting"].language, context["_setting"].currency)


@pass_context
def _date(context: Context, value: object) -> str:
    """A day in words: 5 May 2026; also of a time word."""
    setting = context["_setting"]
    moment = read_moment(value) if isinstance(value, str) else None
    if moment and setting.now:
        value = day_or_point(moment, setting.now)
    if isinstance(value, datetime):
        value = value.astimezone(_zone(setting, value)).date()
    return show_day(value, setting.language) if isinstance(value, date) else str(value)


@pass_context
def _ago(context: Context, value: object) -> str:
    """How long before the space's now: 2 hours ago; also ahead of it: in 3 days."""
    setting = context["_setting"]
    if not isinstance(value, date) or setting.now is None:
        return _date(context, value)
    delta = value - (setting.now if isinstance(value, datetime) else setting.now.date())
    return format_timedelta(delta, add_direction=True, locale=setting.language)


def _phone(value: object) -> str:
    """A telephone number as cards show it, +7 912 345-67-89 or +1 (202) 555-0143; it breaks nowhere."""
    try:
        number = phonenumbers.parse(str(value), "RU")
    except phonenumbers.NumberParseException:
        return str(value)
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    national = str(number.national_number)
    if number.country_code == 1 and len(national) == 10:
        shown = f"+1 ({national[:3]}) {national[3:6]}-{national[6:]}"
    return shown.replace(" ", "\u00a0").replace("-", "\u2011")


def show_day(value: date, language: str) -> str:
    """A day as a sentence takes it: May 8, 2026; 8 мая 2026, without the г. that would end it."""
    pattern = "d MMMM y" if language.startswith("ru") else "long"
    return str(format_date(value, pattern, locale=language))


def show_money(value: object, language: str, currency: str) -> str:
    """An amount for a reader of this language; without a currency, just the number."""
    if not isinstance(value, Decimal | int) or isinstance(value, bool):
        return str(value)
    if not currency:
        return format_decimal(value, locale=language)
    if Decimal(value) != Decimal(value).to_integral_value():
        return format_currency(value, currency, locale=language)
    pattern = _currency_pattern(language).replace(".00", "")
    return format_currency(value, currency, pattern, locale=language, currency_digits=False)


def _currency_pattern(language: str) -> str:
    """The language's own pattern for amounts."""
    return str(Locale.parse(language).currency_formats["standard"].pattern)


def _zone(setting: _Setting, value: datetime) -> tzinfo | None:
    return setting.now.tzinfo if setting.now else value.tzinfo


FILTERS: dict[str, Callable[..., str]] = {"ago": _ago, "money": _money, "date": _date, "phone": _phone}
