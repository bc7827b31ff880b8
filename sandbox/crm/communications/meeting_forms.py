"""The forms of meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from sandbox.crm.communications.hours import next_morning
from sandbox.crm.communications.models import MEETING_MINUTES
from sandbox.crm.customers.models import Company
from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    LongTextField,
    MomentField,
    RecordField,
    TextField,
)
from sandbox.ledger.forms import ActionForm

NEVER = "never"


def lengths() -> Iterable[tuple[str, Any]]:
    """How long a meeting lasts, in minutes."""
    return [
        (str(length), ngettext("%(num)d minute", "%(num)d minutes", length))
        for length in (15, 30, 45, 60, 90, 120, 180)
    ]


def reminders() -> Iterable[tuple[str, Any]]:
    """How many minutes before it begins its person is told of it."""
    return [
        (NEVER, _l("Do not remind")),
        ("15", _l("15 minutes before")),
        ("60", _l("an hour before")),
        ("1440", _l("a day before")),
    ]


class MeetingForm(ActionForm):
    """When to meet, and about what."""

    subject = TextField(_l("What about"), required=True)
    starts = MomentField(_l("Starts"), required=True, sets="due_at")
    lasts = ChoiceField(_l("Lasts"), options=lengths)
    remind = ChoiceField(_l("Reminder"), options=reminders)
    assignee = ColleagueField(_l("Who goes"))
    note = LongTextField(_l("Details"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """One goes oneself, for an hour."""
        return {"assignee": by, "lasts": str(MEETING_MINUTES), "remind": "15"}


class ArrangeForm(MeetingForm):
    """The same, with the company it is about."""

    company = RecordField(_l("Company"), Company, required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """At eleven on the next working day."""
        return {**super().prefill(record, by=by, at=at), "starts": next_morning(at) + timedelta(hours=2)}


class MoveMeetingForm(ActionForm):
    """Another time, and why."""

    starts = MomentField(_l("Starts"), required=True, sets="due_at")
    lasts = ChoiceField(_l("Lasts"), options=lengths)
    reason = LongTextField(_l("Reason"), required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """As it stands."""
        return {"starts": record.due_at, "lasts": str(record.minutes or MEETING_MINUTES)}
