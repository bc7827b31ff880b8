"""The ways to look at deals, and the pipeline that is looked at."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from sandbox.crm.sales.pipelines import Pipeline
from sandbox.extensions import db
from sandbox.spaces import current_space, every


def ways_to_look(active: str) -> list[dict[str, Any]]:
    """The deals as a list, as a board, and the review of them."""
    space = current_space().id
    ways = (
        ("list", _("List"), "table", url_for("sales.deals", space=space, status="open")),
        ("board", _("Board"), "layout-kanban", url_for("board.board", space=space)),
        ("review", _("Review"), "report-analytics", url_for("review.review", space=space)),
    )
    return [
        {"label": label, "icon": icon, "url": url, "active": code == active}
        for code, label, icon, url in ways
    ]


def asked_pipeline() -> tuple[Pipeline, list[Pipeline]]:
    """The pipeline that the address names, else the company's first; and all of them."""
    pipelines = list(db.session.scalars(every(Pipeline).order_by(Pipeline.position)))
    named = request.args.get("pipeline")
    return next((one for one in pipelines if one.code == named), pipelines[0]), pipelines
