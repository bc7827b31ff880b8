"""The list of what is to be done."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from flask import Blueprint, Response, g
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from sandbox.crm.communications.models import ABOUT, KINDS, Activity, kind_label
from sandbox.crm.communications.queries import ICONS, light_of
from sandbox.crm.lists import Column, Filter, Listed, code_filter, listed, owner_filter, tabs
from sandbox.crm.record_page import buttons_of
from sandbox.kernel.clock import at_work
from sandbox.spaces import current_space, every, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import here_address, page, see_other

blueprint = Blueprint("communications", __name__, url_prefix="/s/<int:space>")
_MIDNIGHT = time.min
PLANNED = [kind for kind in KINDS if kind != "note"]


@blueprint.get("/activities")
@allow(in_space)
def activities(space: int) -> Response:
    """What is still to be done, the most urgent first."""
    found = _list()
    return page(
        "communications/activities.html",
        found=found,
        lines=[(one, light_of(one), buttons_of(one, here_address())) for one in found.rows],
        icons=ICONS,
        kind_label=kind_label,
        tabs=tabs(
            (_("All open"), {}),
            (_("Mine"), {"owner": "me"}),
            (_("Overdue"), {"when": "overdue"}),
            (_("Today"), {"when": "today"}),
        ),
    )


@blueprint.get("/activities/<int:n>")
@allow(in_space)
def activity(space: int, n: int) -> Response:
    """An activity is read on the page of the record that it is about."""
    record = fetch(Activity, n).on
    return see_other(f"/s/{space}/{record.__table__.name}/{record.n}#activity-{n}")


def _list() -> Listed:
    columns = (
        Column(_("What")),
        Column(_("About"), css="aside"),
        Column(_("When"), "due", Activity.due_at),
        Column(_("Assignee"), css="minor"),
    )
    filters = (
        owner_filter(Activity, g.colleague),
        code_filter("kind", _("Kind"), Activity.kind, [(kind, kind_label(kind)) for kind in PLANNED]),
        _when(),
    )
    about = (*(getattr(Activity, kind) for kind in ABOUT), Activity.document, Activity.assignee)
    query = every(Activity).where(
        Activity.done_at.is_(None), Activity.cancelled_at.is_(None), Activity.due_at.is_not(None)
    )
    options = tuple(joinedload(one) for one in about)
    return listed(query, Activity, columns=columns, filters=filters, sort="due", options=options)


def _when() -> Filter:
    space = current_space()
    now = space.now()
    midnight = at_work(space.today() + timedelta(days=1), space.company.timezone, _MIDNIGHT)
    clauses: dict[str, Any] = {
        "overdue": Activity.due_at < now,
        "today": (Activity.due_at >= now) & (Activity.due_at < midnight),
        "later": Activity.due_at >= midnight,
    }

    def clause(codes: list[str]) -> Any:
        chosen = clauses[codes[0]]
        for code in codes[1:]:
            chosen = chosen | clauses[code]
        return chosen

    options = [("overdue", _("overdue")), ("today", _("today")), ("later", _("later"))]
    return Filter("when", _("When"), options, clause)
