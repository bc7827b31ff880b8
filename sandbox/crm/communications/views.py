"""The list of what is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any

from flask import Blueprint, Response, g, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import joinedload

from sandbox.crm.bulk.ways import Way, in_bulk
from sandbox.crm.columns import Column, light_column, link_column, macro, person_column
from sandbox.crm.communications.models import ABOUT, KINDS, Activity, kind_label
from sandbox.crm.communications.queries import ICONS, Light, light_of
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import Filter, Listed, asked, code_filter, listed, owner_filter
from sandbox.crm.places import lists
from sandbox.crm.record_page import buttons_of
from sandbox.kernel.clock import at_work
from sandbox.ledger.offers import Offer, may_do
from sandbox.spaces import current_space, every, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import here_address, see_other

blueprint = Blueprint("communications", __name__, url_prefix="/s/<int:space>")
_MIDNIGHT = time.min
PLANNED = [kind for kind in KINDS if kind != "note"]


@blueprint.get("/activities")
@allow(in_space)
def activities(space: int) -> Response:
    """What is still to be done, the most urgent first; on a tab of its own what is done, the latest first."""
    return list_page(
        list_activities(),
        create=_new_task(),
        title=_("Tasks, calls and meetings"),
        label=_("Views of tasks"),
        views=(
            (_("All open"), {}),
            (_("Mine"), {"owner": "me"}),
            (_("Overdue"), {"when": "overdue"}),
            (_("Today"), {"when": "today"}),
            (_("Done"), {"state": "done"}),
        ),
        empty=(
            "checkbox",
            _("Nothing is planned"),
            _("Set a task on a deal, a lead, a company or a contact, and it stands here."),
        ),
    )


@blueprint.get("/activities/<int:n>")
@allow(in_space)
def activity(space: int, n: int) -> Response:
    """An activity is read on the page of the record that it is about."""
    record = fetch(Activity, n).on
    return see_other(f"/s/{space}/{record.__table__.name}/{record.n}#activity-{n}")


in_bulk(Activity, Way("task.finish"), Way("task.reschedule"), Way("task.cancel"))


@lists(Activity)
def list_activities() -> Listed:
    """The page of what is still to be done, or of what is done, that the address asks for."""
    is_done = asked().get("state") == "done"
    moment = ("done", Activity.done_at) if is_done else ("due", Activity.due_at)
    columns = (
        Column(_("What"), "title", css="main", cells=_what, value=lambda one: one.title),
        link_column(_("About"), "on"),
        light_column(_lights, _("When"), key=moment[0], by=moment[1]),
        person_column(_("Assignee"), "assignee", edits=""),
        Column(Markup('<span class="sr-only">{}</span>').format(_("What can be done")), cells=_buttons),
    )
    filters = (
        owner_filter(Activity, g.colleague),
        code_filter("kind", _("Kind"), Activity.kind, [(kind, kind_label(kind)) for kind in PLANNED]),
        *((_state(),) if is_done else (_when(),)),
    )
    about = (*(getattr(Activity, kind) for kind in ABOUT), Activity.document, Activity.assignee)
    still = (Activity.done_at.is_(None), Activity.cancelled_at.is_(None), Activity.due_at.is_not(None))
    done = (Activity.done_at.is_not(None), Activity.kind.in_(PLANNED))
    query = every(Activity).where(*(done if is_done else still))
    options = tuple(joinedload(one) for one in about)
    return listed(
        query, Activity, columns=columns, filters=filters, sort="-done" if is_done else "due", options=options
    )


def _lights(rows: Sequence[Activity]) -> dict[int, Light]:
    return {one.id: light_of(one) for one in rows}


def _what(_found: Listed) -> Any:
    """What is to be done, which opens the record that it is about."""
    drawn = macro("communications/_activity.html", "what")
    return lambda one: drawn(one, ICONS[one.kind])


def _buttons(_found: Listed) -> Any:
    """What may be done with an activity, which leads back to this list."""
    drawn, here = macro("communications/_activity.html", "buttons"), here_address()
    return lambda one: drawn(one, buttons_of(one, here))


def _new_task() -> Offer | None:
    """The button that begins with the question what the new task is about."""
    if not may_do("task.set"):
        return None
    url = url_for("new_task.choose", space=current_space().id)
    return Offer("task.choose", _("New task"), "checkbox", url, None, "primary")


def _state() -> Filter:
    return Filter("state", _("State"), [("done", _("done"))], lambda codes: Activity.done_at.is_not(None))


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
