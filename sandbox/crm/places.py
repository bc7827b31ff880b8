"""A record's place in the list that it was opened from: "3 of 18", its neighbours, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import g, request
from werkzeug.datastructures import MultiDict

from sandbox.crm.lists import IN_LIST, PAGE_SIZES, PER_PAGE, Listed, view_spelt_out
from sandbox.spaces import Colleague, InSpace, current_space
from sandbox.web.local_address import local_address

Lists = Callable[[], Listed]
BACK = "back"
_LONGEST = 2000
_lists: dict[type[InSpace], Lists] = {}


@dataclass(frozen=True)
class WayBack:
    """Where the list is left off, and who stands beside the record there."""

    address: str
    number: int | None = None
    total: int | None = None
    previous: str | None = None
    next: str | None = None


def lists(model: type[InSpace]) -> Callable[[Lists], Lists]:
    """Declare the function as the list of a kind of record, through which its pages lead on and back."""

    def declare(function: Lists) -> Lists:
        @wraps(function)
        def asked_for() -> Listed:
            with view_spelt_out(model):
                return function()

        _lists[model] = asked_for
        return asked_for

    return declare


def has_list(table: str) -> bool:
    """Whether the records of a table have a list."""
    return any(model.__table__.name == table for model in _lists)


def list_of(table: str, asked: MultiDict[str, str], me: Colleague | None) -> Listed | None:
    """The list of a table as `me` asks for it, without reading its rows; None where there is none."""
    make = next((make for model, make in _lists.items() if model.__table__.name == table), None)
    if make is None:
        return None
    before = g.get("colleague")
    g.colleague = me
    try:
        with _asking(asked, None):
            return make()
    finally:
        g.colleague = before


def way_back(record: InSpace) -> WayBack | None:
    """The record's place in the list named by `?in=`, or the page named by `?back=`; None without either."""
    if BACK in request.args:
        return WayBack(local_address(request.args[BACK]))
    kept = request.args.get(IN_LIST)
    make = _lists.get(type(record))
    if kept is None or make is None or len(kept) > _LONGEST:
        return None
    asked: MultiDict[str, str] = MultiDict(parse_qsl(kept, max_num_fields=60) if kept else [])
    with _asking(asked, record):
        place = make().place
    home = f"/s/{current_space().id}/{record.__table__.name}"
    if place is None:
        return WayBack(_address(home, asked))
    per = asked.get("per", PER_PAGE, type=int)
    page = (place.number - 1) // (per if per in PAGE_SIZES else PER_PAGE) + 1
    asked.setlist("page", [str(page)] if page > 1 else [])
    beside = [
        f"{home}/{n}?{urlencode({IN_LIST: kept})}" if n is not None else None
        for n in (place.previous, place.next)
    ]
    return WayBack(_address(home, asked), place.number, place.total, *beside)


@contextmanager
def _asking(asked: MultiDict[str, str], sought: InSpace | None) -> Iterator[None]:
    """Have a list answer for another address than this page's: where a record stands, or what it asks."""
    g.asked_of_list, g.sought_in_list = asked, sought
    try:
        yield
    finally:
        g.pop("asked_of_list"), g.pop("sought_in_list")


def _address(home: str, asked: MultiDict[str, str]) -> str:
    words = urlencode(asked.to_dict(flat=False), doseq=True)
    return f"{home}?{words}" if words else home


def kept_in_list(address: str, **more: Any) -> str:
    """An address of this page with `more`, still in the list that the record was opened from."""
    kept = {name: request.args[name] for name in (IN_LIST, BACK) if name in request.args}
    words = urlencode({**more, **kept})
    return f"{address}?{words}" if words else address
