"""The filters of lists: values to tick, and spans with two ends; all of them stand in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import g, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from sandbox.crm.wording import Pairs, language
from sandbox.kernel.money import BadMoney, parse_money
from sandbox.spaces import Colleague, current_space
from sandbox.spaces.access import colleagues_here
from sandbox.spaces.company_parts import CustomField
from sandbox.web.formatting import date_short, money, number

Asked = MultiDict[str, str]
NOBODY = "none"
FROM, TO = ".from", ".to"


@dataclass(frozen=True)
class Filter:
    """A filter of a list: `options` to tick, and the clause for the values that are ticked."""

    name: str
    label: Any
    options: Pairs
    clause: Callable[[list[str]], Any]
    kind = "ticks"

    @property
    def names(self) -> tuple[str, ...]:
        """Where it stands in the address."""
        return (self.name,)

    def read(self, asked: Asked) -> list[str]:
        """The values that the address ticks; what no option has is passed over."""
        known = {code for code, _label in self.options}
        return [code for code in dict.fromkeys(asked.getlist(self.name)) if code in known]

    def words(self, codes: list[str]) -> str:
        """The ticked values as people read them."""
        labels = dict(self.options)
        return ", ".join(str(labels[code]) for code in codes)


@dataclass(frozen=True)
class Span:
    """A filter with two ends, each of which may stay open: an amount, a number or a day."""

    name: str
    label: Any
    column: Any
    kind: str = "money"
    parse: Callable[[Any], Any] | None = None
    """What the column holds for an end of the span, where that is not the end itself."""

    options: Pairs = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Where its ends stand in the address."""
        return (self.name + FROM, self.name + TO)

    def read(self, asked: Asked) -> list[str]:
        """Both ends as they were typed, '' where one is open or makes no sense; empty where both are."""
        ends = [asked.get(name, "").strip() for name in self.names]
        kept = [typed if self._end(typed) is not None else "" for typed in ends]
        return kept if any(kept) else []

    def clause(self, ends: list[str]) -> Any:
        """The clause for records between the ends, both included."""
        low, high = (self._held(typed) for typed in ends)
        clause = self.column.is_not(None)
        if low is not None:
            clause = clause & (self.column >= low)
        if high is not None:
            clause = clause & (self.column <= high)
        return clause

    def words(self, ends: list[str]) -> str:
        """The span as people read it."""
        low, high = (self._shown(self._end(typed)) for typed in ends)
        if low and high:
            return f"{low} – {high}"
        return _("from %(low)s", low=low) if low else _("up to %(high)s", high=high)

    def _held(self, typed: str) -> Any:
        end = self._end(typed)
        return self.parse(end) if self.parse and end is not None else end

    def _end(self, typed: str) -> Any:
        if not typed:
            return None
        try:
            if self.kind == "date":
                return date.fromisoformat(typed)
            found = parse_money(typed)
        except (ValueError, BadMoney):
            return None
        return found if abs(found) < Decimal(10) ** 12 else None

    def _shown(self, end: Any) -> str:
        shown: dict[str, Callable[[Any], str]] = {"date": date_short, "money": money, "number": number}
        return shown[self.kind](end)


AnyFilter = Filter | Span


def asked() -> Asked:
    """What a list is asked for, its view spelt out: by the address, or by where a record was opened from."""
    spelt: Asked | None = g.get("list_asks")
    if spelt is not None:
        return spelt
    instead: Asked | None = g.get("asked_of_list")
    return request.args if instead is None else instead


def owner_filter(model: type[Any], me: Colleague | None) -> Filter:
    """By owner: me first, then colleagues by name, and what nobody looks after."""
    column = model.owner_id if hasattr(model, "owner_id") else model.assignee_id
    title = _("Owner") if hasattr(model, "owner_id") else _("Assignee")
    if g.get("sought_in_list") is not None and "owner" not in asked():
        return Filter("owner", title, [], lambda codes: column.in_(codes))  # nobody is to be chosen
    people = colleagues_here()
    ids = {str(one.n): one.id for one in people}
    options: list[tuple[str, Any]] = [(str(one.n), one.name) for one in people]
    if me is not None:
        ids["me"] = me.id
        options = [("me", _("me")), *options]

    def clause(codes: list[str]) -> Any:
        chosen = column.in_([ids[code] for code in codes if code in ids])
        return chosen | column.is_(None) if NOBODY in codes else chosen

    return Filter("owner", title, [*options, (NOBODY, _("nobody"))], clause)


def code_filter(name: str, label: Any, column: Any, options: Pairs, *, blank: bool = False) -> Filter:
    """By the codes in a column; with `blank` also by that none is given."""

    def clause(codes: list[str]) -> Any:
        chosen = column.in_([code for code in codes if code != NOBODY])
        return chosen | column.is_(None) if blank and NOBODY in codes else chosen

    return Filter(name, label, [*options, (NOBODY, _("not given"))] if blank else options, clause)


def own_filters(kind: str, model: type[Any]) -> Sequence[AnyFilter]:
    """By the fields that the played company has added to a kind of record."""
    return [_own_filter(own, model) for own in current_space().company.fields_of(kind)]


def own_column(own: CustomField, model: type[Any]) -> Any:
    """What a company's own field holds, to filter and sort by."""
    held = model.custom[own.code]
    return held.as_float() if own.type == "number" else held.as_string()


def _own_filter(own: CustomField, model: type[Any]) -> AnyFilter:
    name, title, column = f"custom.{own.code}", own.title[language()], own_column(own, model)
    if own.type == "choice":
        options = [(entry.code, entry.title[language()]) for entry in own.choices]
        return code_filter(name, title, column, options, blank=True)
    if own.type in ("number", "date"):
        return Span(name, title, column, own.type, parse=float if own.type == "number" else date.isoformat)
    if own.type == "bool":
        ticked = model.custom[own.code].as_boolean()
        return _yes_or_no(name, title, ticked.is_(True), _("yes"), _("no"))
    return _yes_or_no(name, title, column.is_not(None), _("given"), _("not given"))


def _yes_or_no(name: str, title: Any, holds: Any, yes: str, no: str) -> Filter:
    """By whether something holds; what is not known counts as no."""

    def clause(codes: list[str]) -> Any:
        if len(codes) > 1:
            return holds | holds.is_not(True)
        return holds if codes == ["yes"] else holds.is_not(True)

    return Filter(name, title, [("yes", yes), ("no", no)], clause)
