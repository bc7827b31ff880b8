"""The forms of message templates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Contact
from sandbox.ledger.fields import ColleagueField, LongTextField, RecordField, TextField
from sandbox.ledger.forms import ActionForm

LONGEST = 20000


class TemplateForm(ActionForm):
    """What it is called and what it says."""

    prefills = True
    drawn_by = "marketing/messages/form.html"

    name = TextField(_l("Name"), required=True)
    subject = TextField(_l("Subject"), required=True)
    body = LongTextField(_l("Text"), required=True, longest=LONGEST)


class TestForm(ActionForm):
    """Who is to look at it, and whose card fills it."""

    __test__ = False

    to = ColleagueField(_l("Send it to"), required=True)
    contact = RecordField(_l("Filled with the card of"), Contact, required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Oneself."""
        return {"to": by}
