"""What the played company calls things: entries of its dictionaries, its own words and its own fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import gettext as _

from sandbox.spaces import current_space
from sandbox.spaces.company_parts import CustomField
from sandbox.web.formatting import date_long, number

Pairs = Sequence[tuple[str, Any]]
# As the company file lists the forms of a unit; each language has some of them.
_PLURALS = ("one", "few", "many", "other")


def choices(dictionary: str) -> Pairs:
    """A dictionary of the played company in the reader's language."""
    return current_space().company.choices(dictionary, language())


def label(dictionary: str, code: str | None) -> str:
    """What people call a code of a dictionary; '' for none."""
    return current_space().company.label(dictionary, code, language())


def word(key: str, default: Any) -> str:
    """The firm's own word for a field, such as `lead.budget`, or the default."""
    return current_space().company.word(key, language(), str(default))


def counted(quantity: int, unit: str) -> str:
    """So many of a unit, in the form that the firm's language counts with: 2 карты, 5 карт, 40 cartons."""
    company = current_space().company
    forms = company.units.get(unit) or [unit]
    rule = Locale.parse(company.locale).plural_form
    tags = [tag for tag in _PLURALS if tag in {*rule.tags, "other"}]
    return f"{number(quantity)} {forms[min(tags.index(rule(quantity)), len(forms) - 1)]}"


def own_facts(kind: str, record: Any) -> list[tuple[str, Any]]:
    """The company's own fields of a record, as labels and readable values."""
    return [
        (own.title[language()], own_value(own, record)) for own in current_space().company.fields_of(kind)
    ]


def own_value(own: CustomField, record: Any) -> Any:
    """One of the company's own fields of a record as people read it; None where it is not given."""
    value = (record.custom or {}).get(own.code)
    labels = {entry.code: entry.title[language()] for entry in own.choices}
    if own.type == "date" and isinstance(value, str):
        return date_long(date.fromisoformat(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(labels.get(each, str(each)) for each in value)
    return labels.get(str(value), value)


def language() -> str:
    """The reader's language as a code."""
    locale = get_locale()
    return locale.language if locale else "en"
