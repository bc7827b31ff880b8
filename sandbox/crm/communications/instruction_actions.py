"""What may be done with an instruction."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.inbox_models import InboxMark
from sandbox.crm.communications.instruction_forms import (
    EVERYBODY,
    SAME,
    CreateInstructionForm,
    EditInstructionForm,
    PublishForm,
)
from sandbox.crm.communications.instructions import (
    Acknowledgement,
    Instruction,
    InstructionVersion,
    asked_of,
)
from sandbox.crm.communications.making import end_of
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, current_space, every, first


@action(
    "instruction.create",
    makes=Instruction,
    event="created",
    right="lead",
    form=CreateInstructionForm,
    icon="file-text",
    title=_l("New instruction"),
    says=_l("%(by)s wrote the instruction %(record)s"),
)
def create_instruction(*, name: str, body: str, by: Colleague, at: datetime) -> Instruction:
    """Write an instruction; nobody sees it as theirs before it is published."""
    instruction = Instruction(name=name, body=body, number=1)
    stamp_new(instruction, by, at)
    db.session.add(instruction)
    return instruction


@action(
    "instruction.edit",
    on=Instruction,
    event="edited",
    right="lead",
    form=EditInstructionForm,
    icon="edit",
    title=_l("Edit"),
    says=_l("%(by)s edited the instruction %(record)s: %(change_note)s"),
)
def edit_instruction(
    instruction: Instruction, *, name: str, body: str, change_note: str, by: Colleague, at: datetime
) -> None:
    """Change the text; what is in force stays so until the next version is published."""
    if not instruction.has_draft:
        instruction.number += 1
    instruction.name, instruction.body, instruction.change_note = name, body, change_note
    stamp_change(instruction, by, at)


@action(
    "instruction.publish",
    on=Instruction,
    event="published",
    right="lead",
    form=PublishForm,
    icon="send",
    title=_l("Publish"),
    says=_l("%(by)s published the instruction %(record)s for: %(audience)s"),
    refusals=("due_in_past", "no_audience", "all_asked"),
)
def publish_instruction(
    instruction: Instruction, *, audience: str, due: date, by: Colleague, at: datetime
) -> None:
    """Put the text into force for job roles; each colleague of them is asked to read it by a day."""
    due_at = end_of(due, at)
    roles = _roles(instruction, audience)
    known = {one.colleague_id for one in asked_of(instruction)} if not instruction.has_draft else set()
    people = [one for one in _people(roles) if one.id not in known and one.id != by.id]
    if not people:
        raise Refused(
            "all_asked", _("Everybody of this audience has this version already, or nobody is in it.")
        )
    if instruction.has_draft:
        version = InstructionVersion(
            instruction_id=instruction.id,
            number=instruction.number,
            body=instruction.body,
            note=instruction.change_note,
            published_at=at,
        )
        db.session.add(version)
    instruction.audience = " ".join(dict.fromkeys([*instruction.roles, *roles]))
    instruction.published_number, instruction.published_at = instruction.number, at
    instruction.due_at = due_at
    for one in people:
        asked = Acknowledgement(
            instruction=instruction, colleague=one, number=instruction.number, due_at=due_at
        )
        stamp_new(asked, by, at)
        db.session.add(asked)
    tell(asked=len(people))
    stamp_change(instruction, by, at)


@action(
    "instruction.acknowledge",
    on=Instruction,
    event="acknowledged",
    right="communicate",
    icon="checks",
    title=_l("I have read it"),
    says=_l("%(by)s has read the instruction %(record)s"),
    shown=lambda instruction: False,  # offered on its page and in the inbox to whom it is for
    guards_version=False,
    refusals=("not_addressed", "acknowledged"),
)
def acknowledge(instruction: Instruction, *, by: Colleague, at: datetime) -> None:
    """Say that one has read the version in force."""
    mine = next((one for one in asked_of(instruction) if one.colleague_id == by.id), None)
    if mine is None:
        raise Refused(
            "not_addressed", _("This instruction is not for your job role: there is nothing to confirm.")
        )
    if mine.acknowledged:
        raise Refused("acknowledged", _("You have confirmed this version already."))
    mine.acknowledged_at = at
    stamp_change(mine, by, at)


@action(
    "instruction.remind",
    on=Instruction,
    event="reminded",
    right="lead",
    icon="bell-ringing",
    title=_l("Remind who has not read it"),
    says=_l("%(by)s reminded of the instruction %(record)s: %(count)s"),
    shown=lambda instruction: instruction.published,
    guards_version=False,
    refusals=("all_read",),
)
def remind(instruction: Instruction, *, by: Colleague, at: datetime) -> None:
    """Bring the instruction back into the inbox of everybody who has not confirmed it."""
    missing = [one for one in asked_of(instruction) if not one.acknowledged]
    if not missing:
        raise Refused("all_read", _("Everybody has read it. There is nobody to remind."))
    for one in missing:
        one.reminded_at = at
        stamp_change(one, by, at)
        mark = first(
            every(InboxMark).where(
                InboxMark.colleague_id == one.colleague_id,
                InboxMark.item_table == "acknowledgements",
                InboxMark.item_n == one.n,
            )
        )
        if mark is not None:
            db.session.delete(mark)
    tell(count=len(missing))


def _roles(instruction: Instruction, audience: str) -> list[str]:
    if audience == SAME and not instruction.roles:
        raise Refused("no_audience", _("It was published to nobody yet. Choose for whom it is."))
    if audience == SAME:
        return instruction.roles
    return list(current_space().company.roles) if audience == EVERYBODY else [audience]


def _people(roles: list[str]) -> list[Colleague]:
    return list(
        db.session.scalars(every(Colleague).where(Colleague.job_role.in_(roles)).order_by(Colleague.id))
    )


def _insist_on_unpublished(instruction: Instruction) -> None:
    if instruction.published_number is not None:
        raise Refused(
            "is_published", _("What was published to colleagues stays. Publish a version that replaces it.")
        )


can_be_put_away(
    Instruction,
    right="communicate",
    deleted=_l("%(by)s deleted the instruction %(record)s"),
    restored=_l("%(by)s restored the instruction %(record)s"),
    shown=lambda instruction: instruction.published_number is None,
    insist=_insist_on_unpublished,
    refusals=("is_published",),
)
