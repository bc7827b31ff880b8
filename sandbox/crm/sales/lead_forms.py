"""The forms of leads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Company
from sandbox.crm.own_fields import OwnFieldsForm
from sandbox.crm.own_words import own_word
from sandbox.crm.sales.words import reject_reasons
from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    EmailField,
    LongTextField,
    MoneyField,
    PhoneField,
    RecordField,
    TextField,
    TickField,
)
from sandbox.ledger.forms import ActionForm


class LeadForm(OwnFieldsForm):
    """Who asked, and for what."""

    own_of = "lead"
    prefills = True

    name = TextField(_l("Who asked"), required=True)
    company_name = TextField(_l("Company name"))
    phone = PhoneField(_l("Phone"))
    email = EmailField(_l("E-mail"))
    source = ChoiceField(_l("Source"), dictionary="lead_sources")
    campaign = RecordField(_l("Campaign"), "campaign")
    budget = MoneyField(own_word("lead.budget", _l("Budget")))
    need = LongTextField(_l("What they need"))
    owner = ColleagueField(_l("Owner"))


class CreateLeadForm(LeadForm):
    """A new lead; `anyway` passes the warning of a duplicate."""

    prefills = False

    anyway = TickField(_l("Create anyway"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """One's own."""
        return {"owner": by}


class QualifyForm(ActionForm):
    """What the customer needs, and what they can spend."""

    prefills = True

    need = LongTextField(_l("What they need"), required=True)
    budget = MoneyField(own_word("lead.budget", _l("Budget")))


class RejectForm(ActionForm):
    """Why nothing will come of it."""

    reason = ChoiceField(
        _l("Reason"),
        dictionary="reject_reasons",
        options=reject_reasons,
        required=True,
        sets="reject_reason",
    )
    note = LongTextField(_l("Note"), sets="reject_note")


class CompanyOrNewField(RecordField):
    """A company that is here, or nothing (also typed as “new”) for a new one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([typed for typed in valuelist if typed != "new"])


class ConvertForm(ActionForm):
    """What comes of a lead: the company to link, and the deal."""

    company = CompanyOrNewField(_l("Company"), Company, blank=_l("New, unless it is here"))
    title = TextField(_l("Deal title"))
    amount = MoneyField(own_word("deal.amount", _l("Amount")))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """The lead's own company, firm and budget."""
        return {
            "company": record.company,
            "title": record.company_name or record.name,
            "amount": record.budget,
        }
