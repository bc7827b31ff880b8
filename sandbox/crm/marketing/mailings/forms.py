"""The forms of mailings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.marketing.campaigns.models import Campaign
from sandbox.crm.marketing.messages.models import MessageTemplate
from sandbox.crm.marketing.segments.models import Segment
from sandbox.ledger.fields import ChoiceField, MomentField, RecordField, TextField
from sandbox.ledger.forms import ActionForm

MAILED = ("contact", "company")
INVALID, RETRY = "invalid", "retry"


def _mailed(query: Any) -> Any:
    return query.where(Segment.of.in_(MAILED))


class CreateMailingForm(ActionForm):
    """What is sent, and to whom."""

    name = TextField(_l("Name"), required=True)
    template = RecordField(_l("Template"), MessageTemplate, required=True)
    segment = RecordField(_l("To the segment"), Segment, required=True, narrowed=_mailed)
    campaign = RecordField(_l("Campaign"), Campaign, blank=_l("no campaign"))


class MailingForm(ActionForm):
    """What is sent."""

    prefills = True

    name = TextField(_l("Name"), required=True)
    template = RecordField(_l("Template"), MessageTemplate, required=True)
    campaign = RecordField(_l("Campaign"), Campaign, blank=_l("no campaign"))


class AddSegmentForm(ActionForm):
    """One more segment."""

    segment = RecordField(_l("To the segment"), Segment, required=True, narrowed=_mailed)


class ScheduleForm(ActionForm):
    """When it goes out."""

    send_at = MomentField(_l("When it goes out"), required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """The next full hour."""
        return {"send_at": (at + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)}


class CancelForm(ActionForm):
    """Why it is called off."""

    reason = TextField(_l("Why"), required=True, sets="cancel_reason")


def verdicts() -> Iterable[tuple[str, Any]]:
    """What a returned letter means for its address."""
    return [(INVALID, _l("The address does not work")), (RETRY, _l("The address works: try again"))]


class BounceForm(ActionForm):
    """What a returned letter means."""

    verdict = ChoiceField(_l("What it means"), options=verdicts, required=True)

    @classmethod
    def empty(cls, record: Any, *, by: Any, at: datetime) -> ActionForm:
        """With what the mail server said beside the question."""
        form = super().empty(record, by=by, at=at)
        form._fields["verdict"].description = record.server_said or ""
        return form
