"""What may be done about papers that end, or do not come: set tasks for all of them, remind approvers."""

from __future__ import annotations

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.making import set_task, write_note
from sandbox.crm.communications.mentions import Mention
from sandbox.crm.communications.models import Activity
from sandbox.crm.documents.approving import approvers, delegations_on, last_approval
from sandbox.crm.documents.chasing import due_for, ending_soon, with_task
from sandbox.crm.documents.models import IN_APPROVAL, Document
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, current_space, every, first
from sandbox.web.formatting import date_short


@action(
    "document.chase_renewals",
    event="renewals_chased",
    right="paper",
    icon="calendar-plus",
    title=_l("Set tasks for all of them"),
    says=_l("%(by)s set tasks for contracts that end soon: %(count)s"),
    refusals=("nothing_to_chase",),
    undoable=True,
)
def chase_renewals(*, by: Colleague, at: datetime) -> None:
    """Set a task for the owner of every contract that ends soon and has none; those that have one stay."""
    today = at.astimezone(current_space().zone).date()
    ending = ending_soon(today)
    planned = with_task(ending)
    left = [one for one in ending if one.id not in planned]
    if not left:
        raise Refused("nothing_to_chase", _("Every contract that ends soon has a task already."))
    for contract in left:
        with force_locale(current_space().company.language):
            subject = _("Renew, ends on %(day)s", day=date_short(contract.valid_until))
        who = contract.owner or by
        set_task(contract, subject=subject, due=due_for(contract, today), assignee=who, by=by, at=at)
    tell(count=len(left))


@action(
    "document.remind",
    on=Document,
    event="reminded",
    right="paper",
    icon="bell",
    title=_l("Remind the approvers"),
    says=_l("%(by)s reminded of the visa for %(record)s: %(names)s"),
    shown=lambda document: document.status == IN_APPROVAL and document.is_alive,
    guards_version=False,
    refusals=("not_in_approval", "reminded_already", "cannot_see"),
)
def remind_approvers(document: Document, *, by: Colleague, at: datetime) -> None:
    """Ask everybody whose visa is waited for in a note; once while the question is open."""
    approval = last_approval(document)
    if document.status != IN_APPROVAL or approval is None:
        raise Refused("not_in_approval", _("This document is not being approved now."))
    names = []
    for visa in approval.waiting:
        who = _approver(visa.role, approval.created_by_id, at)
        if who is None or who.id == by.id or _asked_already(document, who):
            continue
        with force_locale(current_space().company.language):
            words = _("The document waits for your visa, version %(n)s.", n=approval.version_number)
        write_note(document, note=words, mention=who, by=by, at=at)
        names.append(who.name)
    if not names:
        raise Refused(
            "reminded_already", _("They have been reminded already. Wait for their answer, or call them.")
        )
    tell(names=", ".join(names))


def _approver(role: str, initiator_id: int | None, at: datetime) -> Colleague | None:
    """Who gives a role's visa today: the first of the role who is not the initiator, or their deputy."""
    who = next((one for one in approvers(role, besides=None) if one.id != initiator_id), None)
    day = at.astimezone(current_space().zone).date()
    return next((one.deputy for one in delegations_on(day) if who and one.absent_id == who.id), who)


def _asked_already(document: Document, who: Colleague) -> bool:
    query = (
        every(Mention)
        .join(Mention.activity)
        .where(
            Activity.document_id == document.id, Mention.colleague_id == who.id, Mention.answered_at.is_(None)
        )
    )
    return first(query) is not None
