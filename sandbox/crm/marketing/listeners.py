"""What marketing does when something happens elsewhere; wiring says on which events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.crm.customers.masking import Asked, Gone, of_masked_people
from sandbox.crm.marketing.web_forms.models import Submission
from sandbox.crm.record import stamp_change
from sandbox.extensions import db
from sandbox.spaces import every

PERSONAL = ("name", "phone", "email", "need")


def submissions_of_masked_people(asked: Asked) -> Iterator[Gone]:
    """Of what visitors sent and is asked for, that of masked people, and since when."""
    return of_masked_people(Submission, Submission.contact_id, asked)


def forget_sent(record: Any, draft: Any) -> None:
    """Once a person's data is masked, what they sent by a form says no more who they are."""
    if not draft.values.get("masked"):
        return
    contact = getattr(record, "contact", record)
    for sent in db.session.scalars(every(Submission).where(Submission.contact_id == contact.id)):
        sent.sent = {name: value for name, value in sent.sent.items() if name not in PERSONAL}
        stamp_change(sent, draft.by, draft.at)
