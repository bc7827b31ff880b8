"""The pages of cases: the list with its warnings, and one case with its clocks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from sandbox.crm.communications.case_actions import template_text
from sandbox.crm.communications.case_queries import BADGES, case_statuses, clock_of, list_cases, said_on_cases
from sandbox.crm.communications.cases import Case
from sandbox.crm.communications.timeline import families
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.list_page import list_page
from sandbox.crm.lists import label, own_facts, related
from sandbox.crm.record_page import Beside, beside, record_page
from sandbox.extensions import db
from sandbox.ledger.offers import offer_to_create, offers_for
from sandbox.spaces import current_space, fetch, number_of
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.formatting import moment

blueprint = Blueprint("cases", __name__, url_prefix="/s/<int:space>")
families.append(said_on_cases)


@blueprint.get("/cases")
@allow(in_space)
def cases(space: int) -> Response:
    """All cases of the space, the most urgent first."""
    found = list_cases()
    return list_page(
        found,
        title=_("Cases"),
        label=_("Views of cases"),
        create=offer_to_create("case.create"),
        views=(
            (_("All cases"), {}),
            (_("Mine"), {"owner": "me"}),
            (_("Overdue"), {"when": "overdue"}),
            (_("Escalated"), {"when": "escalated"}),
        ),
        empty=(
            "lifebuoy",
            _("No cases"),
            _(
                "When a customer complains or asks for help, open a case on the company: "
                "the clock starts then."
            ),
        ),
    )


@blueprint.get("/cases/<int:n>")
@allow(in_space)
def case(space: int, n: int) -> Response:
    """One case: its clocks, what was said, and templates to answer with."""
    whom = (Case.company, Case.contact, Case.owner, Case.escalated_to)
    db.session.get(Case, number_of(Case, n), options=[joinedload(each) for each in whom])
    one = fetch(Case, n, deleted=True)
    facts: list[tuple[str, Any]] = [
        (_("Type"), label("case_types", one.type)),
        (_("Priority"), label("case_priorities", one.priority)),
        (_("In the customer's words"), one.description),
        (_("Answer by"), moment(one.respond_by)),
        (_("Answered"), moment(one.answered_at)),
        (_("Solve by"), moment(one.resolve_by)),
        *own_facts("case", one),
    ]
    if one.escalated_to is not None:
        facts.append((_("Escalated to"), one.escalated_to.name))
    if not one.is_open:
        facts += [(_("Result"), label("case_results", one.result)), (_("What was done"), one.result_note)]
    return record_page(
        "communications/case.html",
        one,
        main=("case.answer", "case.take", "case.escalate", "task.set"),
        end=("case.close", "case.reopen"),
        facts=facts,
        clock=clock_of(one),
        state=(dict(case_statuses())[one.status], *BADGES[one.status]),
        priority=label("case_priorities", one.priority),
        answers=_answers(one),
    )


def _answers(one: Case) -> list[dict[str, str]]:
    """The templates as links to the answer, their text filled in and ready to be changed."""
    offer = next((each for each in offers_for(one) if each.code == "case.answer"), None)
    if offer is None:
        return []
    found = []
    for template in current_space().company.cases.templates:
        typed = {"template": template.code, "text": template_text(one, template.code, g.colleague)}
        words = label("answer_templates", template.code)
        found.append({"label": words, "url": f"{offer.url}?{urlencode(typed)}"})
    return found


def _cases_of(record: Any) -> list[Beside]:
    """The cases of a customer, beside it."""
    if isinstance(record, Company):
        return [(_("Cases"), "lifebuoy", related(Case, Case.company_id, record))]
    if isinstance(record, Contact):
        return [(_("Cases"), "lifebuoy", related(Case, Case.contact_id, record))]
    return []


beside.append(_cases_of)
