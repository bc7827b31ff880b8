"""The forms of campaigns. None has a field for the cost: it follows from the lines."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    DayField,
    LongTextField,
    MoneyField,
    TextField,
)
from sandbox.ledger.forms import ActionForm
from sandbox.spaces import current_space


class LinkField(TextField):
    """The address of a page, whole."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if not self.data:
            return
        parts = urlsplit(self.data)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValidationError(_("Write the whole address, beginning with https://."))


class CampaignForm(ActionForm):
    """What it is, when, by which tag its leads are known, and what is expected of it."""

    prefills = True

    name = TextField(_l("Name"), required=True)
    type = ChoiceField(_l("Type"), dictionary="campaign_types", required=True)
    tag = TextField(
        _l("Source tag"),
        needed=True,
        longest=60,
        description=_l("Leads and links carry it: Latin letters, digits and hyphens."),
    )
    begins_on = DayField(_l("First day"), needed=True)
    ends_on = DayField(_l("Last day"), needed=True)
    budget = MoneyField(_l("Budget"), needed=True)
    expected_cost = MoneyField(_l("Expected cost"))
    expected_revenue = MoneyField(_l("Expected revenue"))
    landing = LinkField(_l("Page that its links lead to"))
    goal = LongTextField(_l("What it serves"))
    owner = ColleagueField(_l("Owner"))


class CreateCampaignForm(CampaignForm):
    """A new campaign."""

    prefills = False

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """One's own, leading to the firm's own page."""
        return {"owner": by, "landing": f"https://{current_space().company.domain}/"}


class CostForm(ActionForm):
    """When, on what, and how much."""

    prefills = True

    day = DayField(_l("Day"), required=True)
    kind = ChoiceField(_l("Kind of cost"), dictionary="campaign_costs", required=True)
    what = TextField(_l("What for"), required=True)
    amount = MoneyField(_l("Amount"), required=True)


class AddCostForm(CostForm):
    """A new line; of today unless another day is chosen."""

    prefills = False

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Today."""
        return {"day": at.astimezone(current_space().zone).date()}


class CancelForm(ActionForm):
    """Why nothing comes of it."""

    note = LongTextField(_l("Why"), required=True)
