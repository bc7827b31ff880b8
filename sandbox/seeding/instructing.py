"""Instructions of the firm: one that half of the sellers have read, one that all have, one draft."""

from __future__ import annotations

from datetime import timedelta

from sandbox.crm.communications.instructions import Acknowledgement, Instruction, InstructionVersion
from sandbox.seeding import phrases
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World

FATES = (("half", 3.0), ("all", 40.0), ("draft", 1.0))


def publish_instructions(world: World) -> None:
    """Tell of the firm's instructions by its head of sales."""
    for (fate, back), said in zip(FATES, phrases.instructions(world.chance), strict=False):
        _tell(world, fate, back, said)


def _tell(world: World, fate: str, back: float, said: dict[str, str]) -> None:
    by = world.heads[0]
    created, published = world.moments(2, back + 1, back)
    row = Row(Instruction, name=said["name"], body=said["text"].strip(), number=1, owner_id=by)
    world.scribe.tell(created, "instruction.create", by, row, made=[row], name=row["name"])
    if fate == "draft":
        return
    due = world.end_of(world.ahead(2) if fate == "half" else world.day(back - 7))
    role = world.sellers[0].job_role
    people = [one for one in world.colleagues if one.job_role == role and one.id != by.id]
    asked = [
        Row(Acknowledgement, instruction_id=row, colleague_id=one, number=1, due_at=due) for one in people
    ]
    version = Row(InstructionVersion, instruction_id=row, number=1, body=row["body"], published_at=published)
    changes = {"audience": role, "published_number": 1, "published_at": published, "due_at": due}
    world.scribe.tell(
        published,
        "instruction.publish",
        by,
        row,
        made=[version, *asked],
        changes=[(row, changes)],
        audience=role,
        due=world.date_of(due),
        asked=len(asked),
    )
    # whom a trainee plays is the first of the role: it is theirs that still waits
    readers = asked if fate == "all" else asked[(len(asked) + 1) // 2 :]
    for place, one in enumerate(readers):
        at = min(published + timedelta(hours=1 + place), world.now - timedelta(minutes=5))
        reader = one["colleague_id"]
        world.scribe.tell(
            at, "instruction.acknowledge", reader, row, changes=[(one, {"acknowledged_at": at})]
        )
