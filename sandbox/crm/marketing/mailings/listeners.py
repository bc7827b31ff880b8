"""What marketing does when others have acted: whoever withdraws leaves no name in letters that were sent."""

from __future__ import annotations

from typing import Any

from sandbox.crm.customers.consents import Consent
from sandbox.crm.customers.masking import PREFIX, digest_of
from sandbox.crm.marketing.mailings.models import MailingRecipient
from sandbox.crm.marketing.messages.models import TestSend
from sandbox.extensions import db
from sandbox.spaces import every

GONE = "•••"


def forget_person(record: Any, _draft: Any) -> None:
    """Keep the digest of a masked person's address, and nothing of the tests that their card filled."""
    contact = record.contact if isinstance(record, Consent) else record
    if contact.masked_at is None:
        return
    for letter in db.session.scalars(
        every(MailingRecipient).where(MailingRecipient.contact_id == contact.id)
    ):
        if letter.email and not letter.email.startswith(PREFIX):
            letter.email = digest_of(letter.email)
    for test in db.session.scalars(every(TestSend).where(TestSend.contact_id == contact.id)):
        test.subject = test.body = GONE
