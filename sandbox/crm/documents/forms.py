"""The forms of papers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.documents.uploads import ENDINGS
from sandbox.crm.documents.writing import LINES
from sandbox.crm.lists import language
from sandbox.crm.own_fields import OwnFieldsForm
from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    DayField,
    LongTextField,
    MoneyField,
    RecordField,
    TextField,
)
from sandbox.ledger.file_field import FileField
from sandbox.ledger.forms import ActionForm
from sandbox.spaces import current_space


def written_types() -> list[tuple[str, str]]:
    """The types of paper that are written without lines."""
    types = current_space().company.documents.types
    return [(one.code, one.title[language()]) for one in types if LINES not in (one.template or "")]


class CardForm(OwnFieldsForm):
    """What a paper's card says besides its type and date."""

    own_of = "document"
    prefills = True

    deal = RecordField(_l("Deal"), "deal")
    contact = RecordField(_l("Signs for the customer"), Contact)
    amount = MoneyField(_l("Amount"))
    valid_until = DayField(_l("Valid until"))
    owner = ColleagueField(_l("Owner"))


class CreateForm(OwnFieldsForm):
    """A new paper."""

    own_of = "document"

    type = ChoiceField(_l("Type"), options=written_types, required=True)
    company = RecordField(_l("Company"), Company, required=True)
    deal = RecordField(_l("Deal"), "deal")
    date = DayField(_l("Date"), required=True)
    amount = MoneyField(_l("Amount"))
    valid_until = DayField(
        _l("Valid until"), description=_l("Left empty, it is as long as papers of this type are valid.")
    )
    owner = ColleagueField(_l("Owner"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """One's own, of today."""
        return {"owner": by, "date": at.astimezone(current_space().zone).date()}


class DraftForm(ActionForm):
    """A paper for a deal or a company; the rest is on the cards."""

    type = ChoiceField(_l("Type"), options=written_types, required=True)
    date = DayField(_l("Date"), required=True)
    amount = MoneyField(_l("Amount"))
    valid_until = DayField(
        _l("Valid until"), description=_l("Left empty, it is as long as papers of this type are valid.")
    )

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Today, for as much as the deal is worth."""
        day = at.astimezone(current_space().zone).date()
        return {"date": day, "amount": getattr(record, "amount", None)}


class RewriteForm(ActionForm):
    """What has changed on the cards since."""

    note = TextField(_l("What has changed"), required=True)


class UploadForm(ActionForm):
    """The file, and what has changed in it."""

    file = FileField(_l("File"), endings=ENDINGS, required=True, description=_l("DOCX or PDF, 5 MB at most."))
    note = TextField(_l("What has changed"), required=True)


class AnnulForm(ActionForm):
    """Why the paper does not count."""

    reason = LongTextField(_l("Reason"), required=True, sets="annul_reason")
