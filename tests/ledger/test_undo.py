"""Undoing all events since the clone, newest first, gives back exactly the rows that were cloned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.crm import Activity, Company, Deal, Lead, Stage
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import Event, undo
from sandbox.ledger.undoing import undone_numbers
from sandbox.spaces import Space, every, inside
from sandbox.spaces.bulk import clone, images
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, make_space

pytestmark = pytest.mark.both_databases

AMOUNTS = st.integers(1, 900_000).map(Decimal)
Pick = Callable[[int, list[Any]], Any]


def _pick(chance: int, rows: list[Any]) -> Any:
    return rows[chance % len(rows)] if rows else None


def _step(desk: Desk, what: str, chance: int, amount: Decimal) -> None:
    """Do one thing to some record; a refusal is as good an outcome as any."""
    rows = {
        model: list(db.session.scalars(every(model).order_by(model.id)))
        for model in (Company, Lead, Deal, Stage, Activity)
    }
    deal, lead = _pick(chance, rows[Deal]), _pick(chance, rows[Lead])
    company, stage = _pick(chance, rows[Company]), _pick(chance, rows[Stage])
    activity = _pick(chance, rows[Activity])
    day = desk.space.today() + timedelta(days=chance % 30)
    moves: dict[str, tuple[Any, dict[str, Any]]] = {
        "company.create": (None, {"name": f"Firm {chance}", "anyway": True}),
        "company.delete": (company, {}),
        "lead.create": (None, {"name": f"Lead {chance}", "company_name": f"Firm {chance}", "anyway": True}),
        "lead.qualify": (lead, {"need": "paper", "budget": amount}),
        "lead.convert": (lead, {"company": None, "title": f"Deal {chance}", "amount": amount}),
        "lead.reject": (lead, {"reason": "no_budget", "note": "not this year"}),
        "deal.create": (None, {"title": f"Deal {chance}", "company": company, "amount": amount}),
        "deal.move": (deal, {"stage": stage}),
        "deal.set_next_step": (deal, {"next_step": "call back", "due": day}),
        "deal.record_payment": (deal, {"amount": amount, "day": desk.space.today()}),
        "deal.win": (deal, {"amount": amount, "close_date": day}),
        "deal.lose": (deal, {"reason": "price", "note": "too dear"}),
        "deal.reopen": (deal, {}),
        "call.log": (lead or deal, {"outcome": "reached", "note": "spoke", "direction": "out"}),
        "task.set": (deal, {"subject": "send", "due": day, "kind": "task"}),
        "task.finish": (activity, {"result": "done"}),
    }
    on, values = moves[what]
    if on is None and not what.endswith("create"):
        return
    try:
        desk.do(what, on, **values)
    except Refused:
        db.session.rollback()


WORDS = (
    "company.create company.delete lead.create lead.qualify lead.convert lead.reject deal.create deal.move "
    "deal.set_next_step deal.record_payment deal.win deal.lose deal.reopen call.log task.set task.finish"
).split()
HISTORIES = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 500), AMOUNTS), min_size=4, max_size=24)


def _events(after: int) -> list[Event]:
    return [event for event in db.session.scalars(every(Event).order_by(Event.id)) if event.n >= after]


def _copy_of(space: Space) -> Space:
    with unit_of_work():
        return clone(space, "attempt")


@pytest.fixture
def template(app: Any) -> Any:
    with app.test_request_context("/"):
        space = make_space(kind="template")
        with inside(space):
            desk = Desk(space)
            desk.deal(company=desk.company())
            desk.lead("Irene Castell", company_name="Harrow Lane Clinics", phone="+12125550114")
        yield space


def _without_events(found: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {table: rows for table, rows in found.items() if table != "events"}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(history=HISTORIES)
def test_undoing_everything_gives_back_the_rows_of_the_template(template: Space, history: list[Any]) -> None:
    space = _copy_of(template)
    start = space.next_n
    before = images(space)
    with inside(space):
        desk = Desk(space)
        for what, chance, amount in history:
            _step(desk, what, chance, amount)
        with unit_of_work():
            undo(_events(start), by=None, at=space.now())
    assert _without_events(images(space)) == _without_events(before)
    assert _without_events(before) == _without_events(images(template))


def test_an_undo_can_itself_be_undone(template: Space) -> None:
    space = _copy_of(template)
    with inside(space):
        desk, start = Desk(space), space.next_n
        desk.do("deal.lose", db.session.scalars(every(Deal)).first(), reason="price", note="too dear")
        lost = _without_events(images(space))
        with unit_of_work():
            back = undo(_events(start), by=None, at=space.now())
        with unit_of_work():
            undo([db.session.get_one(Event, back.id)], by=None, at=space.now())
        assert _without_events(images(space)) == lost
        assert undone_numbers(_events(start)) == {back.n}


def test_an_event_that_something_later_built_on_cannot_be_undone_alone(template: Space) -> None:
    space = _copy_of(template)
    with inside(space):
        desk, start = Desk(space), space.next_n
        desk.do("deal.lose", db.session.scalars(every(Deal)).first(), reason="price", note="too dear")
        desk.do("deal.reopen", db.session.scalars(every(Deal)).first())
        with pytest.raises(Refused) as refusal, unit_of_work():
            undo(_events(start)[:1], by=None, at=space.now())
        assert refusal.value.code == "changed_since"
