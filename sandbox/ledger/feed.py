"""The activity feed: what an event says in the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import g
from flask_babel import format_date, format_datetime, get_locale
from flask_babel import gettext as _

from sandbox.ledger.fields import ChoiceField, DayField, MomentField, MoneyField, PercentField
from sandbox.ledger.models import Event
from sandbox.ledger.registry import Action, registry
from sandbox.scenarios.language.quotes import nest_quotes
from sandbox.spaces import current_space
from sandbox.web.formatting import money, percent


class _Said(dict[str, str]):
    """Values for a sentence, put into words when it names them; what the event lacks is not filled in."""

    def __init__(self, declared: Action | None, values: dict[str, Any]) -> None:
        super().__init__()
        self.declared, self.told = declared, values

    def __missing__(self, key: str) -> str:
        value = self.told.get(key)
        if value is None or self.declared is None:
            return "—"
        return shown(value, None if isinstance(value, dict) else _fields(self.declared).get(key))


def sentence(event: Event, values: dict[str, Any] | None = None) -> str:
    """One sentence: who did what, with values as a person reads them; `values` instead of the event's own."""
    declared = registry.actions.get(event.action)
    values = event.values if values is None else values
    usual = {"by": event.by.name if event.by else _("The system"), "record": event.record_title or ""}
    said = _Said(declared, values)
    said.update({name: words for name, words in usual.items() if values.get(name) is None})
    if declared is None and not event.undoes:
        return _("%(by)s laid out the data", by=usual["by"])
    if declared is None:
        return _("%(by)s undid %(count)s changes", by=usual["by"], count=values.get("count", 0))
    return nest_quotes(str(declared.says) % said)


def masked_sentence(event: Event) -> str:
    """Who did what, without what it was done with: for a person whose data was taken off the card."""
    declared = registry.actions[event.action]
    by = event.by.name if event.by else _("The system")
    return _("%(by)s: “%(what)s”, the details are masked", by=by, what=declared.title)


def shown_values(declared: Action, values: dict[str, Any]) -> dict[str, str]:
    """An event's values as texts: labels for codes, titles for records, money and dates for the language."""
    fields = _fields(declared)
    return {name: shown(value, fields.get(name)) for name, value in values.items() if value is not None}


def shown(value: Any, field: Any = None) -> str:
    """One value as a text."""
    if isinstance(value, dict):
        language = _language()
        return str(value.get("title") or value.get(language) or value.get("en") or "")
    if isinstance(field, ChoiceField) and field.dictionary:
        return str(current_space().company.label(field.dictionary, str(value), _language()))
    if isinstance(field, ChoiceField):
        labels = {choice[0]: choice[1] for choice in field.choices or []}
        return str(labels.get(value, value))
    if isinstance(field, PercentField):
        return percent(Decimal(str(value)) / 100, exact=True)
    if isinstance(field, MoneyField):
        return money(Decimal(str(value)), current_space().company.currency)
    if isinstance(field, DayField):
        return format_date(date.fromisoformat(value), "d MMMM", rebase=False)
    if isinstance(field, MomentField):
        moment = datetime.fromisoformat(value).astimezone(current_space().zone)
        return format_datetime(moment, "d MMMM, HH:mm", rebase=False)
    return str(value)


def _fields(declared: Action) -> dict[str, Any]:
    """The fields of an action's form; a feed tells of the same action many times."""
    known = g.setdefault("fields_of_feed", {})
    key = (current_space().id, declared.code, _language())
    if key not in known:
        known[key] = dict(declared.form()._fields)
    return dict(known[key])


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "en"
