"""The forms of instructions, and of handing over a client."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.ledger.fields import (
    ChoiceField,
    ColleagueField,
    DayField,
    LongTextField,
    TextField,
    TickField,
    dictionary_options,
)
from sandbox.ledger.forms import ActionForm
from sandbox.spaces import current_space

EVERYBODY, SAME = "everybody", "same"


def audiences() -> Iterable[tuple[str, Any]]:
    """Whom an instruction may be for: everybody, those of before, or one job role."""
    return [(SAME, _l("The same as before")), (EVERYBODY, _l("Everybody")), *dictionary_options("roles")]


class InstructionForm(ActionForm):
    """Name and text."""

    prefills = True

    name = TextField(_l("Name"), required=True)
    body = LongTextField(_l("Text"), required=True, longest=20_000)


class CreateInstructionForm(InstructionForm):
    """A new one."""

    prefills = False


class EditInstructionForm(InstructionForm):
    """Name and text, and what was changed."""

    change_note = LongTextField(_l("What was changed"), required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """The text as it stands; the change is still to be said."""
        return {**super().prefill(record, by=by, at=at), "change_note": None}


class PublishForm(ActionForm):
    """To whom, and by when they read it."""

    audience = ChoiceField(
        _l("For whom"),
        options=audiences,
        required=True,
        description=_l("Publish again to add another job role."),
    )
    due = DayField(_l("To be read by"), required=True)

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Within a week."""
        return {"due": at.astimezone(current_space().zone).date() + timedelta(days=7)}


class HandOverForm(ActionForm):
    """Who takes the client, what they must know, and when they speak with them first."""

    to = ColleagueField(_l("New owner"), required=True)
    note = LongTextField(_l("What the new owner must know"), required=True)
    next_contact = DayField(_l("Next contact"), required=True)
    follow = TickField(_l("The old owner follows the news"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """Who hands over goes on following."""
        return {"follow": True}
