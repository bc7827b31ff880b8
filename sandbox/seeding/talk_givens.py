"""What colleagues and customers say, laid out for a scenario: questions, cases and instructions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sandbox.crm import Activity, Case, Instruction, Mention
from sandbox.crm.communications.case_actions import make_case
from sandbox.crm.record import stamp_new
from sandbox.extensions import db
from sandbox.seeding import phrases
from sandbox.seeding.chance import Chance
from sandbox.spaces import Colleague, current_space, every, first

Values = dict[str, Any]
Make = Callable[[Values, Colleague, datetime], Any]


def given_mention(values: Values, by: Colleague, at: datetime, chance: Chance, note: Make) -> Mention:
    """A question in a note, by default one of another colleague to whom the scenario is played by."""
    fields = dict(values)
    asker = fields.pop("asked_by", None) or first(every(Colleague).where(Colleague.id != by.id)) or by
    activity: Activity | None = fields.pop("activity", None)
    if activity is None:
        said = {"kind": "note", "note": phrases.question(chance), "visibility": "internal"}
        activity = note({**said, "assignee": asker}, asker, at)
    to = fields.pop("colleague", None) or by
    mention = Mention(activity=activity, colleague=to, asked_by=asker, **fields)
    stamp_new(mention, asker, at)
    db.session.add(mention)
    return mention


def given_case(values: Values, by: Colleague, at: datetime, chance: Chance, company: Make) -> Case:
    """A case with its clocks running from its moment; of the first type where none is said."""
    fields = dict(values)
    status = fields.pop("status", None)
    kind = fields.pop("type", None) or current_space().company.cases.types[0].code
    subject = fields.pop("subject", None) or phrases.case(chance, kind)["subject"]
    contact = fields.get("contact")
    owner = fields.pop("company", None) or (contact.company if contact is not None else None)
    case = make_case(subject=subject, type=kind, company=owner or company({}, by, at), by=by, at=at, **fields)
    case.status = status or case.status
    return case


def given_instruction(values: Values, by: Colleague, at: datetime, chance: Chance) -> Instruction:
    """An instruction that is not published yet."""
    said = phrases.instructions(chance)[0]
    instruction = Instruction(**{"name": said["name"], "body": said["text"].strip(), "number": 1, **values})
    stamp_new(instruction, by, at)
    db.session.add(instruction)
    return instruction
