"""What may be done with a case."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func

from sandbox.crm.communications import making
from sandbox.crm.communications.case_forms import (
    AnswerCaseForm,
    CloseCaseForm,
    CreateCaseForm,
    EditCaseForm,
    EscalateForm,
    OpenCaseForm,
    ReopenCaseForm,
)
from sandbox.crm.communications.cases import CLOSED, IN_WORK, NEW, Case
from sandbox.crm.communications.mentions import asks_colleague
from sandbox.crm.communications.models import PUBLIC, Activity
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.lists import label
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.fold import fold
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, current_space, every

LEAKS_FROM = 20
"""So many letters of an internal note in a row are no accident."""


@action(
    "case.create",
    makes=Case,
    event="created",
    right="communicate",
    form=CreateCaseForm,
    icon="lifebuoy",
    title=_l("New case"),
    says=_l("%(by)s opened the case %(record)s"),
    refusals=("priority_by_rule",),
)
def create_case(*, by: Colleague, at: datetime, **fields: Any) -> Case:
    """Open a case for a company; its clocks start at once."""
    return make_case(by=by, at=at, **fields)


@action(
    "case.open",
    on=(Company, Contact),
    makes=Case,
    event="opened",
    right="communicate",
    form=OpenCaseForm,
    icon="lifebuoy",
    title=_l("Open a case"),
    says=_l("%(by)s opened the case “%(subject)s”"),
    shown=lambda record: record.deleted_at is None,
    guards_version=False,
    refusals=("priority_by_rule",),
    opens_made=True,
)
def open_case(record: Company | Contact, *, by: Colleague, at: datetime, **fields: Any) -> Case:
    """Open a case on the customer's card; its clocks start at once."""
    contact = record if isinstance(record, Contact) else None
    company = record.company if isinstance(record, Contact) else record
    return make_case(company=company, contact=contact, by=by, at=at, **fields)


@action(
    "case.edit",
    on=Case,
    event="edited",
    right="communicate",
    form=EditCaseForm,
    icon="edit",
    title=_l("Edit"),
    says=_l("%(by)s edited the case %(record)s"),
    shown=lambda case: case.is_open,
    refusals=("priority_by_rule", "case_closed"),
)
def edit_case(case: Case, *, by: Colleague, at: datetime, **fields: Any) -> None:
    """Change what a case is and how urgent; the clocks follow the priority."""
    _insist_on_open(case)
    for name, value in fields.items():
        if name != "owner" or value is not None:
            setattr(case, name, value)
    _insist_on_priority(case)
    case.set_clocks()
    stamp_change(case, by, at)


@action(
    "case.take",
    on=Case,
    event="taken",
    right="communicate",
    icon="hand-grab",
    title=_l("Take it"),
    says=_l("%(by)s took the case %(record)s"),
    shown=lambda case: case.status == NEW,
    refusals=("case_closed",),
)
def take_case(case: Case, *, by: Colleague, at: datetime) -> None:
    """Look after a new case oneself."""
    _insist_on_open(case)
    case.owner, case.status = by, IN_WORK
    stamp_change(case, by, at)


@action(
    "case.answer",
    on=Case,
    event="answered",
    right="communicate",
    form=AnswerCaseForm,
    icon="message-reply",
    title=_l("Answer the customer"),
    says=_l("%(by)s answered the customer: %(text)s"),
    shown=lambda case: case.is_open,
    guards_version=False,
    refusals=("case_closed", "empty_answer", "internal_leaked", "unfilled"),
)
def answer_case(
    case: Case, *, template: str | None = None, text: str | None = None, by: Colleague, at: datetime
) -> None:
    """Answer the customer from the case; the first answer stops the response clock."""
    _insist_on_open(case)
    words = text or template_text(case, template, by)
    if not words:
        raise Refused("empty_answer", _("Write the answer, or choose a template."))
    if re.search(r"\{\w+\}", words):
        raise Refused("unfilled", _("A placeholder in braces is not filled in. Replace it with words."))
    asked = asks_colleague(words)
    if asked is not None:
        raise Refused(
            "internal_leaked",
            _("This goes to the customer, and it asks %(name)s. Ask in a note.", name=asked.name),
        )
    _insist_on_no_leak(case, words)
    making.send_answer(case, text=words, by=by, at=at)
    case.answered_at = case.answered_at or at
    case.status = IN_WORK
    tell(text=words)
    stamp_change(case, by, at)


@action(
    "case.escalate",
    on=Case,
    event="escalated",
    right="communicate",
    form=EscalateForm,
    icon="arrow-up-circle",
    title=_l("Escalate"),
    says=_l("%(by)s escalated the case %(record)s to %(to)s: %(reason)s"),
    shown=lambda case: case.is_open,
    refusals=("case_closed", "cannot_decide"),
)
def escalate_case(case: Case, *, to: Colleague, reason: str, by: Colleague, at: datetime) -> None:
    """Take a case to somebody who may decide; it becomes one priority more urgent, and its clocks shorter."""
    _insist_on_open(case)
    company = current_space().company
    if "lead" not in company.rights(to.job_role):
        raise Refused(
            "cannot_decide",
            _("%(colleague)s cannot decide it either. Choose a head or the director.", colleague=to.name),
        )
    codes = [one.code for one in company.cases.priorities]
    case.priority = codes[min(company.cases.rank(case.priority) + 1, len(codes) - 1)]
    case.escalated_at, case.escalated_to = at, to
    case.set_clocks()
    stamp_change(case, by, at)


@action(
    "case.close",
    on=Case,
    event="closed",
    right="communicate",
    form=CloseCaseForm,
    icon="circle-check",
    title=_l("Close"),
    says=_l("%(by)s closed the case %(record)s: %(result)s"),
    shown=lambda case: case.is_open,
    refusals=("case_closed", "not_answered"),
)
def close_case(case: Case, *, result: str, note: str, by: Colleague, at: datetime) -> None:
    """Close a case with its result, once the customer was answered."""
    _insist_on_open(case)
    if not case.answered:
        raise Refused("not_answered", _("The customer waits for an answer. Answer first, then close."))
    case.status, case.closed_at = CLOSED, at
    case.result, case.result_note = result, note
    stamp_change(case, by, at)


@action(
    "case.reopen",
    on=Case,
    event="reopened",
    right="communicate",
    form=ReopenCaseForm,
    icon="arrow-back-up",
    title=_l("Reopen"),
    says=_l("%(by)s reopened the case %(record)s: %(reason)s"),
    shown=lambda case: not case.is_open,
    refusals=("case_open",),
)
def reopen_case(case: Case, *, reason: str, by: Colleague, at: datetime) -> None:
    """Open a closed case again; both clocks start anew."""
    if case.is_open:
        raise Refused("case_open", _("This case is open already."))
    case.status, case.closed_at, case.answered_at = IN_WORK, None, None
    case.result = case.result_note = None
    case.start_clocks(at)
    stamp_change(case, by, at)


def make_case(*, by: Colleague, at: datetime, priority: str | None = None, **fields: Any) -> Case:
    """A case with the next number and running clocks; refused when its priority is below the rule."""
    rules = current_space().company.cases
    with db.session.no_autoflush:
        case = Case(status=NEW, **{name: value for name, value in fields.items() if value is not None})
        case.priority = priority or rules.least(case.type)
        case.number = _next_number(rules.first_number)
        _insist_on_priority(case)
        case.start_clocks(at)
        stamp_new(case, by, at)
    db.session.add(case)
    db.session.flush()
    return case


def template_text(case: Case, code: str | None, by: Colleague | None) -> str:
    """A template with the case's words filled in; '' for none."""
    template = current_space().company.cases.template(code)
    if template is None:
        return ""
    whom = case.contact.first_name if case.contact else case.company.name if case.company else ""
    words = {
        "contact": whom,
        "number": str(case.number),
        "subject": case.subject,
        "me": by.name if by else "",
    }
    text = template.text.strip()
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _next_number(first_number: int) -> int:
    last = db.session.scalar(every(Case, deleted=True).with_only_columns(func.max(Case.number)))
    return max(first_number, (last or 0) + 1)


def _insist_on_open(case: Case) -> None:
    if not case.is_open:
        raise Refused("case_closed", _("This case is closed. Reopen it if there is more to do."))


def _insist_on_priority(case: Case) -> None:
    rules = current_space().company.cases
    least = rules.least(case.type)
    if rules.rank(case.priority) < rules.rank(least):
        raise Refused(
            "priority_by_rule",
            _(
                "By the rule, a case of the type “%(type)s” has at least the priority “%(priority)s”.",
                type=label("case_types", case.type),
                priority=label("case_priorities", least),
            ),
        )


def _insist_on_no_leak(case: Case, words: str) -> None:
    """Refuse with `internal_leaked` when a sentence of an internal note stands in the answer."""
    said = fold(words)
    notes = every(Activity).where(Activity.case_id == case.id, Activity.kind == "note")
    for note in db.session.scalars(notes):
        for sentence in re.split(r"[.!?\n]+", note.note or ""):
            if note.visibility != PUBLIC and len(fold(sentence)) >= LEAKS_FROM and fold(sentence) in said:
                raise Refused(
                    "internal_leaked",
                    _(
                        "“%(words)s” is from an internal note. The customer must not read it.",
                        words=sentence.strip(),
                    ),
                )


can_be_put_away(
    Case,
    right="communicate",
    deleted=_l("%(by)s deleted the case %(record)s"),
    restored=_l("%(by)s restored the case %(record)s"),
)
