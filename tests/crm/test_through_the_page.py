"""The actions through their pages: what a person clicks and types."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup

from sandbox.crm import Company, Deal, Lead
from sandbox.extensions import db
from sandbox.spaces import Casting, every, fetch, inside
from sandbox.web.unit_of_work import unit_of_work
from tests.conftest import SignIn, Visit
from tests.factories.crm import Desk, make_space


@pytest.fixture
def tanyas_desk(app: Any, cast: Any) -> Any:
    """Tanya's own space."""
    with app.test_request_context("/"):
        space = make_space("office-supply", kind="free")
        with unit_of_work():
            db.session.refresh(space)
            space.person_id = cast.tanya.id
        with inside(space):
            desk = Desk(space)
            me, tanya = desk.me.n, cast.tanya.id
            with unit_of_work() as session:
                session.add(Casting(space_id=space.id, person_id=tanya, colleague_n=me))
            yield desk


def test_a_company_is_deleted_and_restored_by_its_buttons(tanyas_desk: Desk, sign_in: Any) -> None:
    company = tanyas_desk.company()
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/companies/{company.n}"
    assert tanya.post(f"{place}/delete").status_code == 303
    refused = tanya.post(f"{place}/edit", data={"name": "Maple"})
    assert refused.status_code == 409 and "was deleted meanwhile" in refused.get_data(as_text=True)
    assert tanya.post(f"{place}/restore").status_code == 303
    db.session.rollback()
    assert fetch(Company, company.n).deleted_at is None


def test_a_duplicate_is_warned_of_in_the_form_and_may_be_created_anyway(
    tanyas_desk: Desk, sign_in: Any
) -> None:
    maple = tanyas_desk.company("Maple Dental", phone="+12025550143")
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/companies/create"
    typed = {"name": "Mapel Dental", "phone": "(202) 555-0143", "kind": "legal"}
    answer = tanya.post(place, data=typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert 'name="anyway"' in page and 'name="anyway"' not in tanya.get(place).get_data(as_text=True)
    assert f'href="/s/{tanyas_desk.space.id}/companies/{maple.n}"' in page
    assert "Maple Dental" in page and "Mapel Dental" in page
    # the way past the warning stands right below it, and there alone
    assert page.count('name="anyway"') == 1
    assert page.index('role="alert"') < page.index('name="anyway"') < page.index('name="name"')
    assert tanya.post(place, data={**typed, "anyway": "1"}).status_code == 303


def test_a_new_company_asks_for_seven_things_and_folds_the_others(
    tanyas_desk: Desk, sign_in: SignIn, visit: Visit
) -> None:
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/companies/create"
    form = visit(place, by=tanya).select("form[data-form]")[0]
    more = form.select("details")[0]
    asked = [one["name"] for one in form.select("[id^=f-][name]") if more not in one.parents]
    assert asked == ["name", "kind", "inn", "phone", "email", "website", "owner"]
    assert not more.has_attr("open") and more.select("[name=industry]")


@pytest.mark.parametrize(("value", "opens"), [("law", True), ("", False), ("no such", True)])
def test_folded_fields_show_themselves_where_something_stands_or_is_wrong_in_them(
    tanyas_desk: Desk, sign_in: SignIn, value: str, opens: bool
) -> None:
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/companies/create"
    answer = tanya.post(place, data={"name": "", "industry": value})
    assert answer.status_code == 422
    assert ('<details class="more-fields" open' in answer.get_data(as_text=True)) is opens


def test_a_deal_is_moved_by_the_number_of_a_stage_of_its_space(tanyas_desk: Desk, sign_in: Any) -> None:
    deal = tanyas_desk.deal(contact=tanyas_desk.contact())
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/deals/{deal.n}/move"
    stage = tanyas_desk.stage("qualification")
    assert stage.title in tanya.get(place).get_data(as_text=True)
    assert tanya.post(place, data={"stage": "999999"}).status_code == 422
    assert tanya.post(place, data={"stage": str(stage.n)}).status_code == 303
    db.session.rollback()
    assert fetch(Deal, deal.n).stage.code == "qualification"


def test_a_lead_is_converted_with_nothing_chosen(tanyas_desk: Desk, sign_in: Any, visit: Visit) -> None:
    lead = tanyas_desk.lead("Ivy Stone", company_name="Stone Law")
    tanyas_desk.do("lead.qualify", lead, need="Paper", budget=Decimal(900))
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/leads/{lead.n}/convert"
    assert 'value="900"' in tanya.get(place).get_data(as_text=True)
    answer = tanya.post(place, data={"amount": "1 200,50", "title": "Paper"})
    assert answer.status_code == 303
    db.session.rollback()
    found = fetch(Lead, lead.n)
    assert found.deal is not None and found.company is not None
    assert answer.location.endswith(f"/deals/{found.deal.n}"), "the work goes on in the deal"
    assert (found.deal.amount, found.company.name) == (Decimal("1200.50"), "Stone Law")
    drawn = visit(place.removesuffix("/convert"), by=tanya)
    assert drawn.select(f'.record-head [data-open="{found.deal.key}"]')


def test_oleg_finds_nothing_of_tanyas(tanyas_desk: Desk, sign_in: Any) -> None:
    deal = tanyas_desk.deal()
    oleg = sign_in("oleg")
    for way in (oleg.get, oleg.post):
        assert way(f"/s/{tanyas_desk.space.id}/deals/{deal.n}/win").status_code == 404


def test_the_companys_own_fields_are_asked_for_and_kept(tanyas_desk: Desk, sign_in: Any) -> None:
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/companies"
    own = {"custom.employees": "40", "custom.delivery": "dock", "custom.tax_exempt": "1"}
    assert tanya.post(f"{place}/create", data={"name": "Maple", "kind": "legal", **own}).status_code == 303
    db.session.rollback()
    company = db.session.scalars(every(Company)).one()
    assert company.custom == {"employees": 40, "delivery": "dock", "tax_exempt": True}
    page = tanya.get(f"{place}/{company.n}/edit").get_data(as_text=True)
    assert 'value="40"' in page and "Loading dock" in page
    wrong = {"name": "Maple", "custom.delivery": "rocket"}
    assert tanya.post(f"{place}/{company.n}/edit", data=wrong).status_code == 422
    asked: dict[str, Any] = {"custom.deliver_by": date(2026, 4, 1), "custom.sites": 3}
    deal = tanyas_desk.deal(**asked)
    assert deal.custom == {"deliver_by": "2026-04-01", "sites": 3}
    page = tanya.get(f"/s/{tanyas_desk.space.id}/deals/{deal.n}/edit").get_data(as_text=True)
    assert 'value="2026-04-01"' in page


def test_a_merge_is_compared_done_and_undone_through_the_page(tanyas_desk: Desk, sign_in: Any) -> None:
    first, other = tanyas_desk.company("Maple Dental"), tanyas_desk.company("Birch Dental")
    tanyas_desk.cast("data-steward")
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/companies/{first.n}"
    compared = tanya.get(f"{place}/merge?other={other.n}").get_data(as_text=True)
    assert 'name="from_name"' in compared and "Birch Dental" in compared
    merged = tanya.post(f"{place}/merge", data={"other": str(other.n), "from_name": "other"})
    assert merged.status_code == 303
    shown = tanya.get(place).get_data(as_text=True)
    undo = re.search(r"/s/\d+/events/\d+/undo", shown)
    assert "Birch Dental" in shown and undo
    assert tanya.post(undo.group()).status_code == 303
    db.session.rollback()
    assert [fetch(Company, one.n).name for one in (first, other)] == ["Maple Dental", "Birch Dental"]


def test_only_what_offers_its_undo_is_taken_back(tanyas_desk: Desk, sign_in: Any) -> None:
    done = tanyas_desk.do("company.create", name="Maple Dental")
    tanya = sign_in("tanya")
    assert tanya.post(f"/s/{tanyas_desk.space.id}/events/{done.event.n}/undo").status_code == 404


def test_what_the_rule_asks_for_is_not_said_to_be_optional(tanyas_desk: Desk, sign_in: Any) -> None:
    deal = tanyas_desk.deal()
    place = f"/s/{tanyas_desk.space.id}/deals"
    win, edit = (
        sign_in("tanya").get(f"{place}/{deal.n}/{verb}").get_data(as_text=True) for verb in ("win", "edit")
    )
    assert "may stay empty" not in win
    assert edit.count("may stay empty") >= 5  # company, contact and owner among them


def test_an_american_firm_has_one_number_and_keeps_its_spelling(tanyas_desk: Desk, sign_in: Any) -> None:
    maple = tanyas_desk.company("Maple Dental", inn="27-0073154")
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/companies/{maple.n}/edit"
    form = tanya.get(place).get_data(as_text=True)
    assert "Tax number" in form and "KPP" not in form and "INN" not in form
    assert tanya.post(place, data={"name": "Maple Dental", "inn": "270073154"}).status_code == 303
    db.session.rollback()
    assert fetch(Company, maple.n).inn == "27-0073154"


def test_a_task_is_set_from_the_list_of_tasks_and_found_there_when_done(
    tanyas_desk: Desk, sign_in: Any, visit: Any
) -> None:
    deal = tanyas_desk.deal(title="Paper for a year")
    lead = tanyas_desk.lead("Ivy Stone")
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/activities"
    assert visit(place, by=tanya).find("a", href=f"{place}/new") is not None
    offered = [
        one["data-record"] for one in visit(f"{place}/new", by=tanya).select('main [data-action="task.set"]')
    ]
    assert offered == [deal.key, lead.key]
    found = visit(f"{place}/new?q=paper", by=tanya).select_one('[data-action="task.set"]')
    answer = tanya.get(found["href"]).get_data(as_text=True)
    assert f'name="return_to" value="{place}"' in answer
    tanyas_desk.do("task.set", deal, subject="Send the price", due=tanyas_desk.now.date())
    tanyas_desk.do("task.set", deal, subject="Ring them up", due=tanyas_desk.now.date())
    tanyas_desk.do("task.finish", tanyas_desk.activities()[0], result="Sent")
    open_ones, done = (visit(place + tab, by=tanya).find("main").get_text(" ") for tab in ("", "?state=done"))
    assert "Ring them up" in open_ones and "Send the price" not in open_ones
    assert "Send the price" in done and "Task, done today" in done and "Ring them up" not in done
    assert "Nothing was found" in visit(f"{place}/new?q=zebra", by=tanya).find("main").get_text(" ")


def test_what_comes_next_with_a_lead_is_its_first_button(tanyas_desk: Desk, sign_in: Any, visit: Any) -> None:
    lead = tanyas_desk.lead("Ivy Stone", company_name="Stone Law")
    tanya, place = sign_in("tanya"), f"/s/{tanyas_desk.space.id}/leads/{lead.n}"

    def first() -> str:
        return str(visit(place, by=tanya).select(".record-actions .button.primary")[0]["data-action"])

    tanyas_desk.do("lead.take", lead)
    tanyas_desk.do("lead.qualify", lead, need="Paper", budget=Decimal(900))
    assert first() == "call.log"
    tanyas_desk.do("call.log", lead, outcome="reached", note="A year of paper")
    assert first() == "lead.convert"


def test_what_a_rule_turned_down_is_marked_at_its_field(
    tanyas_desk: Desk, sign_in: Any, visit: Visit
) -> None:
    deal = tanyas_desk.deal()
    place = f"/s/{tanyas_desk.space.id}/deals/{deal.n}/task/set"
    answer = sign_in("tanya").post(place, data={"subject": "Call", "due": "2001-01-01"})
    assert answer.status_code == 409
    drawn = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    wrong = drawn.select_one("[name=due]")
    assert wrong is not None and wrong["aria-invalid"] == "true"
    assert "This day has passed" in drawn.select("form .field-error")[0].get_text()
    assert drawn.select("form [role=alert]") == []
