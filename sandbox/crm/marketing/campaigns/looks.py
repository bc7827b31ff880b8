"""The ways to look at campaigns."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from sandbox.spaces import current_space


def ways_to_look(active: str) -> list[dict[str, Any]]:
    """The campaigns as a list, and their results."""
    space = current_space().id
    ways = (
        ("list", _("List"), "table", url_for("campaigns.campaigns", space=space)),
        ("results", _("Results"), "chart-bar", url_for("results.results", space=space)),
    )
    return [
        {"label": label, "icon": icon, "url": url, "active": code == active}
        for code, label, icon, url in ways
    ]
