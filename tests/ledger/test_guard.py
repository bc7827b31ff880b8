"""Rows of a space change only inside an action, and one action leaves one event with every row's image."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text, update

from sandbox.crm import Company, Deal
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import Event, acting
from sandbox.ledger.acting import OutsideAction
from sandbox.spaces import every, fetch
from sandbox.spaces.reach import OutsideSpace
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, Laying

pytestmark = pytest.mark.both_databases


def events() -> list[Event]:
    return list(db.session.scalars(every(Event).order_by(Event.id)))


def test_a_row_changed_outside_an_action_is_stopped_at_the_flush(desk: Desk) -> None:
    desk.do("company.create", name="Harrow Lane Clinics")
    with pytest.raises(OutsideAction), unit_of_work():
        db.session.scalars(every(Company)).one().name = "Something else"
    assert db.session.scalars(every(Company)).one().name == "Harrow Lane Clinics"


def test_a_row_added_outside_an_action_is_stopped_as_well(desk: Desk) -> None:
    with pytest.raises(OutsideAction), unit_of_work() as session:
        session.add(Company(name="Nobody's"))


def test_an_action_leaves_exactly_one_event_with_every_row_it_changed(desk: Desk) -> None:
    before = len(events())
    desk.do("company.create", name="Harrow Lane Clinics", phone="+12125550114")
    left = events()[before:]
    assert [event.code for event in left] == ["company.created"]
    made = [fact for fact in left[0].facts if fact["old"] is None]
    assert [fact["table"] for fact in made] == ["companies", "addresses"]
    assert made[0]["new"]["name"] == "Harrow Lane Clinics"
    assert "space_id" not in made[0]["new"]


def test_the_old_value_stands_in_the_event_even_when_it_was_never_read(desk: Desk) -> None:
    desk.do("company.create", name="Harrow Lane Clinics")
    with unit_of_work() as session:
        company = session.scalars(every(Company)).one()
        session.expire(company)
        with acting(Laying(), by=None, at=desk.space.now()) as draft:
            company.website = "harrow.example"
    assert draft.written is not None
    (fact,) = draft.written.facts
    assert fact["old"]["website"] is None and fact["new"]["website"] == "harrow.example"


def test_a_change_that_was_taken_back_before_the_flush_leaves_no_fact(desk: Desk) -> None:
    desk.do("company.create", name="Harrow Lane Clinics")
    with unit_of_work() as session:
        company = session.scalars(every(Company)).one()
        with acting(Laying(), by=None, at=desk.space.now()) as draft:
            company.name = "Other"
            company.name = "Harrow Lane Clinics"
    assert draft.written is not None and draft.written.facts == []


def test_a_savepoint_that_is_rolled_back_takes_its_facts_with_it(desk: Desk) -> None:
    desk.do("company.create", name="Harrow Lane Clinics")
    with unit_of_work() as session:
        company = session.scalars(every(Company)).one()
        with acting(Laying(), by=None, at=desk.space.now()) as draft:
            company.website = "kept.example"
            savepoint = session.begin_nested()
            company.name = "Never"
            session.flush()
            savepoint.rollback()
    assert draft.written is not None
    assert [sorted(fact["new"]) for fact in draft.written.facts] == [["version", "website"]]
    assert db.session.scalars(every(Company)).one().name == "Harrow Lane Clinics"


def test_a_refused_action_leaves_neither_rows_nor_event(desk: Desk) -> None:
    deal = desk.deal()
    before = len(events())
    with pytest.raises(Refused):
        desk.do("deal.win", deal, amount=None, close_date=None)
    assert len(events()) == before and db.session.scalars(every(Deal)).one().is_open


def test_an_event_is_never_changed_nor_removed(desk: Desk) -> None:
    desk.do("company.create", name="Harrow Lane Clinics")
    with pytest.raises(OutsideAction), unit_of_work():
        events()[-1].code = "company.sold"
    with pytest.raises(OutsideAction), unit_of_work() as session:
        session.delete(events()[-1])


def test_statements_past_the_session_are_refused(desk: Desk) -> None:
    for statement in (
        update(Company).values(name="All the same"),
        text("DELETE FROM companies"),
        select(Company.__table__),
    ):
        with pytest.raises(OutsideSpace), unit_of_work() as session:
            session.execute(statement)


def test_actions_do_not_nest(desk: Desk) -> None:
    at: Any = desk.space.now()
    outer, inner = acting(Laying(), by=None, at=at), acting(Laying(), by=None, at=at)
    with pytest.raises(RuntimeError), unit_of_work(), outer, inner:
        pass


def test_a_deleted_record_is_not_found_and_comes_back_with_its_restoration(desk: Desk) -> None:
    company = desk.do("company.create", name="Harrow Lane Clinics").record
    assert company is not None
    n = company.n
    desk.do("company.delete", company)
    with pytest.raises(LookupError):
        fetch(Company, n)
    desk.do("company.restore", fetch(Company, n, deleted=True))
    assert fetch(Company, n).name == "Harrow Lane Clinics"
    assert db.session.scalars(every(Deal)).all() == []
