"""The forms of suppressions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from sandbox.crm.marketing.suppressions.words import reasons
from sandbox.ledger.fields import ChoiceField, LongTextField, TextField
from sandbox.ledger.forms import ActionForm

LONGEST = 100_000


class SuppressForm(ActionForm):
    """One address, or a whole domain."""

    value = TextField(
        _l("E-mail or domain"), required=True, description=_l("A domain begins with @: @firm.example.")
    )
    reason = ChoiceField(_l("Why"), options=reasons, required=True)
    note = LongTextField(_l("Note"))


class PasteForm(ActionForm):
    """Many of them, pasted from anywhere."""

    text = LongTextField(
        _l("Addresses"),
        required=True,
        longest=LONGEST,
        description=_l("One a line, or parted by commas, semicolons or spaces."),
    )
    reason = ChoiceField(_l("Why"), options=reasons, required=True)


class LiftForm(ActionForm):
    """Why it may be written to again."""

    why = TextField(_l("Why it may be written to again"), required=True)
