"""What colleagues write to each other on records: questions that wait, some answered, and news."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sandbox.crm import Activity, Mention
from sandbox.seeding import phrases
from sandbox.seeding.beats import Beats
from sandbox.seeding.cards import Customer
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World
from sandbox.spaces import Colleague

WAITING, ANSWERED = 2, 1
"""Questions to each seller: so many wait this morning, so many were answered."""


def fill_inboxes(world: World, customers: list[Customer]) -> None:
    """Give each seller a morning inbox: questions on their customers, and what others noted there."""
    for seller in world.sellers:
        own = [one for one in customers if one.owner.id == seller.id]
        if not own:
            continue
        for place in range(WAITING + ANSWERED):
            _question(world, seller, world.chance.pick(own), answered=place >= WAITING)
        _note_of_other(world, seller, world.chance.pick(own))
        for place, day in enumerate((0, 1, 3)):
            _meeting_ahead(world, seller, world.chance.pick(own), day, 14 + place)


def _question(world: World, to: Colleague, customer: Customer, *, answered: bool) -> None:
    asker = _other(world, to)
    back = world.chance.random.uniform(3, 9) if answered else world.chance.random.uniform(0.2, 2)
    [at] = world.moments(1, back, back)
    text = f"@{to.name} {phrases.question(world.chance)}"
    note = _note(world, customer, asker, at, text)
    asked = Row(Mention, activity_id=note, colleague_id=to, asked_by_id=asker)
    world.scribe.tell(
        at, "note.write", asker, customer.row, made=[note, asked], note=text, visibility="internal"
    )
    if answered:
        later = min(at + timedelta(hours=3), world.now - timedelta(minutes=30))
        _answer(world, to, customer, asked, max(later, at + timedelta(minutes=5)))


def _answer(world: World, by: Colleague, customer: Customer, asked: Row, at: datetime) -> None:
    text = phrases.task_result(world.chance)
    answer = _note(world, customer, by, at, text)
    changes = [(asked, {"answered_at": at, "answer_id": answer})]
    world.scribe.tell(at, "mention.answer", by, asked, made=[answer], changes=changes, text=text)


def _meeting_ahead(world: World, seller: Colleague, customer: Customer, day: int, hour: int) -> None:
    """A meeting of this week, planned last week."""
    [at] = world.moments(1, 4, 4)
    starts = datetime.combine(world.ahead(day), time(hour), world.zone).astimezone(UTC)
    Beats(world, customer.row, seller).meeting_ahead(at, starts)


def _note_of_other(world: World, owner: Colleague, customer: Customer) -> None:
    other = _other(world, owner)
    [at] = world.moments(1, *[world.chance.random.uniform(0.3, 3)] * 2)
    text = phrases.colleague_note(world.chance)
    note = _note(world, customer, other, at, text)
    world.scribe.tell(at, "note.write", other, customer.row, made=[note], note=text, visibility="internal")


def _note(world: World, customer: Customer, by: Colleague, at: datetime, text: str) -> Row:
    world.told += 1
    return Row(
        Activity,
        kind="note",
        note=text,
        visibility="internal",
        done_at=at,
        assignee_id=by,
        company_id=customer.row,
    )


def _other(world: World, one: Colleague) -> Colleague:
    """A colleague who may write on the record of another."""
    return world.chance.pick([other for other in world.colleagues if other.id != one.id])
