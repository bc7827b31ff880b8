"""What may be done on the way to approval: send, approve, return, name a deputy."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.documents.approval_forms import DelegationForm, ReturnForm, SubmitForm
from sandbox.crm.documents.approval_models import Approval, Delegation, Visa
from sandbox.crm.documents.approving import give, last_approval, send_back, start_route, visa_for
from sandbox.crm.documents.making import known_type
from sandbox.crm.documents.models import DRAFT, IN_APPROVAL, RETURNED, Document
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.ledger.perform import rights_of
from sandbox.spaces import Colleague, current_space, every, first

_DECIDING = ("not_in_approval", "own_document", "not_your_turn")


@action(
    "document.submit",
    on=Document,
    event="submitted",
    right="paper",
    form=SubmitForm,
    icon="send",
    title=_l("Send for approval"),
    says=_l("%(by)s sent version %(version)s of %(record)s for approval"),
    shown=lambda document: (
        document.status in (DRAFT, RETURNED) and bool(document.said and document.said.route)
    ),
    refusals=("no_text", "no_route", "no_type", "no_amount", "no_approver", "not_draft", "no_answer"),
)
def submit_document(document: Document, *, answer: str | None = None, by: Colleague, at: datetime) -> None:
    """Start the approval route for the current version; the first visas are asked for at once."""
    if document.status not in (DRAFT, RETURNED):
        raise Refused("not_draft", _("Only a draft or a returned document is sent for approval."))
    if not document.current:
        raise Refused("no_text", _("There is nothing to approve yet. Write or upload the text first."))
    if not known_type(document.type).route:
        raise Refused("no_route", _("Papers of this type need no approval."))
    returned = document.status == RETURNED
    if returned and answer is None:
        raise Refused(
            "no_answer",
            _(
                "This document came back with remarks. Upload a new version, or answer the remarks for the "
                "approvers."
            ),
            field="answer",
        )
    tell(version=document.current)
    start_route(document, by, at).answer = answer if returned else None


@action(
    "document.approve",
    on=Document,
    event="approved",
    right="approve",
    kind="primary",
    icon="check",
    title=_l("Approve"),
    says=_l("%(by)s approved version %(version)s of %(record)s (%(whose)s)"),
    shown=lambda document: document.status == IN_APPROVAL,
    refusals=_DECIDING,
)
def approve_document(document: Document, *, by: Colleague, at: datetime) -> None:
    """Give one's visa to the current version, or that of the colleague whom one stands in for."""
    visa, deputy_of = _turn(document, by, at)
    give(visa, by, deputy_of, at)


@action(
    "document.return",
    on=Document,
    event="returned",
    right="approve",
    form=ReturnForm,
    icon="arrow-back-up",
    title=_l("Return with remarks"),
    says=_l("%(by)s returned version %(version)s of %(record)s: %(remarks)s"),
    shown=lambda document: document.status == IN_APPROVAL,
    refusals=_DECIDING,
)
def return_document(document: Document, *, remarks: str, by: Colleague, at: datetime) -> None:
    """Send a paper back with remarks: a new version answers them, and its route begins anew."""
    visa, deputy_of = _turn(document, by, at)
    send_back(visa, remarks, by, deputy_of, at)


@action(
    "delegation.create",
    makes=Delegation,
    event="created",
    right="approve",
    form=DelegationForm,
    icon="user-share",
    title=_l("Name a deputy"),
    says=_l("%(by)s named %(deputy)s deputy of %(absent)s until %(ends)s"),
    refusals=("same_person", "not_yours", "no_right", "days_mixed", "due_in_past", "overlap"),
)
def create_delegation(
    *, absent: Colleague, deputy: Colleague, begins: date, ends: date, by: Colleague, at: datetime
) -> Delegation:
    """Say who approves in whose place from one day to another; what waits for them goes to the deputy."""
    today = at.astimezone(current_space().zone).date()
    if absent.id == deputy.id:
        raise Refused("same_person", _("Nobody is their own deputy. Choose another colleague."))
    if absent.id != by.id and "lead" not in rights_of(by):
        raise Refused(
            "not_yours",
            _("%(name)s names their own deputy, or their director does.", name=absent.name),
            field="absent",
        )
    if "approve" not in rights_of(deputy):
        raise Refused(
            "no_right", _("%(name)s may not approve documents. Choose a colleague who may.", name=deputy.name)
        )
    if ends < begins:
        raise Refused(
            "days_mixed", _("The last day comes before the first one. Change the days."), field="ends"
        )
    if ends < today:
        raise Refused("due_in_past", _("These days have passed. Choose today or days ahead."), field="ends")
    if first(
        every(Delegation).where(
            Delegation.absent_id == absent.id, Delegation.begins <= ends, Delegation.ends >= begins
        )
    ):
        raise Refused("overlap", _("%(name)s has a deputy for these days already.", name=absent.name))
    made = Delegation(absent=absent, deputy=deputy, begins=begins, ends=ends)
    stamp_new(made, by, at)
    db.session.add(made)
    if made.holds_on(today):
        _hand_over(absent, deputy, by, at)
    return made


@action(
    "delegation.end",
    on=Delegation,
    event="ended",
    right="approve",
    icon="user-check",
    title=_l("End it today"),
    says=_l("%(by)s ended the delegation %(record)s"),
    refusals=("is_over",),
)
def end_delegation(delegation: Delegation, *, by: Colleague, at: datetime) -> None:
    """The colleague is back: today is the deputy's last day."""
    today = at.astimezone(current_space().zone).date()
    if delegation.ends <= today:
        raise Refused("is_over", _("This ends today or is over already."))
    if delegation.begins > today:
        delegation.begins = today
    delegation.ends = today
    stamp_change(delegation, by, at)


def _turn(document: Document, by: Colleague, at: datetime) -> tuple[Visa, Colleague | None]:
    approval = last_approval(document)
    if document.status != IN_APPROVAL or approval is None:
        raise Refused("not_in_approval", _("This document is not being approved now."))
    visa, deputy_of = visa_for(approval, by, at.astimezone(current_space().zone).date())
    title = current_space().company.roles[visa.role].title
    whose = {"en": title.en, "ru": title.ru}
    if deputy_of is not None:
        whose = {"en": f"{title.en}, for {deputy_of.name}", "ru": f"{title.ru}, замещение: {deputy_of.name}"}
    tell(version=document.current, whose=whose, role=visa.role)
    if deputy_of is not None:
        tell(deputy_of=deputy_of.name)
    return visa, deputy_of


def _hand_over(absent: Colleague, deputy: Colleague, by: Colleague, at: datetime) -> None:
    """Open approval tasks of the absent go to the deputy, unless the deputy sent the paper."""
    waiting = every(Visa).join(Approval).where(Visa.state == "waiting", Visa.role == absent.job_role)
    for visa in db.session.scalars(waiting):
        if visa.task is not None and visa.task.assignee_id == absent.id:
            visa.task.assignee = deputy
            stamp_change(visa.task, by, at)
