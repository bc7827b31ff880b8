"""What marketing passed on, and what sales said to it: the list, and the report."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _

from sandbox.crm.communications.timeline import stories
from sandbox.crm.list_page import list_page
from sandbox.crm.sales.handovers.models import Handover
from sandbox.crm.sales.handovers.queries import answers, list_handovers, reasons_given, told_of_handovers
from sandbox.spaces import current_space, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import page, see_other

blueprint = Blueprint("handovers", __name__, url_prefix="/s/<int:space>")
stories.append(told_of_handovers)


@blueprint.get("/handovers")
@allow(in_space)
def handovers(space: int) -> Response:
    """What was passed to sales: accepted, returned and why, in time or late."""
    return list_page(
        list_handovers(),
        title=_("Passed to sales"),
        label=_("Views of passed leads"),
        looks=_looks(space, "list"),
        views=(
            (_("All passed leads"), {}),
            (_("Waiting for sales"), {"status": "waiting"}),
            (_("Accepted leads"), {"status": "accepted"}),
            (_("Returned leads"), {"status": "returned"}),
            (_("Late answers"), {"time": "late"}),
        ),
        empty=(
            "arrow-big-right-lines",
            _("No lead was passed on yet"),
            _("Marketing passes a lead that fits the rule; sales accepts it, or returns it with a reason."),
        ),
    )


@blueprint.get("/handovers/report")
@allow(in_space)
def report(space: int) -> Response:
    """How many passed leads were accepted, how many came back and why, and how fast sales answers."""
    return page(
        "sales/handovers/report.html",
        sums=answers(),
        reasons=reasons_given(),
        hours=current_space().company.handover.answer_hours,
        looks=_looks(space, "report"),
        link=lambda **asked: url_for("handovers.handovers", space=space, **asked),
    )


@blueprint.get("/handovers/<int:n>")
@allow(in_space)
def handover(space: int, n: int) -> Response:
    """A passing is read on the page of its lead."""
    return see_other(url_for("sales.lead", space=space, n=fetch(Handover, n).lead.n))


def _looks(space: int, active: str) -> list[dict[str, Any]]:
    ways = (
        ("list", _("List"), "table", url_for("handovers.handovers", space=space)),
        ("report", _("Report"), "chart-bar", url_for("handovers.report", space=space)),
    )
    return [
        {"label": label, "icon": icon, "url": url, "active": code == active}
        for code, label, icon, url in ways
    ]
