"""A task from the list of tasks: first the record that it is about, then the form that every record has."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import contains_eager, joinedload

from sandbox.crm.lists import words_asked
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import OPEN_STATUSES, Lead
from sandbox.crm.sales.pipelines import Stage
from sandbox.crm.search import Group, about, found_groups
from sandbox.crm.sight import closed_to
from sandbox.extensions import db
from sandbox.ledger.offers import Offer, offers_for
from sandbox.spaces import every
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.respond import page

blueprint = Blueprint("new_task", __name__, url_prefix="/s/<int:space>")
TASK = "task.set"
_LATELY = 5


@blueprint.get("/activities/new")
@allow(in_space)
def choose(space: int) -> Response:
    """What a new task is about: found by `?q=`, or one of one's own open deals and leads.

    Who may set none here, such as one who looks on, is offered none.
    """
    words = words_asked()
    groups = _with_tasks(found_groups(words) if words else _own())
    return page(
        "crm/new_task.html",
        words=words,
        groups=groups,
        back=url_for("communications.activities", space=space),
    )


def _with_tasks(groups: list[Group]) -> list[tuple[Group, list[tuple[Any, str, Offer]]]]:
    """The groups with the rows that take a task, and the button that sets it."""
    found = []
    for group in groups:
        offered = [(record, told, _offer(record)) for record, told in group.rows]
        rows = [(record, told, one) for record, told, one in offered if one is not None]
        if rows:
            found.append((group, rows))
    return found


def _offer(record: Any) -> Offer | None:
    return next((one for one in offers_for(record) if one.code == TASK), None)


def _own() -> list[Group]:
    """One's own open deals and leads, those changed last first."""
    if g.colleague is None:
        return []
    mine = every(Deal).join(Deal.stage).where(Deal.owner_id == g.colleague.id, Stage.type == "open")
    groups = [_group(_("Your open deals"), "briefcase", Deal, mine)]
    if "lead" not in closed_to(g.colleague.job_role):
        leads = every(Lead).where(Lead.owner_id == g.colleague.id, Lead.status.in_(OPEN_STATUSES))
        groups.append(_group(_("Your open leads"), "user-question", Lead, leads))
    return groups


def _group(title: str, icon: str, model: Any, query: Any) -> Group:
    told_with = (joinedload(Deal.company), contains_eager(Deal.stage)) if model is Deal else ()
    lately = query.options(*told_with).order_by(model.changed_at.desc(), model.id).limit(_LATELY)
    rows = [(row, about(row)) for row in db.session.scalars(lately)]
    return Group(title, icon, rows, len(rows), "")
