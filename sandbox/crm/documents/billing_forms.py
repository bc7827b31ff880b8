"""The forms of invoices and payments."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Company
from sandbox.crm.documents.models import Document
from sandbox.crm.lists import language
from sandbox.ledger.fields import ChoiceField, DayField, MoneyField, PercentField, RecordField, TextField
from sandbox.ledger.forms import ActionForm
from sandbox.spaces import current_space


def invoice_titles() -> list[tuple[str, str]]:
    """The company's types of invoice."""
    types = current_space().company.documents.types
    return [(one.code, one.title[language()]) for one in types if one.kind == "invoice"]


class InvoiceForm(ActionForm):
    """To whom, of which day, and until when it is to be paid; what it is for stands there already."""

    type = ChoiceField(_l("Type"), options=invoice_titles, required=True)
    company = RecordField(_l("Payer"), Company, required=True)
    date = DayField(_l("Date"), required=True)
    due_on = DayField(_l("To be paid by"), required=True)
    part = PercentField(
        _l("Part of the whole"), description=_l("For an advance, such as 30. Empty: all that is left.")
    )

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Today, with the company's usual time to pay; the payer is left to whoever issues it."""
        day = at.astimezone(current_space().zone).date()
        return {"date": day, "due_on": day + timedelta(days=current_space().company.documents.invoice_days)}


class PaymentForm(ActionForm):
    """What was received, when, and by which payment order."""

    amount = MoneyField(_l("Amount received"), required=True)
    day = DayField(_l("Received on"), required=True)
    reference = TextField(_l("Payment order"), longest=120)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """What is still to be paid, today."""
        left = record.left if isinstance(record, Document) else None
        return {"amount": left or None, "day": at.astimezone(current_space().zone).date()}
