"""What all lists share: words looked for, filters, order, columns and pages, all out of the address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from flask import g, request
from flask_babel import gettext as _
from sqlalchemy import ColumnClause, Select, bindparam, func, select
from werkzeug.datastructures import MultiDict

from sandbox.crm.columns import Cell, Column
from sandbox.crm.filters import AnyFilter, Filter, Span, asked, code_filter, owner_filter
from sandbox.crm.own_lists import PLACE, ListView, Shelf, shelf_of, without_place
from sandbox.crm.putting_away import deleted_filter
from sandbox.crm.wording import choices, label, language, own_facts, word
from sandbox.extensions import db
from sandbox.spaces import BLOCK, InSpace, every, found_by, kept

__all__ = [
    "Column",
    "Filter",
    "Listed",
    "Place",
    "Span",
    "asked",
    "choices",
    "code_filter",
    "label",
    "language",
    "listed",
    "own_facts",
    "owner_filter",
    "tabs",
    "without_views",
    "word",
]

PER_PAGE, PAGE_SIZES = 25, (25, 50, 100)
IN_LIST = "in"
LONGEST_QUERY = 200
BESIDE = 6
ALL = "all"


@dataclass(frozen=True)
class Place:
    """Where one record stands among all that a list finds: its number from 1, and its neighbours' `n`."""

    number: int
    total: int
    previous: int | None
    next: int | None


@dataclass
class Listed:
    """One page of a list as its template draws it; `query` finds all that match, in order."""

    model: type[Any]
    query_of_all: Select[Any]
    all_columns: Sequence[Column]
    filters: Sequence[AnyFilter]
    asked: MultiDict[str, str]
    sort: str
    query: str
    chosen: dict[str, list[str]]
    shelf: Shelf = field(default_factory=Shelf)
    view: ListView | None = None
    rows: list[Any] = field(default_factory=list)
    total: int = 0
    sums: dict[str, Any] = field(default_factory=dict)
    number: int = 1
    per: int = PER_PAGE
    by_words: bool = True
    place: Place | None = None

    @property
    def columns(self) -> list[Column]:
        """The columns that are shown, in the order in which they were chosen; the first stays the first."""
        first, *others = self.all_columns
        chosen = self.shelf.columns(self.view)
        if chosen is None:
            return [first, *(column for column in others if not column.offered)]
        known = {column.key: column for column in others if column.key}
        return [first, *(known[key] for key in dict.fromkeys(chosen) if key in known)]

    @property
    def has_own_columns(self) -> bool:
        """Whether somebody chose what is shown."""
        return self.shelf.columns(self.view) is not None

    def cells(self) -> list[tuple[str, str, Cell]]:
        """For each column that is shown: the class of its cells, what they edit, and what draws them."""
        return [(column.cell_class, column.edits, column.draws(self)) for column in self.columns]

    @property
    def here(self) -> str:
        """What this list was asked for, as a record's address carries it: `?in=status%3Dopen`."""
        return f"?{urlencode({IN_LIST: urlencode(self.asked.to_dict(flat=False), doseq=True)})}"

    @property
    def first(self) -> int:
        """Place of the first row shown, from 1; 0 where there is none."""
        return (self.number - 1) * self.per + 1 if self.rows else 0

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
    def sizes(self) -> list[tuple[int, str]]:
        """How many rows a page may have, each with its address; none where all stand on the smallest page."""
        if self.total <= PER_PAGE:
            return []
        return [(size, self.address(per=size if size != PER_PAGE else None)) for size in PAGE_SIZES]

    @property
    def is_narrowed(self) -> bool:
        """Whether something was looked for or filtered."""
        return bool(self.query or self.chosen)

    @property
    def bare(self) -> str:
        """The address of the list with nothing asked."""
        return f"{request.path}?view={ALL}" if self.shelf.opens is not None else request.path

    @property
    def kept(self) -> str:
        """What a view of this list keeps: filters and order, as they stand behind the question mark."""
        return urlencode(without_place(self.asked), doseq=True)

    @property
    def has_changed(self) -> bool:
        """Whether the list is asked for something else than its view says."""
        if self.view is None:
            return False
        mine = self.shelf.choices.get(self.view.n)
        asks = without_place(self.view.asks)
        asks.setdefault("sort", [self.sort])
        now = {**without_place(self.asked), "sort": [self.sort]}
        return asks != now or bool(mine and mine.columns and mine.columns != self.view.columns)

    def sort_address(self, key: str) -> str:
        """The address that sorts by a column, the other way round if it does already."""
        return self.address(sort=f"-{key}" if self.sort == key else key)

    def chips(self) -> list[dict[str, Any]]:
        """The filters that are on, each with the address that takes it off, and itself to be changed."""
        chips: list[dict[str, Any]] = []
        if self.query:
            chips.append({"label": _("Search"), "value": self.query, "remove": self.address(q=None)})
        for one in self.filters:
            values = self.chosen.get(one.name)
            if values:
                off = self.address(**dict.fromkeys(one.names))
                chips.append(
                    {
                        "label": one.label,
                        "value": one.words(values),
                        "remove": off,
                        "filter": one,
                        "values": values,
                    }
                )
        return chips

    def others(self, *names: str) -> list[tuple[str, str]]:
        """What else the list is asked for, for a form that asks for `names` anew."""
        asked = {**self._explicit(), **{name: [] for name in (*names, "page")}}
        return [(name, value) for name, values in asked.items() for value in values]

    def address(self, **changes: Any) -> str:
        """This list with something changed; None takes it out, and only `page=` keeps a page."""
        asked = {name: values for name, values in self._explicit().items() if name != "page"}
        for name, value in changes.items():
            asked[name] = [] if value is None else [str(value)]
        words = urlencode(asked, doseq=True)
        return f"{request.path}?{words}" if words else self.bare

    def _explicit(self) -> dict[str, list[str]]:
        asked: dict[str, list[str]] = self.asked.to_dict(flat=False)
        if self.view is not None:
            asked.setdefault(
                "sort", [self.sort]
            )  # so that taking the last filter off does not bring all back
        return asked


def listed(
    query: Select[Any],
    model: type[Any],
    *,
    columns: Sequence[Column],
    filters: Sequence[AnyFilter] = (),
    sort: str = "title",
    options: Iterable[Any] = (),
    sums: dict[str, Any] | None = None,
) -> Listed:
    """The page of `query` that the address asks for, counted and summed over all that match.

    `sums` are added up besides those of the columns.
    """
    asks, shelf, view = asked(), g.list_shelf, g.list_view
    by_words = hasattr(model, "search_key")
    words = words_asked(asks) if by_words else ""
    if words:
        query = query.where(found_by(model, words))
    filters = (*filters, *deleted_filter(model))
    chosen = {}
    for one in filters:
        values = one.read(asks)
        if values:
            chosen[one.name] = values
            query = query.where(one.clause(values))
    by = {column.key: column.by for column in columns if column.sorts}
    order = asks.get("sort", sort)
    order = order if order.removeprefix("-") in by else sort
    key = by[order.removeprefix("-")]
    first = key.desc() if order.startswith("-") else key.asc()
    # where nothing is missing, an index that stands in this order serves without "nulls last"
    ordered = (first if _is_full(key) else first.nulls_last(), model.id)
    whole = query.options(*options).order_by(*ordered)
    found = Listed(model, whole, columns, filters, asks, order, words, chosen, shelf, view, by_words=by_words)
    if g.get("sought_in_list") is not None:
        found.place = _place(query, model, ordered, g.sought_in_list)
    elif g.get("asked_of_list") is None:
        _fill(
            found, query, {**{one.key: one.sums for one in columns if one.sums is not None}, **(sums or {})}
        )
    return found


def _is_full(key: Any) -> bool:
    column = getattr(key, "expression", key)
    return isinstance(column, ColumnClause) and not getattr(column, "nullable", True)


def _fill(found: Listed, query: Select[Any], sums: dict[str, Any]) -> None:
    """Count, sum, and read the rows of the page that is asked for."""
    added = [func.sum(column).label(f"sum_{place}") for place, column in enumerate(sums.values())]
    row = db.session.execute(query.with_only_columns(func.count(), *added, maintain_column_froms=True)).one()
    found.total, found.sums = row[0], dict(zip(sums, row[1:], strict=True))
    per = found.asked.get("per", PER_PAGE, type=int)
    found.per = per if per in PAGE_SIZES else PER_PAGE
    pages = max(1, -(-found.total // found.per))
    found.number = min(max(1, found.asked.get("page", 1, type=int)), pages)
    shown = [column.loads for column in found.columns if column.loads is not None]
    page = found.query_of_all.options(*shown).offset((found.number - 1) * found.per).limit(found.per)
    found.rows = list(db.session.scalars(page))


@contextmanager
def view_spelt_out(model: type[InSpace]) -> Iterator[None]:
    """Have `asked` say what the list of a kind of record is asked for, also where only a view is named."""
    g.list_asks, g.list_shelf, g.list_view = _asked_with_view(model)
    try:
        yield
    finally:
        for name in ("list_asks", "list_shelf", "list_view"):
            g.pop(name)


@contextmanager
def without_views() -> Iterator[None]:
    """Have a list that belongs to another record ask by the address alone: nobody keeps views of it."""
    g.list_asks, g.list_shelf, g.list_view = asked(), Shelf(), None
    try:
        yield
    finally:
        for name in ("list_asks", "list_shelf", "list_view"):
            g.pop(name)


def _asked_with_view(model: type[InSpace]) -> tuple[MultiDict[str, str], Shelf, ListView | None]:
    """What the list is asked for, a view spelt out: one that is named, or the one it begins with."""
    asks = asked()
    inside = g.get("asked_of_list") is not None
    if g.get("sought_in_list") is not None and "view" not in asks:
        return asks, Shelf(), None
    shelf = shelf_of(model.__table__.name, g.get("colleague"))
    view = shelf.view(asks.get("view", type=int))
    bare = not without_place(asks)
    if view is None and bare and not inside and asks.get("view") != ALL:
        view = shelf.opens
    if view is None:
        return asks, shelf, None
    if bare:
        spelt = view.asks
        for name in PLACE:
            spelt.setlist(name, asks.getlist(name) if name != "view" else [str(view.n)])
        return MultiDict([(name, value) for name, value in spelt.items(multi=True)]), shelf, view
    return asks, shelf, view


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


def words_asked(asks: MultiDict[str, str] | None = None) -> str:
    """The words of `?q=`, without what no keyboard types and not longer than any name."""
    given = (asked() if asks is None else asks).get("q", "")
    typed = "".join(mark for mark in given if mark.isprintable() or mark.isspace())
    return " ".join(typed.split())[:LONGEST_QUERY]


def count(query: Select[Any]) -> int:
    """How many rows a select over one kind of record finds."""
    return db.session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def tabs(*views: tuple[Any, dict[str, str]]) -> list[dict[str, Any]]:
    """Views of a list as tabs: the one whose filters are exactly those of the address is active."""
    apart = ("sort", *PLACE)
    asked = {name: value for name, value in request.args.items(multi=True) if name not in apart}
    several = any(len(request.args.getlist(name)) > 1 for name in asked)
    return [
        {
            "label": label,
            "url": f"{request.path}?{urlencode(values)}" if values else request.path,
            "active": asked == values and not several,
        }
        for label, values in views
    ]


def related(model: Any, column: Any, record: InSpace) -> list[Any]:
    """The newest of a kind that name `record` in a column, for its page."""
    return list(db.session.scalars(_newest_with(model, column.key), {"on": record.id}))


@cache
def _newest_with(model: Any, column: str) -> Any:
    """The statement, with a place for the record."""
    mine = every(model).where(getattr(model, column) == bindparam("on"))
    return kept(mine.order_by(model.id.desc()).limit(BESIDE))
