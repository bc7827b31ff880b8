"""The forms of approval, signature and registration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Company
from sandbox.crm.documents.models import RETURNED
from sandbox.crm.documents.uploads import ENDINGS
from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    DayField,
    LongTextField,
    MoneyField,
    RecordField,
    TextField,
    TickField,
)
from sandbox.ledger.file_field import FileField
from sandbox.ledger.forms import ActionForm
from sandbox.spaces import current_space


class SubmitForm(ActionForm):
    """What is said to the remarks, where a paper came back with some and its text stays as it was."""

    answer = LongTextField(
        _l("Answer to the remarks"),
        needed=True,
        description=_l("The approvers read it beside the remarks. A changed text is a new version instead."),
    )

    def know(self, record: Any) -> None:
        """A paper without remarks has nothing to answer."""
        if record is None or record.status != RETURNED:
            del self.answer


class ReturnForm(ActionForm):
    """What must be changed before the paper is approved."""

    remarks = LongTextField(_l("Remarks"), required=True)


class DelegationForm(ActionForm):
    """Who stands in for whom, and when."""

    absent = ColleagueField(_l("Who is away"), required=True)
    deputy = ColleagueField(_l("Deputy"), required=True)
    begins = DayField(_l("First day"), required=True)
    ends = DayField(_l("Last day"), required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Oneself, from today."""
        return {"absent": by, "begins": at.astimezone(current_space().zone).date()}


class SignForm(ActionForm):
    """When both sides had signed, and whether the original lies with us."""

    signed_on = DayField(_l("Signed on"), required=True)
    original = TickField(_l("The signed original is here"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Today."""
        return {"signed_on": at.astimezone(current_space().zone).date()}


class ReceiveForm(ActionForm):
    """When the original came."""

    day = DayField(_l("Received on"), required=True, sets="received_on")

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Today."""
        return {"day": at.astimezone(current_space().zone).date()}


class RegisterForm(ActionForm):
    """A paper that came in: what it is called there, and from whom."""

    type = ChoiceField(_l("Type"), dictionary="document_types", required=True)
    number = TextField(_l("Their number"), required=True, longest=60)
    date = DayField(_l("Date on the paper"), required=True)
    company = RecordField(_l("Company"), Company, required=True)
    deal = RecordField(_l("Deal"), "deal")
    amount = MoneyField(_l("Amount"))
    valid_until = DayField(_l("Valid until"))
    file = FileField(_l("Scan or file"), endings=ENDINGS, description=_l("DOCX or PDF, 5 MB at most."))
    signed = TickField(_l("Signed by both sides"))
    original = TickField(_l("The signed original is here"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Of today."""
        return {"date": at.astimezone(current_space().zone).date()}
