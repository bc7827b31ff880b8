"""The columns of lists: how a row shows a value, what it is sorted and summed by, and who puts it there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import get_template_attribute
from flask_babel import gettext as _
from markupsafe import Markup

from sandbox.crm.filters import own_column
from sandbox.crm.wording import language, own_value
from sandbox.spaces import InSpace, current_space
from sandbox.spaces.company_parts import CustomField
from sandbox.web.formatting import date_short, money, number, phone, short_dates

if TYPE_CHECKING:
    from sandbox.crm.lists import Listed

Cell = Callable[[Any], Any]
CUSTOM = "custom."


@dataclass(frozen=True)
class Column:
    """A column of a list: its head, its cells, and what they mean for order, sums and files.

    `key` names it in addresses, views and files; it is sorted by `by`, and `sums` is added up over all that
    match. `cell` draws a row's value; where it needs more than the row, `cells` is asked once for the whole
    page and gives the function that draws. `value` is what a file gets instead of the cell's words. On
    little room go those of `css` last, then minor, then aside. `offered` columns stand in the list only for
    those who choose them. `edits` names the field of the record's edit action that the cell shows.
    """

    label: Any
    key: str = ""
    by: Any = None
    num: bool = False
    css: str = ""
    cell: Cell | None = None
    cells: Callable[[Listed], Cell] | None = None
    value: Cell | None = None
    sums: Any = None
    offered: bool = False
    edits: str = ""
    loads: Any = None
    """What its cells read besides the row, as a loader option: asked for only where it is shown."""

    card: bool = False
    """Whether a phone shows it although its `css` would drop it."""

    @property
    def sorts(self) -> bool:
        """Whether its head sorts the list."""
        return self.by is not None

    @property
    def cell_class(self) -> str:
        """The classes of its cells."""
        return " ".join(name for name in (self.css, "num" * self.num, "on-card" * self.card) if name)

    def draws(self, found: Listed) -> Cell:
        """The function that draws its cells on this page."""
        return self.cells(found) if self.cells else self.cell or (lambda row: None)


def macro(template: str, name: str) -> Callable[..., Markup]:
    """A macro of the shared components, for cells: one drawing serves template and list."""
    drawn: Callable[..., Markup] = get_template_attribute(template, name)
    return drawn


def badge_macro() -> Callable[..., Markup]:
    """Draws a badge: words, kind and icon."""
    return macro("components/ui.html", "badge")


def title_column(
    label: Any, model: type[Any], *, by: Any = None, sub: Cell | None = None, edits: str = "", **more: Any
) -> Column:
    """The first column: the record's title, which opens it, and what tells namesakes apart.

    `said` names it where the title says what stands below it anyway.
    """
    said: Cell = more.pop("said", lambda row: row.title)

    def cells(found: Listed) -> Cell:
        main, home, here = macro("components/list.html", "main_cell"), address_of(model), found.here

        def cell(row: Any) -> Markup:
            return main(said(row), f"{home}/{row.n}{here}", row.key, sub(row) if sub else None)

        return cell

    by = model.sort_key if by is None else by
    return Column(
        label,
        "title",
        by,
        cells=cells,
        value=lambda row: row.title,
        edits=edits,
        css=more.pop("css", "main"),
        **more,
    )


def address_of(model: type[InSpace]) -> str:
    """Where a kind of record has its list."""
    return f"/s/{current_space().id}/{model.__table__.name}"


def person_column(
    label: Any, name: str = "owner", *, by: Any = None, css: str = "minor", **more: Any
) -> Column:
    """Whoever looks after the record."""

    def cells(_found: Listed) -> Cell:
        drawn: dict[Any, Markup] = {}
        person = macro("components/ui.html", "person")

        def cell(row: Any) -> Markup | None:
            who = getattr(row, name)
            if who is None:
                return None
            if who.id not in drawn:  # a page has many rows of few people
                drawn[who.id] = person(who.name)
            return drawn[who.id]

        return cell

    def value(row: Any) -> str | None:
        who = getattr(row, name)
        return who.name if who is not None else None

    return Column(label, name, by, css=css, cells=cells, value=value, edits=more.pop("edits", name), **more)


def link_column(label: Any, name: str, *, css: str = "aside", **more: Any) -> Column:
    """Another record, which its title opens."""

    def cell(row: Any) -> Markup | None:
        other = getattr(row, name)
        if other is None:
            return None
        link = Markup('<a href="{}/{}" data-open="{}">{}</a>')
        return link.format(address_of(type(other)), other.n, other.key, other.title)

    def value(row: Any) -> str | None:
        other = getattr(row, name)
        return other.title if other is not None else None

    return Column(label, name, css=css, cell=cell, value=value, **more)


def code_column(label: Any, name: str, by: Any, labels: Any, **more: Any) -> Column:
    """A code in the words of its list: pairs, as of a dictionary."""
    known = dict(labels)
    return Column(
        label,
        name,
        by,
        cell=lambda row: known.get(getattr(row, name)) or None,
        edits=more.pop("edits", name),
        **more,
    )


def badge_column(
    label: Any, key: str, by: Any, words: Callable[[Any], tuple[Any, str, str]], **more: Any
) -> Column:
    """A state as a badge: `words` gives its words, its kind and its icon; `also` those of a second one."""
    also: Callable[[Any], tuple[Any, str, str] | None] = more.pop("also", lambda row: None)

    def cells(_found: Listed) -> Cell:
        badge = badge_macro()
        drawn: dict[tuple[Any, ...], Markup] = {}

        def one_of(said: tuple[Any, str, str]) -> Markup:
            if said not in drawn:
                drawn[said] = badge(*said)
            return drawn[said]

        def cell(row: Any) -> Markup:
            second = also(row)
            first = one_of(words(row))
            return first + " " + one_of(second) if second else first

        return cell

    return Column(label, key, by, cells=cells, value=lambda row: words(row)[0], **more)


def light_column(lights: Callable[[Sequence[Any]], Any], label: Any = None, **more: Any) -> Column:
    """What is next: `lights` gives the activity light of each row by its id, in one question for all."""
    only: Cell = more.pop("only", lambda row: True)

    def cells(found: Listed) -> Cell:
        known, draw = lights(found.rows), macro("components/record.html", "activity_light")
        drawn: dict[tuple[str, Any], Markup] = {}

        def cell(row: Any) -> Markup | None:
            if not only(row):
                return None
            light = known[row.id]
            said = (light.kind, light.words)
            if said not in drawn:  # most rows of a page say the same
                drawn[said] = draw(*said)
            return drawn[said]

        return cell

    return Column(label or _("What is next"), more.pop("key", "next"), cells=cells, **more)


def money_column(label: Any, name: str, by: Any, *, summed: bool = True, **more: Any) -> Column:
    """An amount; its sum over all that match stands under it."""
    return Column(
        label,
        name,
        by,
        num=True,
        cell=lambda row: money(getattr(row, name)) or "–",
        value=lambda row: getattr(row, name),
        sums=by if summed else None,
        edits=more.pop("edits", name),
        **more,
    )


def day_column(label: Any, key: str, name: str, by: Any, **more: Any) -> Column:
    """A day, or the day of a moment."""

    def value(row: Any) -> date | None:
        held = getattr(row, name)
        return held.astimezone(current_space().zone).date() if isinstance(held, datetime) else held

    def cells(_found: Listed) -> Cell:
        drawn = short_dates()
        return lambda row: drawn(getattr(row, name))

    if "cell" not in more and "cells" not in more:
        more["cells"] = cells
    return Column(label, key, by, value=value, **more)


def text_column(label: Any, name: str, by: Any = None, **more: Any) -> Column:
    """A text as it stands."""
    return Column(label, name, by, cell=lambda row: getattr(row, name), edits=more.pop("edits", name), **more)


def phone_column(label: Any, **more: Any) -> Column:
    """A phone as people read it."""
    return Column(
        label,
        "phone",
        cell=lambda row: phone(row.phone),
        css=more.pop("css", "aside nowrap"),
        edits="phone",
        **more,
    )


def own_columns(kind: str, model: type[Any]) -> list[Column]:
    """The fields that the played company has added to a kind of record: for those who choose them."""
    return [
        Column(
            own.title[language()],
            CUSTOM + own.code,
            own_column(own, model),
            num=own.type == "number",
            cell=partial(_own_cell, own),
            value=partial(_own_held, own),
            offered=True,
            edits=CUSTOM + own.code,
        )
        for own in current_space().company.fields_of(kind)
    ]


def _own_cell(own: CustomField, row: Any) -> Any:
    if own.type == "date":
        return date_short(_own_held(own, row))
    shown = own_value(own, row)
    return number(shown) if isinstance(shown, int | float) else shown


def _own_held(own: CustomField, row: Any) -> Any:
    """The value for a file: a number or a day as itself, else its words."""
    held = (row.custom or {}).get(own.code)
    if own.type == "date" and isinstance(held, str):
        return date.fromisoformat(held)
    return held if isinstance(held, int | float) and not isinstance(held, bool) else own_value(own, row)
