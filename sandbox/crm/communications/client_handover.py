"""Handing a client over to a colleague, with what they must know and the next contact."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.communications import making
from sandbox.crm.communications.inbox_models import let_follow
from sandbox.crm.communications.instruction_forms import HandOverForm
from sandbox.crm.communications.models import Activity
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, InSpace, every


@action(
    "company.hand_over",
    on=Company,
    event="handed_over",
    right="customers",
    form=HandOverForm,
    icon="user-share",
    title=_l("Hand over"),
    says=_l("%(by)s handed %(record)s over to %(to)s: %(note)s"),
    shown=lambda company: company.deleted_at is None,
    refusals=("same_owner", "due_in_past", "cannot_see", "cannot_look_after"),
)
def hand_over(
    company: Company,
    *,
    to: Colleague,
    note: str,
    next_contact: date,
    follow: bool = False,
    by: Colleague,
    at: datetime,
) -> None:
    """Give a client to a colleague: the note, the first call, contacts, open tasks and deals go along."""
    old = company.owner
    if old is not None and old.id == to.id:
        raise Refused("same_owner", _("%(colleague)s looks after this client already.", colleague=to.name))
    making.insist_on_customers(to)
    making.write_note(company, note=note, mention=to, by=by, at=at)
    subject = _("Introduce yourself to the client")
    making.set_task(company, subject=subject, due=next_contact, kind="call", assignee=to, by=by, at=at)
    company.owner = to
    stamp_change(company, by, at)
    contacts = every(Contact).where(Contact.company_id == company.id)
    moved = 0
    for contact in db.session.scalars(contacts):
        if old is not None and contact.owner_id == old.id:
            contact.owner = to
            stamp_change(contact, by, at)
            moved += pass_on_tasks(contact, old, to, by, at)
    if old is not None:
        moved += pass_on_tasks(company, old, to, by, at)
        if follow:
            let_follow(company, old)
    tell(tasks=moved, old=old.code if old else None)


def pass_on_tasks(on: InSpace, old: Colleague, to: Colleague, by: Colleague | None, at: datetime) -> int:
    """Give a colleague's open tasks about a record to another; how many there were."""
    found: list[Activity] = [one for one in making.open_on(on) if one.assignee_id == old.id]
    for activity in found:
        activity.assignee = to
        stamp_change(activity, by, at)
    return len(found)
