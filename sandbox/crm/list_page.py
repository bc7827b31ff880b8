"""The page of every list: its views, filters, columns, rows and sums; an area declares, nothing is copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, g, request, url_for
from flask_babel import gettext as _

from sandbox.crm.bulk.ways import merging, ways_for
from sandbox.crm.inline import editing, fields_of
from sandbox.crm.lists import Listed, tabs
from sandbox.crm.own_lists import ListView
from sandbox.crm.putting_away import DELETED
from sandbox.ledger.offers import Offer, offer, offer_to_create
from sandbox.ledger.registry import registry
from sandbox.spaces import current_space
from sandbox.spaces.access import works_here
from sandbox.web.formatting import money, number
from sandbox.web.respond import here_address, page

Tab = tuple[Any, dict[str, str]]
ICON, TITLE, HINT = "icon", "title", "hint"


def list_page(
    found: Listed,
    *,
    title: Any,
    label: Any,
    views: Sequence[Tab],
    empty: tuple[str, Any, Any],
    create: Offer | None = None,
    lead: str | None = None,
    foot: str | None = None,
    more: Sequence[Offer | None] = (),
    looks: Any = None,
) -> Response:
    """The page of a list; `label` names its views, `lead` stands beside the title, `foot` before the sums.

    `views` are those that the house brings along, as label and filters; `empty` is what an empty list
    shows: an icon, a title and a hint. `looks` are other ways to look at the same records.
    """
    return page(
        "crm/list.html",
        found=found,
        sum_words=sum_words,
        title=title,
        label=label,
        tabs=[*_tabs(found, views), *_own_tabs(found)],
        empty=dict(zip((ICON, TITLE, HINT), empty, strict=True)),
        create=create,
        lead=lead,
        foot=foot,
        more=[one for one in more if one is not None],
        looks=looks,
        kept=_keeping(found),
        bulk=_bulk(found),
        editing=_editing(found),
        files=_files(found),
        choose_columns=_leading("list.choose_columns", of=found.model.__table__.name, view=_view_n(found)),
    )


def _bulk(found: Listed) -> dict[str, Any] | None:
    """What may be done with many of the records; None for one who only looks on."""
    me = g.get("colleague")
    if me is None or not works_here():
        return None
    shows_deleted = DELETED in found.chosen
    return {
        "url": url_for("bulk.ask", space=current_space().id),
        "ways": ways_for(found.model, me, deleted=shows_deleted),
        "merge": None if shows_deleted else merging(found.model, me),
        "hidden": {**_asking(found), "return_to": here_address()},
    }


def _editing(found: Listed) -> set[str]:
    """The fields that are changed where they stand in the list; none where the job role may not."""
    declared = editing(found.model) if DELETED not in found.chosen else None
    return {one.edits for one in found.columns} & fields_of(declared) if declared is not None else set()


def _files(found: Listed) -> list[tuple[str, str]]:
    """The kinds of file in which all that match can be had, each with its address."""
    space = current_space().id
    words = urlencode({**_asking(found), "all": 1})
    return [
        (word, f"{url_for('bulk.file', space=space, format=code)}?{words}")
        for code, word in (("xlsx", "Excel"), ("csv", "CSV"))
    ]


def _asking(found: Listed) -> dict[str, str]:
    """What the list is asked for, for a page that asks for the same records."""
    view = f"&view={found.view.n}" if found.view is not None else ""
    return {"of": found.model.__table__.name, "asked": f"{found.kept}{view}".lstrip("&")}


def sum_words(found: Listed, key: str) -> str:
    """A sum over all that match, as it stands under its column."""
    value = found.sums.get(key)
    if value is None:
        return "–"
    return str(number(value) if isinstance(value, int) else money(value))


def _tabs(found: Listed, views: Sequence[Tab]) -> list[dict[str, Any]]:
    made = tabs(*views)
    for one in made:
        one["active"] = one["active"] and found.view is None
        one["url"] = found.bare if one["url"] == request.path else one["url"]
    return made


def _own_tabs(found: Listed) -> list[dict[str, Any]]:
    return [
        {
            "label": one.name,
            "url": f"{request.path}?view={one.n}",
            "active": one is found.view,
            "shared": one.shared,
            "opens": one is found.shelf.opens,
        }
        for one in found.shelf.views
    ]


def _keeping(found: Listed) -> dict[str, Any]:
    """What may be done with the view that is looked at, and the button that makes a new one of it."""
    view, mine = found.view, None
    if view is not None and g.get("colleague") is not None:
        mine = view.owner_id == g.colleague.id
    asks: dict[str, Any] = {
        "of": found.model.__table__.name,
        "asked": found.kept,
        "shown": ",".join(_shown(found) or ()),
    }
    offers: list[Offer | None] = []
    if view is not None and mine:
        offers = [_on(view, "view.change", **asks) if found.has_changed else None, _on(view, "view.rename")]
    if view is not None:
        opens = found.shelf.opens is view
        word = _("Do not begin with this view") if opens else _("Begin with this view")
        begins = _leading("list.open_with", of=asks["of"], view=0 if opens else view.n)
        offers.append(replace(begins, title=word) if begins else None)
    if view is not None and mine:
        offers.append(_on(view, "view.delete", back=found.bare))
    is_something = found.is_narrowed or "sort" in found.asked or found.has_own_columns
    worth = found.has_changed if view is not None else is_something
    return {
        "view": view,
        "offers": [one for one in offers if one is not None],
        "save": _leading("view.save", **asks) if worth else None,
        "changed": found.has_changed,
        "as_kept": f"{request.path}?view={view.n}" if view is not None else None,
        "whose": view.owner.name if view is not None and mine is False else None,
    }


def _shown(found: Listed) -> list[str] | None:
    return [column.key for column in found.columns[1:]] if found.has_own_columns else None


def _view_n(found: Listed) -> int:
    return found.view.n if found.view is not None else 0


def _leading(code: str, back: str | None = None, **values: Any) -> Offer | None:
    """The button of a creating action with values filled in, which leads back to this page."""
    made = offer_to_create(code)
    return _led(made, back, values) if made is not None else None


def _on(view: ListView, code: str, back: str | None = None, **values: Any) -> Offer | None:
    """The button of an action on a view."""
    return _led(offer(registry[code], view), back, values) if works_here() else None


def _led(made: Offer, back: str | None, values: dict[str, Any]) -> Offer:
    words = urlencode({**values, "return_to": back or here_address()})
    return replace(made, url=f"{made.url}?{words}")
