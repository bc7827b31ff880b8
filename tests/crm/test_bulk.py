"""Many records at once: by the rules of each, as one event that is taken back whole."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from sandbox.crm import Company, Deal
from sandbox.crm.bulk import running, working
from sandbox.crm.bulk.models import BulkRun
from sandbox.crm.bulk.ways import declared_ways
from sandbox.crm.bulk.working import STANDS_STILL, do, do_part
from sandbox.extensions import db
from sandbox.ledger import Event
from sandbox.spaces import Casting, Colleague, every, first, inside
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.test_list_filters import titles
from tests.crm.test_pages import Look, desk, look, words
from tests.factories.crm import Desk, make_space

__all__ = ["desk", "look"]


@pytest.fixture
def send(desk: Desk, sign_in: Any) -> Any:
    """Do something with many records, as Tanya."""
    tanya = sign_in("tanya")

    def sent(way: str, of: str, **values: Any) -> Any:
        data = {"of": of, "way": way, "return_to": f"/s/{desk.space.id}/{of}", **values}
        return tanya.post(f"/s/{desk.space.id}/bulk", data=data)

    return sent


def another(desk: Desk) -> Any:
    """A colleague who is not me."""
    return first(every(Colleague).where(Colleague.id != desk.me.id).order_by(Colleague.id))


def fresh(query: Any) -> list[Any]:
    """Rows as they stand now."""
    db.session.rollback()
    return list(db.session.scalars(query))


@pytest.mark.both_databases
def test_ticked_companies_get_an_owner_as_one_event_and_back_by_undo(
    desk: Desk, send: Any, sign_in: Any
) -> None:
    ticked = [desk.company(name, type="customer", email=f"{name}@firm.example") for name in "abc"]
    left = desk.company("left")
    other = another(desk)
    answer = send("company.edit:owner", "companies", owner=other.n, n=[one.n for one in ticked])
    assert answer.status_code == 303 and answer.location.endswith("/companies")
    owners = {one.name: (one.owner.code, one.type, one.email) for one in fresh(every(Company))}
    assert owners["a"] == (other.code, "customer", "a@firm.example"), "the rest of the card stays"
    assert owners["left"][0] == desk.me.code and left.n
    events = fresh(every(Event).where(Event.action == "bulk.run"))
    assert len(events) == 1 and events[0].values["done"] == 3
    sign_in("tanya").post(f"/s/{desk.space.id}/events/{events[0].n}/undo", data={})
    assert {one.owner.code for one in fresh(every(Company))} == {desk.me.code}


def test_a_rule_refuses_its_row_and_the_report_says_which_and_why(desk: Desk, send: Any, look: Look) -> None:
    free, busy = desk.company("Free"), desk.company("Busy")
    desk.deal("Paper", company=busy)
    answer = send("company.delete", "companies", n=[free.n, busy.n])
    page = look(answer.location.removeprefix(f"/s/{desk.space.id}/"))
    assert "done 1 + refused 1 = ticked 2" in words(page)
    assert titles(page) == ["Busy"] and "deal" in words(page.select("tbody tr")[0])
    assert [one.name for one in fresh(every(Company))] == ["Busy"]


def test_all_that_match_are_worked_on_in_the_background_with_progress(
    desk: Desk, send: Any, look: Look
) -> None:
    for number in range(60):
        desk.deal(f"Paper {number}", amount=Decimal(10))
    desk.deal("Chairs", amount=Decimal(20))
    other = another(desk)
    answer = send("deal.edit:owner", "deals", owner=other.n, all="1", asked="q=paper")
    run = int(answer.location.rpartition("/")[2])
    db.session.rollback()
    do(run)
    with inside(desk.space):
        owners = [one.owner.code for one in fresh(every(Deal))]
        assert owners.count(other.code) == 60 and len(owners) == 61
        assert "done 60 + refused 0 = ticked 60" in words(look(f"bulk/{run}"))
    do(run)
    assert len(fresh(every(Event).where(Event.action == "bulk.run"))) == 1, "it is done once"


@pytest.mark.both_databases
def test_much_is_done_part_by_part_goes_on_where_it_was_cut_off_and_is_undone_as_one(
    desk: Desk, send: Any, look: Look, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PART", 25)
    for number in range(60):
        desk.deal(f"Paper {number}", amount=Decimal(10))
    other = another(desk)
    answer = send("deal.edit:owner", "deals", owner=other.n, all="1", asked="q=paper")
    run = int(answer.location.rpartition("/")[2])
    db.session.rollback()

    def owned() -> int:
        return [one.owner.code for one in fresh(every(Deal))].count(other.code)

    with inside(desk.space):
        do_part(run, desk.me.n, 1)
        assert owned() == 25, "the worker goes after its first part"
        assert "25 of 60" in words(look(f"bulk/{run}"))
    with unit_of_work():
        db.session.get_one(BulkRun, run).moved_at -= STANDS_STILL * 2
    asked: list[int] = []
    monkeypatch.setattr(working, "start", asked.append)
    working.go_on()
    assert asked == [run]
    do(run)
    working.go_on()
    assert asked == [run], "what is done is not taken up again"
    with inside(desk.space):
        assert owned() == 60
        assert "done 60 + refused 0 = ticked 60" in words(look(f"bulk/{run}"))
        parts = fresh(every(Event).where(Event.action == "bulk.run"))
        assert [one.values["done"] for one in parts] == [25, 25, 10]
        sign_in("tanya").post(f"/s/{desk.space.id}/events/{parts[1].n}/undo", data={})
        assert owned() == 0, "undone as one, from whichever part"
        assert "undone" in words(look(f"bulk/{run}"))


def test_records_of_another_space_are_not_found(desk: Desk, send: Any) -> None:
    mine = desk.company("Mine").n
    elsewhere = make_space("office-supply", kind="attempt")
    with inside(elsewhere):
        there = Desk(elsewhere)
        strange = [there.company(f"Theirs {number}").n for number in range(5)]
    send("company.delete", "companies", n=[mine, max(strange) + 500, -1, "x", 10**15])
    with inside(elsewhere):
        assert len(fresh(every(Company))) == 5
    assert fresh(every(Company)) == []
    with unit_of_work():
        work = db.session.get_one(BulkRun, 1)
    assert work.numbers == [mine]


def test_what_the_job_role_may_not_do_is_not_offered_and_not_done(desk: Desk, send: Any, look: Look) -> None:
    deal = desk.deal("Paper")
    page = look("deals")
    assert page.select_one("[data-action='bulk.deal.lose']") is not None
    with unit_of_work() as session:
        roles = [code for code, role in desk.space.company.roles.items() if "sell" not in role.rights]
        other: Any = first(every(Colleague).where(Colleague.job_role.in_(roles)).order_by(Colleague.id))
        session.get_one(Casting, (desk.space.id, desk.space.person_id)).colleague_n = other.n
    page = look("deals")
    assert page.select_one("[data-action='bulk.deal.lose']") is None
    assert send("deal.lose", "deals", n=[deal.n], reason="price").status_code in (403, 409)


def test_a_field_that_is_wrong_comes_back_to_be_put_right(desk: Desk, send: Any) -> None:
    company = desk.company("Maple")
    answer = send("tag.add", "companies", n=[company.n], tag="")
    assert answer.status_code == 422 and "Please fill this in." in answer.get_data(as_text=True)
    assert "Nothing is ticked" in send("tag.add", "companies", tag="x").get_data(as_text=True)


@pytest.mark.both_databases
def test_the_file_has_the_chosen_columns_of_all_that_match(desk: Desk, sign_in: Any) -> None:
    for number in range(30):
        desk.deal(f"Paper {number:02}", amount=Decimal(number) + Decimal("0.5"))
    desk.company("=1+1", website="maple.example")
    desk.do("list.choose_columns", of="companies", columns="website,owner")
    tanya, here = sign_in("tanya"), f"/s/{desk.space.id}/bulk"
    text = tanya.get(f"{here}/file.csv?of=companies&all=1").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows == [["Company", "Website", "Owner"], ["'=1+1", "maple.example", desk.me.name]]
    answer = tanya.get(f"{here}/file.xlsx?of=deals&all=1&asked=sort%3Damount")
    sheet: Any = load_workbook(io.BytesIO(answer.data)).active
    assert sheet.max_row == 31
    assert (sheet.cell(2, 1).value, sheet.cell(2, 3).value) == ("Paper 00", 0.5)


def test_two_ticked_cards_go_to_their_comparison(desk: Desk, sign_in: Any) -> None:
    one, other = desk.company("Maple"), desk.company("Maple Inc")
    desk.cast("data-steward")
    tanya, here = sign_in("tanya"), f"/s/{desk.space.id}"
    answer = tanya.get(f"{here}/bulk?of=companies&way=merge&n={one.n}&n={other.n}")
    assert answer.location == f"{here}/companies/{one.n}/merge?other={other.n}"
    assert tanya.get(f"{here}/bulk?of=companies&way=merge&n={one.n}").status_code == 409


def test_tags_are_put_on_and_taken_off_many_cards(desk: Desk, send: Any, look: Look) -> None:
    cards = [desk.company(name) for name in "ab"]
    company = desk.space.company
    code, title = company.choices("tags", "en")[0]
    send("tag.add", "companies", n=[one.n for one in cards], tag=str(title))
    assert titles(look(f"companies?tag={code}")) == ["a", "b"]
    send("tag.take_off", "companies", n=[cards[0].n], tag=str(title))
    assert titles(look(f"companies?tag={code}")) == ["b"]


def test_every_way_names_an_action_of_its_record_and_a_field_of_its_form(app: Any) -> None:
    with app.test_request_context("/"), inside(make_space("office-supply")):
        for model, ways in declared_ways().items():
            for way in ways:
                assert model in way.declared.on, way.code
                assert not way.field or way.field in way.declared.form()._fields, way.code
