"""How a paper goes through its visas, inside a running action."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from flask_babel import force_locale
from flask_babel import gettext as _

from sandbox.crm.communications.making import set_task
from sandbox.crm.communications.models import Activity
from sandbox.crm.documents.approval_models import (
    AHEAD,
    GIVEN,
    REFUSED,
    VOID,
    WAITING,
    Approval,
    Delegation,
    Visa,
)
from sandbox.crm.documents.making import known_type
from sandbox.crm.documents.models import APPROVED, IN_APPROVAL, RETURNED, Document
from sandbox.crm.lists import label
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.spaces import Colleague, current_space, every, first
from sandbox.spaces.company_documents import RouteStep

SATURDAY = 5


def start_route(document: Document, by: Colleague, at: datetime) -> Approval:
    """Ask for the visas of the current version, the first step at once; earlier ones become void."""
    void_visas(document, at)
    steps = steps_for(document)
    approval = Approval(document=document, version_number=document.current)
    stamp_new(approval, by, at)
    db.session.add(approval)
    for number, step in enumerate(steps):
        for role in step.roles:
            if not approvers(role, besides=by):
                raise Refused(
                    "no_approver",
                    _(
                        "Nobody but you can give the visa of: %(role)s. Let a colleague send the document.",
                        role=role_word(role),
                    ),
                )
            visa = Visa(approval=approval, step=number, role=role, above=step.above, state=AHEAD)
            stamp_new(visa, by, at)
            db.session.add(visa)
    db.session.flush()
    _ask_next(approval, by, at)
    document.status = IN_APPROVAL
    stamp_change(document, by, at)
    return approval


def restart_after_change(document: Document, by: Colleague, at: datetime) -> None:
    """A changed text voids the visas of the one before, and its route begins anew."""
    if document.status in (IN_APPROVAL, RETURNED, APPROVED) and last_approval(document) is not None:
        start_route(document, by, at)


def steps_for(document: Document) -> list[RouteStep]:
    """The steps of the route that this paper's amount asks for."""
    route = known_type(document.type).route
    if any(step.above is not None for step in route) and document.amount is None:
        raise Refused("no_amount", _("The way to approval depends on the amount. Fill it in on the card."))
    amount = document.amount or Decimal(0)
    return [step for step in route if step.above is None or amount > step.above]


def visa_for(approval: Approval, by: Colleague, day: date) -> tuple[Visa, Colleague | None]:
    """The visa that this colleague may give now, and whom they stand in for; Refused otherwise."""
    if approval.created_by_id == by.id:
        raise Refused("own_document", _("You sent this document for approval: the visa is another person's."))
    for visa in approval.waiting:
        if visa.role == by.job_role:
            return visa, None
    for visa in approval.waiting:
        for one in delegations_on(day):
            if one.deputy_id == by.id and one.absent.job_role == visa.role:
                return visa, one.absent
    waited = ", ".join(role_word(visa.role) for visa in approval.waiting)
    raise Refused(
        "not_your_turn", _("Your visa is not asked for now. The document waits for: %(roles)s.", roles=waited)
    )


def give(visa: Visa, by: Colleague, deputy_of: Colleague | None, at: datetime) -> None:
    """One visa is given; the next step is asked, or the paper is approved."""
    _decide(visa, GIVEN, by, deputy_of, at)
    approval = visa.approval
    if approval.waiting:
        return
    if not _ask_next(approval, by, at):
        approval.ended_at = at
        approval.document.status = APPROVED
    stamp_change(approval.document, by, at)


def send_back(visa: Visa, remarks: str, by: Colleague, deputy_of: Colleague | None, at: datetime) -> None:
    """The paper goes back with remarks; nothing further is asked for."""
    _decide(visa, REFUSED, by, deputy_of, at)
    visa.remarks = remarks
    for other in visa.approval.visas:
        if other.state in (WAITING, AHEAD):
            _void(other, at)
    visa.approval.ended_at = at
    visa.approval.document.status = RETURNED
    stamp_change(visa.approval.document, by, at)


def void_visas(document: Document, at: datetime) -> None:
    """What was approved of an earlier text counts no more."""
    approval = last_approval(document)
    if approval is None:
        return
    for visa in approval.visas:
        if visa.state in (WAITING, AHEAD, GIVEN):
            _void(visa, at)
    approval.ended_at = approval.ended_at or at


def last_approval(document: Document) -> Approval | None:
    """The newest run of its route."""
    return first(every(Approval).where(Approval.document_id == document.id).order_by(Approval.id.desc()))


def approvers(role: str, besides: Colleague | None) -> list[Colleague]:
    """The colleagues of a job role, without the one who may not approve their own paper."""
    query = every(Colleague).where(Colleague.job_role == role).order_by(Colleague.id)
    return [one for one in db.session.scalars(query) if besides is None or one.id != besides.id]


def delegations_on(day: date) -> list[Delegation]:
    """Who stands in for whom on a day."""
    query = every(Delegation).where(Delegation.begins <= day, Delegation.ends >= day)
    return list(db.session.scalars(query.order_by(Delegation.id)))


def role_word(role: str) -> str:
    """What people call a job role, in the language in use."""
    return label("roles", role)


def _ask_next(approval: Approval, by: Colleague, at: datetime) -> bool:
    """Ask for the visas of the next step, each with a task for who gives it; False when none is left."""
    ahead = [visa for visa in approval.visas if visa.state == AHEAD]
    if not ahead:
        return False
    step = min(visa.step for visa in ahead)
    for visa in ahead:
        if visa.step == step:
            visa.state, visa.asked_at = WAITING, at
            visa.task = _reminder(visa, by, at)
    return True


def _reminder(visa: Visa, by: Colleague, at: datetime) -> Activity:
    space = current_space()
    day = at.astimezone(space.zone).date()
    initiator = db.session.get(Colleague, visa.approval.created_by_id)
    who = approvers(visa.role, besides=initiator)[0]
    who = next((one.deputy for one in delegations_on(day) if one.absent_id == who.id), who)
    with force_locale(space.company.language):
        subject = _("Approve: %(document)s", document=visa.approval.document.title)
    due = working_days_after(day, space.company.documents.approval_days)
    return set_task(visa.approval.document, subject=subject, due=due, assignee=who, by=by, at=at)


def working_days_after(day: date, count: int) -> date:
    """The working day so many working days later."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


def _decide(visa: Visa, state: str, by: Colleague, deputy_of: Colleague | None, at: datetime) -> None:
    visa.state, visa.decided_at, visa.decided_by, visa.deputy_of = state, at, by, deputy_of
    stamp_change(visa, by, at)
    if visa.task is not None and visa.task.is_open:
        visa.task.done_at = at
        stamp_change(visa.task, by, at)


def _void(visa: Visa, at: datetime) -> None:
    visa.state = VOID
    if visa.task is not None and visa.task.is_open:
        visa.task.cancelled_at = at
