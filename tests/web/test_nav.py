"""The rail."""

from types import SimpleNamespace

import pytest
from flask import Flask
from flask_login import LoginManager

from sandbox.web.nav import Nav, NavItem


@pytest.fixture
def nav(shared: Flask) -> Nav:
    """A rail with a place for everyone, one of the trainer's, and one of a space with two tabs."""
    rail: Nav = shared.extensions["nav"]
    rail.add(
        NavItem("next", "What next", "target-arrow", "gallery.show", group=0),
        NavItem("desk", "Desk", "presentation", "gallery.coach", frozenset({"trainer"})),
        NavItem("sales", "Sales", "briefcase", lambda space: f"/s/{space.id}/leads", in_space=True),
        NavItem("leads", "Leads", "", lambda space: f"/s/{space.id}/leads", in_space=True, parent="sales"),
        NavItem(
            "deals",
            "Deals",
            "",
            lambda space: f"/s/{space.id}/deals",
            in_space=True,
            parent="sales",
            order=60,
        ),
    )
    return rail


def keys(
    shared: Flask, nav: Nav, role: str | None, path: str = "/components", space: object = None
) -> list[str]:
    """The keys of the rail for a person of `role` at `path`; an active one has a star, and so its tab."""
    manager: LoginManager = shared.login_manager  # type: ignore[attr-defined]
    person = SimpleNamespace(role=role, is_authenticated=True, locale=None) if role else None
    manager.request_loader(lambda request: person)
    try:
        with shared.test_request_context(path):
            links = nav.links(space)
    finally:
        manager.request_loader(lambda request: None)
    return [("*" if one.active else "") + one.key for place in links for one in (place, *place.tabs)]


def test_nobody_gets_no_rail(shared: Flask, nav: Nav) -> None:
    assert keys(shared, nav, None) == []


def test_a_place_is_only_for_its_roles(shared: Flask, nav: Nav) -> None:
    assert keys(shared, nav, "trainee") == ["*next"]
    assert keys(shared, nav, "trainer") == ["*next", "desk"]


def test_a_place_of_a_space_shows_inside_it_with_its_tab_active(shared: Flask, nav: Nav) -> None:
    space = SimpleNamespace(id=12)
    assert keys(shared, nav, "trainee", "/s/12/deals/7", space) == ["next", "*sales", "leads", "*deals"]


def test_outside_a_space_the_rail_leads_to_the_persons_own(shared: Flask, nav: Nav) -> None:
    nav.home_space = lambda: SimpleNamespace(id=30)
    assert keys(shared, nav, "trainee") == ["*next", "sales", "leads", "deals"]


def test_the_beginning_of_a_word_is_not_a_place(shared: Flask, nav: Nav) -> None:
    space = SimpleNamespace(id=12)
    assert "*sales" not in keys(shared, nav, "trainee", "/s/12/leads-archive", space)


def test_where_a_person_has_no_space_yet_its_places_open_one_and_show_no_tabs(
    shared: Flask, nav: Nav
) -> None:
    nav.opening = lambda: "/practice"
    assert keys(shared, nav, "trainee") == ["*next", "sales"]
