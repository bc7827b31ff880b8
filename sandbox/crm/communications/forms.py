"""The forms of calls, tasks, meetings, e-mails and notes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.hours import next_morning
from sandbox.crm.communications.inbox_models import switched_off
from sandbox.crm.communications.models import INTERNAL, kind_label
from sandbox.crm.communications.words import OUTBOUND, directions, mail_directions, visibilities
from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    DayField,
    LongTextField,
    MomentField,
    TextField,
    TickField,
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


def _hours() -> list[tuple[str, str]]:
    """Every half hour in which people work anywhere; a task without an hour is due by the end of work."""
    return [(code, code) for hour in range(7, 22) for code in (f"{hour:02}:00", f"{hour:02}:30")]


class TaskForm(ActionForm):
    """What is to be done, by whom and by when."""

    subject = TextField(_l("What to do"), required=True)
    due = DayField(_l("Due"), required=True)
    hour = ChoiceField(_l("Hour"), options=_hours)
    kind = ChoiceField(_l("Kind"), options=_task_kinds)
    assignee = ColleagueField(_l("Assignee"))
    note = LongTextField(_l("Details"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """A task for oneself."""
        return {"kind": "task", "assignee": by}


class MailForm(ActionForm):
    """An e-mail that was sent or received outside this system."""

    subject = TextField(_l("Subject"), required=True)
    note = LongTextField(_l("What it says"))
    direction = ChoiceField(_l("Direction"), options=mail_directions)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Most e-mails are ours."""
        return {"direction": OUTBOUND}


class NoteForm(ActionForm):
    """A note, who may read it, and whom it asks."""

    note = LongTextField(_l("Note"), required=True)
    mention = ColleagueField(
        _l("Ask a colleague"),
        blank=_l("Nobody"),
        description=_l("Or write @ and the name in the note. The question comes into their inbox."),
    )
    visibility = ChoiceField(_l("Who reads it"), options=visibilities)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Notes are for colleagues."""
        return {"visibility": INTERNAL}


class AnswerForm(ActionForm):
    """What is answered to a colleague."""

    text = LongTextField(_l("Your answer"), required=True)


class AskedTaskForm(ActionForm):
    """The task that a question becomes."""

    subject = TextField(_l("What to do"), required=True)
    due = DayField(_l("Due"), required=True)


class ResultForm(ActionForm):
    """What came of it."""

    result = LongTextField(_l("Result"), required=True)


class RescheduleForm(ActionForm):
    """Another day, and why."""

    due = DayField(_l("Due"), required=True)
    hour = ChoiceField(_l("Hour"), options=_hours)
    reason = LongTextField(_l("Reason"), required=True)


class CancelForm(ActionForm):
    """Why it is called off."""

    reason = LongTextField(_l("Reason"), sets="result")


class SnoozeForm(ActionForm):
    """When an item of the inbox comes back."""

    until = MomentField(_l("Until"), required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """The next morning at which the firm works."""
        return {"until": next_morning(at)}


class SwitchesForm(ActionForm):
    """Which kinds of item come into the inbox."""

    mention = TickField(_l("Questions of colleagues"))
    task = TickField(_l("Tasks and meetings due"))
    case = TickField(_l("Urgent cases"))
    lead = TickField(_l("Leads to answer"))
    instruction = TickField(_l("Instructions to read"))
    approval = TickField(_l("Papers to approve"))
    exchange = TickField(_l("Answers of counterparties"))
    news = TickField(_l("News of my records"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """As it was chosen so far."""
        off = switched_off(by) if by is not None else set()
        return {kind: kind not in off for kind in cls.field_names()}
