"""The rail: each package registers its own items; the layout draws those a person may use here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_login import current_user

Address = Callable[[Any], "str | None"]
Count = Callable[[Any], int]


@dataclass(frozen=True)
class NavItem:
    """One place in the rail, or with `parent` one tab of a place.

    `to` is an endpoint, or a function of the space that gives the address (None hides the item). An item
    that is `in_space` needs a space: the current one, else the one that `home_space` finds for the person.
    `group` parts the rail by a line; `order` sorts. `count` is shown when it is above zero. On a phone a
    place that is `aside` stands among the rest even where it is one of the first.
    """

    key: str
    label: Any
    icon: str = ""
    to: str | Address = ""
    roles: frozenset[str] = frozenset()
    in_space: bool = False
    parent: str | None = None
    group: int = 1
    order: int = 50
    count: Count | None = None
    aside: bool = False


@dataclass
class NavLink:
    """A rail item as it is drawn."""

    key: str
    label: Any
    icon: str
    url: str
    group: int
    count: int = 0
    aside: bool = False
    # Where a space is opened first, by a button: `url` is then a place that does not exist before.
    opens: str = ""
    active: bool = False
    tabs: list[NavLink] = field(default_factory=list)


# The space that a person has not opened yet: its places have addresses in the rail already.
_NOT_YET = SimpleNamespace(id=0)
_STANDS_FOR = 987654321987654321  # a number that no space has and no address holds


class Nav:
    """All registered items, and where a person goes who is in no space."""

    def __init__(self) -> None:
        self.items: dict[str, NavItem] = {}
        self.addresses: dict[tuple[str, str], list[str]] = {}
        self.home_space: Callable[[], Any] = lambda: None
        self.opening: Callable[[], str] = lambda: ""

    def add(self, *items: NavItem) -> None:
        """Register items; a key registered again replaces the item."""
        for item in items:
            self.items[item.key] = item

    def home(self) -> Any:
        """The space that `home_space` finds, asked once in a request."""
        if "nav_home" not in g:
            g.nav_home = self.home_space()
        return g.nav_home

    def links(self, space: Any) -> list[NavLink]:
        """The rail for the person who asks; the place they are in is active, and so is its tab."""
        role = getattr(current_user, "role", None)
        here = space or self.home()
        opens = "" if here else self.opening()
        here = here or (_NOT_YET if opens else None)
        drawn: dict[str, NavLink] = {}
        for item in sorted(self.items.values(), key=lambda item: (item.group, item.order)):
            link = self._link(item, role, here) if not item.parent else None
            if link:
                link.opens = opens if item.in_space else ""
                drawn[item.key] = link
        for item in sorted(self.items.values(), key=lambda item: item.order):
            parent = drawn.get(item.parent or "")
            link = self._link(item, role, here) if parent and not parent.opens else None
            if link:
                drawn[item.parent or ""].tabs.append(link)
        return _with_active(list(drawn.values()))

    def _link(self, item: NavItem, role: str | None, space: Any) -> NavLink | None:
        if role is None or (item.roles and role not in item.roles) or (item.in_space and space is None):
            return None
        url = item.to(space) if callable(item.to) else self._address(item, space)
        if url is None:
            return None
        count = item.count(space) if item.count else 0
        return NavLink(item.key, item.label, item.icon, url, item.group, count, item.aside)

    def _address(self, item: NavItem, space: Any) -> str:
        """The address of an item's endpoint; only the number in it differs from space to space."""
        if not item.in_space:
            return url_for(str(item.to))
        key = (request.script_root if has_request_context() else "", str(item.to))
        if key not in self.addresses:
            self.addresses[key] = url_for(str(item.to), space=_STANDS_FOR).split(str(_STANDS_FOR))
        return str(getattr(space, "id", space)).join(self.addresses[key])


def _with_active(links: list[NavLink]) -> list[NavLink]:
    """Mark the link whose address, or whose tab's, is the longest beginning of this page's."""
    if not has_request_context():
        return links
    path, asked = request.path.rstrip("/"), set(request.args.items(multi=True))
    best, tab = max(
        ((link, each) for link in links for each in (*link.tabs, link) if _leads(each.url, path, asked)),
        key=lambda pair: len(pair[1].url),
        default=(None, None),
    )
    if best is not None and tab is not None:
        best.active = tab.active = True
    return links


def _leads(url: str, path: str, asked: set[tuple[str, str]]) -> bool:
    """Whether the page at `path` is the link's or lies below it, and asks for what the link asks for."""
    bare, _mark, asks = url.partition("?")
    bare = bare.rstrip("/")
    if path != bare and not (bare and path.startswith(f"{bare}/")):
        return False
    return not asks or set(parse_qsl(asks)) <= asked


def register(app: Flask, *items: NavItem) -> None:
    """Add items to the application's rail."""
    app.extensions["nav"].add(*items)


def nav_items() -> list[NavLink]:
    """The rail of this request."""
    return _nav().links(g.get("space"))


def rail_key(links: list[NavLink]) -> Any:
    """All that the rail shows, to keep its drawing by; None where it holds forms, each with its secret."""
    if any(link.opens for link in links):
        return None
    shown = (
        (one.url, str(one.label), one.icon, one.group, one.count, one.aside, one.active) for one in links
    )
    return ("rail", *shown)


def nav_space() -> Any:
    """The space that the rail and the search lead into: the current one, else the person's own."""
    return g.get("space") or (_nav().home() if current_user.is_authenticated else None)


def opening_address() -> str:
    """Where a person who has no space of their own yet opens it; empty for one who needs none."""
    return _nav().opening()


def _nav() -> Nav:
    return current_app.extensions["nav"]


def init_app(app: Flask) -> None:
    """Make the rail and give templates `nav_items()`."""
    app.extensions.setdefault("nav", Nav())
    app.add_template_global(nav_items)
    app.add_template_global(rail_key)
    app.add_template_global(nav_space)
    app.add_template_global(opening_address)
