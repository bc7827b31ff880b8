"""The forms of calls, tasks, meetings, e-mails and notes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.directions import OUTBOUND, directions
from sandbox.crm.communications.models import kind_label
from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    DayField,
    LongTextField,
    MomentField,
    TextField,
)
from sandbox.ledger.forms import ActionForm


def _task_kinds() -> Iterable[tuple[str, Any]]:
    return [(kind, kind_label(kind)) for kind in ("task", "call", "meeting")]


class CallForm(ActionForm):
    """How a call went."""

    outcome = ChoiceField(_l("Outcome"), dictionary="call_outcomes", required=True)
    note = LongTextField(_l("What was said"))
    direction = ChoiceField(_l("Direction"), options=directions)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Most calls are ours."""
        return {"direction": OUTBOUND}


class TaskForm(ActionForm):
    """What is to be done, by whom and by when."""

    subject = TextField(_l("What to do"), required=True)
    due = DayField(_l("Due"), required=True)
    kind = ChoiceField(_l("Kind"), options=_task_kinds)
    assignee = ColleagueField(_l("Assignee"))
    note = LongTextField(_l("Details"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """A task for oneself."""
        return {"kind": "task", "assignee": by}


class MeetingForm(ActionForm):
    """When to meet, and about what."""

    subject = TextField(_l("What about"), required=True)
    starts = MomentField(_l("Starts"), required=True, sets="due_at")
    assignee = ColleagueField(_l("Who goes"))
    note = LongTextField(_l("Details"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """One goes oneself."""
        return {"assignee": by}


class MailForm(ActionForm):
    """An e-mail that was sent or received outside this system."""

    subject = TextField(_l("Subject"), required=True)
    note = LongTextField(_l("What it says"))
    direction = ChoiceField(_l("Direction"), options=directions)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Most e-mails are ours."""
        return {"direction": OUTBOUND}


class NoteForm(ActionForm):
    """A note."""

    note = LongTextField(_l("Note"), required=True)


class ResultForm(ActionForm):
    """What came of it."""

    result = LongTextField(_l("Result"), required=True)


class RescheduleForm(ActionForm):
    """Another day, and why."""

    due = DayField(_l("Due"), required=True)
    reason = LongTextField(_l("Reason"), required=True)


class CancelForm(ActionForm):
    """Why it is called off."""

    reason = LongTextField(_l("Reason"), sets="result")
