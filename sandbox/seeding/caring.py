"""Stories of cases: what customers complained of, some answered, some closed, one too late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sandbox.crm import Activity, Case
from sandbox.crm.communications.cases import CLOSED, IN_WORK, NEW
from sandbox.crm.communications.hours import after_work
from sandbox.seeding import phrases
from sandbox.seeding.cards import Customer
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World

PART = 12
"""One case for so many companies, six at least: a new one, an overdue one, two in work, the rest closed."""
FATES = ("new", "overdue", "work", "work")


def tell_of_cases(world: World, customers: list[Customer]) -> None:
    """All cases of the space, in the order in which they were opened."""
    rules = world.company.cases
    if not rules.types or not customers:
        return
    count = max(6, len(customers) // PART)
    fates = [FATES[place] if place < len(FATES) else "closed" for place in range(count)]
    moments = sorted(((_opened(world, fate), fate) for fate in fates), key=lambda pair: pair[0])
    for place, (at, fate) in enumerate(moments):
        customer = world.chance.pick(customers)
        _tell(world, customer, fate, at, rules.first_number + place)


def _opened(world: World, fate: str) -> datetime:
    low, high = {"new": (0.0, 0.0), "overdue": (4.0, 6.0), "work": (1.0, 2.0)}.get(fate, (8.0, 60.0))
    back = world.chance.random.uniform(low, high)
    return world.moments(1, back, back)[0]


def _tell(world: World, customer: Customer, fate: str, at: datetime, number: int) -> None:
    rules, chance = world.company.cases, world.chance
    kind = chance.pick(rules.types)
    said = phrases.case(chance, kind.code)
    priority = rules.priority(kind.priority)
    if priority is None:
        return
    row = Row(
        Case,
        number=number,
        subject=said["subject"],
        description=said["text"],
        type=kind.code,
        priority=kind.priority,
        status=NEW,
        company_id=customer.row,
        contact_id=next(iter(customer.people(0)), None),
        owner_id=customer.owner,
        clock_from=at,
        respond_by=after_work(at, timedelta(hours=float(priority.respond_hours))),
        resolve_by=after_work(at, timedelta(hours=float(priority.resolve_hours))),
    )
    values: dict[str, Any] = {"subject": said["subject"], "type": kind.code, "priority": kind.priority}
    world.scribe.tell(at, "case.open", customer.owner, customer.row, made=[row], **values)
    if fate in ("work", "closed"):
        answered = min(at + timedelta(minutes=chance.number(20, 50)), world.now - timedelta(minutes=20))
        _answer(world, customer, row, answered, said["answer"])
        _internal(world, customer, row, answered + timedelta(minutes=4), said["inside"])
    if fate == "closed":
        back = chance.random.uniform(1.0, 6.0)
        closed = max(world.moments(1, back, back)[0], at + timedelta(hours=2))
        _close(world, customer, row, min(closed, world.now - timedelta(minutes=10)), said["answer"])


def _answer(world: World, customer: Customer, case: Row, at: datetime, text: str) -> None:
    mail = _said(world, customer, case, at, "email", text, "public")
    mail.fields.update(direction="out", subject=f"#{case['number']} {case['subject']}")
    changes = [(case, {"answered_at": at, "status": IN_WORK})]
    world.scribe.tell(at, "case.answer", customer.owner, case, made=[mail], changes=changes, text=text)


def _internal(world: World, customer: Customer, case: Row, at: datetime, text: str) -> None:
    note = _said(world, customer, case, at, "note", text, "internal")
    values: dict[str, Any] = {"note": text, "visibility": "internal"}
    world.scribe.tell(at, "note.write", customer.owner, case, made=[note], **values)


def _close(world: World, customer: Customer, case: Row, at: datetime, note: str) -> None:
    result = world.chance.pick(world.company.cases.results).code
    new = {"status": CLOSED, "closed_at": at, "result": result, "result_note": note}
    values: dict[str, Any] = {"result": result, "note": note}
    world.scribe.tell(at, "case.close", customer.owner, case, changes=[(case, new)], **values)


def _said(
    world: World, customer: Customer, case: Row, at: datetime, kind: str, text: str, visibility: str
) -> Row:
    world.told += 1
    return Row(
        Activity,
        kind=kind,
        note=text,
        visibility=visibility,
        done_at=at,
        assignee_id=customer.owner,
        case_id=case,
    )
