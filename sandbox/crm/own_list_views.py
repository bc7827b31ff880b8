"""The page of a view: its list."""

from __future__ import annotations

from flask import Blueprint, Response

from sandbox.crm.own_lists import ListView
from sandbox.spaces import fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import see_other

blueprint = Blueprint("own_lists", __name__, url_prefix="/s/<int:space>")


@blueprint.get("/list_views/<int:n>")
@allow(in_space)
def view(space: int, n: int) -> Response:
    """A view is looked at in its list."""
    one = fetch(ListView, n)
    return see_other(f"/s/{space}/{one.list_table}?view={one.n}")
