"""What all lists share: words looked for, filters, order and pages, all of them out of the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import g, request
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from werkzeug.datastructures import MultiDict

from sandbox.extensions import db
from sandbox.spaces import BLOCK, Colleague, InSpace, current_space, every, found_by
from sandbox.web.formatting import date_long

PER_PAGE = 25
IN_LIST = "in"
LONGEST_QUERY = 200
Pairs = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Filter:
    """A filter of a list: `options` to tick, and the clause for the values that are ticked."""

    name: str
    label: Any
    options: Pairs
    clause: Callable[[list[str]], Any]


@dataclass(frozen=True)
class Column:
    """A column's head, sorted by `by`; on little room go those of `css` last, then minor, then aside."""

    label: Any
    key: str | None = None
    by: Any = None
    num: bool = False
    css: str = ""


@dataclass(frozen=True)
class Place:
    """Where one record stands among all that a list finds: its number from 1, and its neighbours' `n`."""

    number: int
    total: int
    previous: int | None
    next: int | None


@dataclass
class Listed:
    """One page of a list as its template draws it."""

    rows: list[Any]
    total: int
    number: int
    columns: Sequence[Column]
    filters: Sequence[Filter]
    sort: str
    query: str
    chosen: dict[str, list[str]] = field(default_factory=dict)
    totals: Any = None
    by_words: bool = True
    place: Place | None = None

    @property
    def here(self) -> str:
        """What this list was asked for, as a record's address carries it: `?in=status%3Dopen`."""
        kept = urlencode({name: asked().getlist(name) for name in asked()}, doseq=True)
        return f"?{urlencode({IN_LIST: kept})}"

    @property
    def first(self) -> int:
        """Place of the first row shown, from 1; 0 where there is none."""
        return (self.number - 1) * PER_PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Place of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def previous(self) -> str | None:
        """Address of the page before."""
        return self.address(page=self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """Address of the page after."""
        return self.address(page=self.number + 1) if self.last < self.total else None

    @property
    def is_narrowed(self) -> bool:
        """Whether something was looked for or filtered."""
        return bool(self.query or self.chosen)

    def sort_address(self, key: str) -> str:
        """The address that sorts by a column, the other way round if it does already."""
        return self.address(sort=f"-{key}" if self.sort == key else key)

    def chips(self) -> list[dict[str, Any]]:
        """The filters that are on, each with the address that takes it off."""
        chips = []
        if self.query:
            chips.append({"label": _("Search"), "value": self.query, "remove": self.address(q=None)})
        for one in self.filters:
            codes = self.chosen.get(one.name)
            if codes:
                labels = dict(one.options)
                value = ", ".join(str(labels[code]) for code in codes)
                chips.append({"label": one.label, "value": value, "remove": self.address(**{one.name: None})})
        return chips

    def address(self, **changes: Any) -> str:
        """This list with something changed; None takes it out, and only `page=` keeps a page."""
        asked = {name: request.args.getlist(name) for name in request.args if name != "page"}
        for name, value in changes.items():
            asked[name] = [] if value is None else [str(value)]
        words = urlencode(asked, doseq=True)
        return f"{request.path}?{words}" if words else request.path


def listed(
    query: Select[Any],
    model: type[Any],
    *,
    columns: Sequence[Column],
    filters: Sequence[Filter] = (),
    sort: str = "title",
    options: Iterable[Any] = (),
    totals: Callable[[Select[Any]], tuple[int, Any]] | None = None,
) -> Listed:
    """The page of `query` that the address asks for; `totals` counts and sums over all that match."""
    by_words = hasattr(model, "search_key")
    words = words_asked() if by_words else ""
    if words:
        query = query.where(found_by(model, words))
    chosen = {}
    for one in filters:
        known = {code for code, _label in one.options}
        codes = [code for code in dict.fromkeys(asked().getlist(one.name)) if code in known]
        if codes:
            chosen[one.name] = codes
            query = query.where(one.clause(codes))
    by = {column.key: column.by for column in columns if column.key}
    order = asked().get("sort", sort)
    order = order if order.removeprefix("-") in by else sort
    key = by[order.removeprefix("-")]
    ordered = ((key.desc() if order.startswith("-") else key.asc()).nulls_last(), model.id)
    if g.get("sought_in_list") is not None:
        place = _place(query, model, ordered, g.sought_in_list)
        return Listed([], 0, 1, columns, filters, order, words, chosen, by_words=by_words, place=place)
    if totals:
        total, summed = totals(query)
    else:
        total, summed = count(query), None
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(1, asked().get("page", 1, type=int)), pages)
    page = query.options(*options).order_by(*ordered).offset((number - 1) * PER_PAGE).limit(PER_PAGE)
    rows = list(db.session.scalars(page))
    return Listed(rows, total, number, columns, filters, order, words, chosen, summed, by_words)


def asked() -> MultiDict[str, str]:
    """What a list is asked for: by the address, or by the list that a record was opened from."""
    instead: MultiDict[str, str] | None = g.get("asked_of_list")
    return request.args if instead is None else instead


def _place(query: Select[Any], model: type[Any], ordered: Sequence[Any], sought: InSpace) -> Place | None:
    """Where `sought` stands in the query's order, in one statement; None where the query does not find it."""
    numbered = query.with_only_columns(
        model.id,
        func.row_number().over(order_by=ordered).label("number"),
        func.lag(model.id).over(order_by=ordered).label("previous"),
        func.lead(model.id).over(order_by=ordered).label("following"),
        func.count().over().label("total"),
        maintain_column_froms=True,
    ).subquery()
    here = select(model.id, *numbered.c).join(numbered, numbered.c.id == model.id)
    row = db.session.execute(here.where(model.id == sought.id)).one_or_none()
    if row is None:
        return None
    before, after = (n % BLOCK if n else None for n in (row.previous, row.following))
    return Place(row.number, row.total, before, after)


def words_asked() -> str:
    """The words of `?q=`, without what no keyboard types and not longer than any name."""
    typed = "".join(mark for mark in asked().get("q", "") if mark.isprintable() or mark.isspace())
    return " ".join(typed.split())[:LONGEST_QUERY]


def count(query: Select[Any]) -> int:
    """How many rows a select over one kind of record finds."""
    return db.session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def owner_filter(model: type[Any], me: Colleague | None) -> Filter:
    """By owner: me first, then colleagues by name."""
    column = model.owner_id if hasattr(model, "owner_id") else model.assignee_id
    title = _("Owner") if hasattr(model, "owner_id") else _("Assignee")
    if g.get("sought_in_list") is not None and "owner" not in asked():
        return Filter("owner", title, [], lambda codes: column.in_(codes))  # nobody is to be chosen
    people = db.session.scalars(every(Colleague).order_by(Colleague.name)).all()
    ids = {str(one.n): one.id for one in people}
    options: list[tuple[str, Any]] = [(str(one.n), one.name) for one in people]
    if me is not None:
        ids["me"] = me.id
        options = [("me", _("me")), *options]

    def clause(codes: list[str]) -> Any:
        return column.in_([ids[code] for code in codes])

    return Filter("owner", title, options, clause)


def code_filter(name: str, label: Any, column: Any, options: Pairs) -> Filter:
    """By the codes in a column."""
    return Filter(name, label, options, lambda codes: column.in_(codes))


def choices(dictionary: str) -> Pairs:
    """A dictionary of the played company in the reader's language."""
    return current_space().company.choices(dictionary, language())


def label(dictionary: str, code: str | None) -> str:
    """What people call a code of a dictionary; '' for none."""
    return current_space().company.label(dictionary, code, language())


def word(key: str, default: Any) -> str:
    """The firm's own word for a field, such as `lead.budget`, or the default."""
    return current_space().company.word(key, language(), str(default))


def own_facts(kind: str, record: Any) -> list[tuple[str, Any]]:
    """The company's own fields of a record, as labels and readable values."""
    facts = []
    for own in current_space().company.fields_of(kind):
        value = (record.custom or {}).get(own.code)
        labels = {entry.code: entry.title[language()] for entry in own.choices}
        if own.type == "date" and isinstance(value, str):
            value = date_long(date.fromisoformat(value))
        elif isinstance(value, bool):
            value = _("yes") if value else _("no")
        elif isinstance(value, list):
            value = ", ".join(labels.get(each, str(each)) for each in value)
        facts.append((own.title[language()], labels.get(str(value), value)))
    return facts


def language() -> str:
    """The reader's language as a code."""
    locale = get_locale()
    return locale.language if locale else "en"


def tabs(*views: tuple[Any, dict[str, str]]) -> list[dict[str, Any]]:
    """Views of a list as tabs: the one whose filters are exactly those of the address is active."""
    asked = {name: value for name, value in request.args.items(multi=True) if name not in ("sort", "page")}
    several = any(len(request.args.getlist(name)) > 1 for name in asked)
    return [
        {
            "label": label,
            "url": f"{request.path}?{urlencode(values)}" if values else request.path,
            "active": asked == values and not several,
        }
        for label, values in views
    ]


def related(model: type[InSpace], *clauses: Any, limit: int = 6) -> list[Any]:
    """The newest records that belong to another, for its page."""
    newest = every(model).where(*clauses).order_by(model.id.desc()).limit(limit)
    return list(db.session.scalars(newest))
