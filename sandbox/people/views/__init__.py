"""The pages of accounts, on one blueprint: the first page, settings, and the administrator's lists."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from sandbox.people import roles
from sandbox.people.views import accounts, groups, settings, welcome
from sandbox.people.views.blueprint import blueprint
from sandbox.web import nav

__all__ = ["accounts", "blueprint", "groups", "put_in_rail", "settings", "welcome"]


def put_in_rail(app: Flask) -> None:
    """The list of people and groups is an administrator's place."""
    administrator = frozenset({roles.ADMINISTRATOR})
    nav.register(
        app,
        nav.NavItem("people", _l("People"), "users", "people.index", administrator, group=2, order=80),
        nav.NavItem(
            "accounts", _l("Accounts"), "users", "people.index", administrator, parent="people", order=10
        ),
        nav.NavItem(
            "groups", _l("Groups"), "users-group", "people.groups", administrator, parent="people", order=20
        ),
    )
