"""What sales does when something happens elsewhere; wiring says on which events."""

from __future__ import annotations

from typing import Any

from sandbox.crm.communications.making import cancel_open
from sandbox.crm.record import stamp_change
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import IN_WORK, NEW, Lead
from sandbox.extensions import db
from sandbox.spaces import every


def first_response(record: Any, draft: Any) -> None:
    """A call logged on a lead answers it: the response clock stops, and a new lead is in work."""
    if not isinstance(record, Lead):
        return
    if record.first_response_at is None:
        record.first_response_at = draft.at
    if record.status == NEW:
        record.status = IN_WORK
    stamp_change(record, draft.by, draft.at)


def know_new_name(record: Any, draft: Any) -> None:
    """A deal is found by the name of its company: a new name makes a new key."""
    for deal in db.session.scalars(every(Deal, deleted=True).where(Deal.company_id == record.id)):
        deal.make_keys()


def call_off_what_was_planned(record: Any, draft: Any) -> None:
    """Nothing is left to do about a lost deal or a rejected lead."""
    draft.values["cancelled"] = len(cancel_open(record, draft.by, draft.at))
