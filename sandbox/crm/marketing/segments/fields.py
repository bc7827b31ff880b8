"""What a segment may ask of a record: a field knows its operators, its words, and its clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext
from sqlalchemy import and_, false, func, not_

from sandbox.crm.wording import Pairs
from sandbox.kernel.fold import search_key
from sandbox.kernel.money import BadMoney, parse_money
from sandbox.web.formatting import money, number

Clause = Callable[[str, Sequence[str], datetime], Any]

CHOICE, BOOL, NUMBER, MONEY, DAYS, TEXT = "choice", "bool", "number", "money", "days", "text"
ANY_OF, NONE_OF = "any_of", "none_of"
YES, NO = "yes", "no"
AT_LEAST, AT_MOST = "at_least", "at_most"
WITHIN, NOT_WITHIN = "within", "not_within"
CONTAINS, FILLED, EMPTY = "contains", "filled", "empty"

OPERATORS: dict[str, tuple[str, ...]] = {
    CHOICE: (ANY_OF, NONE_OF),
    BOOL: (YES, NO),
    NUMBER: (AT_LEAST, AT_MOST),
    MONEY: (AT_LEAST, AT_MOST),
    DAYS: (WITHIN, NOT_WITHIN),
    TEXT: (CONTAINS, FILLED, EMPTY),
}
NO_VALUE = (YES, NO, FILLED, EMPTY)
MOST_DAYS = 36500


@dataclass(frozen=True)
class SegmentField:
    """A field that can be asked. `about` names whose it is: the contact's, the company's.

    `clause(operator, values, now)` is asked with positive operators only; the negative ones turn it round,
    so that a record without the field counts as "not". A yes-or-no field has its two sentences.
    """

    code: str
    label: Any
    kind: str
    clause: Clause
    about: Any = ""
    options: Callable[[], Pairs] = tuple
    yes: Any = ""
    no: Any = ""
    picked: Any = ""
    """Its label where whose it is stands above; `label` where it is empty."""

    @property
    def operators(self) -> tuple[str, ...]:
        """What may be asked of it."""
        return OPERATORS[self.kind]

    def ask(self, operator: str, values: Sequence[str], now: datetime) -> Any:
        """The clause for records that fit."""
        positive = {NONE_OF: ANY_OF, NO: YES, NOT_WITHIN: WITHIN, EMPTY: FILLED}
        clause = self.clause(positive.get(operator, operator), values, now)
        return not_(func.coalesce(clause, false())) if operator in positive else clause

    def said(self, operator: str, values: Sequence[str]) -> str:
        """The condition in words."""
        if operator in (YES, NO):
            return str(self.yes if operator == YES else self.no)
        label = str(self.label)
        if operator in (FILLED, EMPTY):
            words = _("%(field)s is filled in") if operator == FILLED else _("%(field)s is empty")
            return words % {"field": label}
        return self._said_of(label, operator, values)

    def value_said(self, value: str) -> str:
        """One value as people read it."""
        if self.kind == CHOICE:
            return str(dict(self.options()).get(value, value))
        if self.kind == MONEY:
            return money(Decimal(value))
        return number(Decimal(value)) if self.kind in (NUMBER, DAYS) else value

    def cleaned(self, typed: str) -> str | None:
        """A typed value as it is kept; None where it makes no sense."""
        typed = typed.strip()
        if self.kind == TEXT:
            return typed or None
        if self.kind == DAYS:
            return str(int(typed)) if typed.isdecimal() and 0 < int(typed) <= MOST_DAYS else None
        try:
            value = parse_money(typed) if self.kind == MONEY else Decimal(typed.replace(",", "."))
        except (BadMoney, InvalidOperation):
            return None
        return f"{value.normalize():f}" if value.is_finite() and abs(value) < 10**12 else None

    def _said_of(self, label: str, operator: str, values: Sequence[str]) -> str:
        shown = [self.value_said(value) for value in values]
        if operator == ANY_OF:
            joined = _listed(shown, pgettext("any of", " or "))
            return pgettext("condition", "%(field)s is %(values)s", field=label, values=joined)
        if operator == NONE_OF:
            joined = _listed(shown, pgettext("none of", " or "))
            return pgettext("condition", "%(field)s is not %(values)s", field=label, values=joined)
        if operator == CONTAINS:
            return _("%(field)s contains “%(value)s”", field=label, value=shown[0])
        if operator == AT_LEAST:
            return _("%(field)s: %(value)s or more", field=label, value=shown[0])
        if operator == AT_MOST:
            return _("%(field)s: %(value)s or less", field=label, value=shown[0])
        days = int(values[0])
        if operator == WITHIN:
            return ngettext(
                "%(field)s: in the last %(num)d day", "%(field)s: in the last %(num)d days", days, field=label
            )
        return ngettext(
            "%(field)s: not in the last %(num)d day",
            "%(field)s: not in the last %(num)d days",
            days,
            field=label,
        )


class BadValue(ValueError):
    """A value that does not fit the field; the message is a sentence for people."""


def values_for(field: SegmentField, operator: str, codes: Sequence[str], typed: str | None) -> list[str]:
    """What a condition keeps of what was ticked or typed; raises BadValue where it does not fit the field."""
    if operator not in field.operators:
        raise BadValue(_("Choose one of the list."))
    if operator in NO_VALUE:
        return []
    if field.kind != CHOICE:
        cleaned = field.cleaned(typed or "")
        if cleaned is None:
            raise BadValue(_what_fits(field.kind))
        return [cleaned]
    known = [code for code, _words in field.options()]
    if not codes:
        raise BadValue(_("Tick at least one."))
    if not set(codes) <= set(known):
        raise BadValue(_("Choose one of the list."))
    return [code for code in known if code in codes]


def _what_fits(kind: str) -> str:
    if kind == DAYS:
        return _("Write a whole number of days, such as 30.")
    return _("Write some words.") if kind == TEXT else _("Write a number, such as 40.")


Provider = Callable[[], Iterable[SegmentField]]
_providers: dict[str, list[Provider]] = defaultdict(list)


def asks(kind: str) -> Callable[[Provider], Provider]:
    """Declare a function that names fields of a kind of record; areas above marketing add theirs so."""

    def declare(provider: Provider) -> Provider:
        _providers[kind].append(provider)
        return provider

    return declare


def fields_of(kind: str) -> dict[str, SegmentField]:
    """All that may be asked of a kind of record in this space, by code."""
    return {one.code: one for provider in _providers[kind] for one in provider()}


def choice(code: str, label: Any, column: Any, options: Callable[[], Pairs], about: Any = "") -> SegmentField:
    """A field that holds one code of a dictionary."""
    return SegmentField(code, label, CHOICE, lambda _op, values, _now: column.in_(values), about, options)


def amount(code: str, label: Any, column: Any, about: Any = "", kind: str = NUMBER) -> SegmentField:
    """A field that holds a number or a sum."""

    def clause(operator: str, values: Sequence[str], _now: datetime) -> Any:
        # a column of money takes decimals, a number out of JSON is compared as one
        value: Any = Decimal(values[0]) if kind == MONEY else float(values[0])
        return column >= value if operator == AT_LEAST else column <= value

    return SegmentField(code, label, kind, clause, about)


def moment(code: str, label: Any, column: Any, about: Any = "") -> SegmentField:
    """A field that holds when something was."""
    return SegmentField(
        code, label, DAYS, lambda _op, values, now: column >= days_before(now, values[0]), about
    )


def text(code: str, label: Any, column: Any, about: Any = "", folded: Any = None) -> SegmentField:
    """A field of words; `folded` is the column to look in for a part of a word, whatever its case."""

    def clause(operator: str, values: Sequence[str], _now: datetime) -> Any:
        if operator == FILLED:
            return and_(column.is_not(None), column != "")
        if folded is not None:
            return folded.contains(search_key(values[0]), autoescape=True)
        return column.contains(values[0], autoescape=True)

    return SegmentField(code, label, TEXT, clause, about)


def fact(code: str, label: Any, yes: Any, no: Any, clause: Any, about: Any = "") -> SegmentField:
    """Something that is so or is not."""
    return SegmentField(code, label, BOOL, lambda _op, _values, _now: clause, about, yes=yes, no=no)


def days_before(now: datetime, days: str) -> datetime:
    """So many days before `now`; no further back than dates go."""
    return now - timedelta(days=min(int(days), MOST_DAYS))


def of_another(
    one: SegmentField, prefix: str, label: Any, about: Any, wrap: Callable[[Any], Any]
) -> SegmentField:
    """A field of another record, such as a contact's company: `wrap` leads from one to the other."""

    def clause(operator: str, values: Sequence[str], now: datetime) -> Any:
        return wrap(one.clause(operator, values, now))

    code = f"{prefix}.{one.code.partition('.')[2]}"
    return replace(one, code=code, label=label, picked=one.label, about=about, clause=clause)


def _listed(shown: Sequence[str], joint: str) -> str:
    """“A, B or C”: the joint stands once, so that it is not taken for one between conditions."""
    return joint.join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
