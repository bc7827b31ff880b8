"""The forms of cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Company, Contact
from sandbox.ledger.fields import ChoiceField, ColleagueField, LongTextField, RecordField, TextField
from sandbox.ledger.forms import ActionForm


class OpenCaseForm(ActionForm):
    """What the customer wants; without a priority it is the one of the firm's rule."""

    subject = TextField(_l("What happened"), required=True)
    type = ChoiceField(_l("Type"), dictionary="case_types", required=True)
    priority = ChoiceField(
        _l("Priority"),
        dictionary="case_priorities",
        description=_l("Leave it empty to take the one of the rule for this type."),
    )
    description = LongTextField(_l("In the customer's words"))
    owner = ColleagueField(_l("Who looks after it"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """One looks after it oneself."""
        return {"owner": by}


class CreateCaseForm(OpenCaseForm):
    """The same, with whose case it is."""

    company = RecordField(_l("Company"), Company, required=True)
    contact = RecordField(_l("Contact"), Contact, within="company")


class EditCaseForm(ActionForm):
    """What a case is and how urgent."""

    prefills = True

    subject = TextField(_l("What happened"), required=True)
    type = ChoiceField(_l("Type"), dictionary="case_types", required=True)
    priority = ChoiceField(_l("Priority"), dictionary="case_priorities", required=True)
    description = LongTextField(_l("In the customer's words"))
    owner = ColleagueField(_l("Who looks after it"))


class AnswerCaseForm(ActionForm):
    """What the customer is answered."""

    template = ChoiceField(_l("Template"), dictionary="answer_templates")
    text = LongTextField(
        _l("Your answer"),
        description=_l("The customer reads this. Left empty, the template is sent as it is."),
    )


class EscalateForm(ActionForm):
    """To whom, and why."""

    to = ColleagueField(_l("To whom"), required=True)
    reason = LongTextField(_l("Reason"), required=True)


class CloseCaseForm(ActionForm):
    """What came of it."""

    result = ChoiceField(_l("Result"), dictionary="case_results", required=True)
    note = LongTextField(_l("What was done"), required=True, sets="result_note")


class ReopenCaseForm(ActionForm):
    """Why it is open again."""

    reason = LongTextField(_l("Reason"), required=True)
