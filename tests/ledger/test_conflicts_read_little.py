"""Who changed a record meanwhile is found without reading what was done to all others."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from sandbox.ledger import Event, undo
from sandbox.ledger.perform import events_on
from sandbox.spaces import every, first
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.conftest import desk
from tests.factories.crm import Desk

__all__ = ["desk"]


def edit(desk: Desk, deal: Any, title: str) -> int:
    """The number of the event that gave the deal a title."""
    return desk.do("deal.edit", deal, title=title, amount=Decimal(5)).event.n


def test_only_the_events_of_the_record_itself_are_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    deal = desk.deal("Paper", amount=Decimal(5))
    seen = deal.version
    one = edit(desk, deal, "Chairs")
    desk.deal("Another")
    two = edit(desk, deal, "Desks")
    monkeypatch.setattr(import_module("sandbox.ledger.perform"), "_searched", None)
    assert [event.n for event in events_on(deal, seen)] == [one, two]


def test_after_an_undo_all_that_was_done_since_is_found(desk: Desk) -> None:
    deal = desk.deal("Paper", amount=Decimal(5))
    one = edit(desk, deal, "Chairs")
    event = first(every(Event).where(Event.id == deal.id - deal.n + one))
    assert event is not None
    with unit_of_work():
        undo([event], by=desk.me, at=desk.now)
    three = edit(desk, deal, "Desks")
    assert [event.n for event in events_on(deal, one)] == [one + 1, three]
