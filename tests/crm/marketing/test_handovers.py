"""Marketing passes on what fits the rule; sales accepts or returns it with a reason, and the clock shows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.crm import Lead
from sandbox.crm.communications.inbox import everything_waiting
from sandbox.crm.sales.handovers.models import Handover
from sandbox.kernel.errors import Refused
from tests.crm.marketing.conftest import colleague
from tests.crm.test_pages import Look, opened, words
from tests.factories.crm import Desk, refused

FIT = {"company_name": "Maple Dental", "phone": "+16145550142", "need": "Paper", "budget": Decimal(9000)}


def fit_lead(desk: Desk, name: str = "Anna Lee", **fields: Any) -> Lead:
    return colleague(desk, "sales-manager").lead(name, **{**FIT, **fields})


def passed(desk: Desk, lead: Lead | None = None) -> Handover:
    seller = colleague(desk, "sales-manager").me
    made = desk.do("lead.pass_on", lead or fit_lead(desk), to=seller, note="Asked twice").event.values["made"]
    from sandbox.spaces import fetch

    return fetch(Handover, made["n"])


@pytest.mark.parametrize("missing", ["company_name", "phone", "need"])
def test_a_lead_that_does_not_fit_is_not_passed_on_and_says_what_it_lacks(desk: Desk, missing: str) -> None:
    fields: dict[str, Any] = {missing: None}
    lead = fit_lead(desk, **fields)
    seller = colleague(desk, "sales-manager").me
    with pytest.raises(Refused) as refusal:
        desk.do("lead.pass_on", lead, to=seller)
    assert refusal.value.code == "not_fit" and "Still missing" in str(refusal.value.message)


def test_a_budget_below_the_companys_least_does_not_fit(desk: Desk) -> None:
    seller = colleague(desk, "sales-manager").me
    assert refused(desk, "lead.pass_on", fit_lead(desk, budget=Decimal(100)), to=seller) == "not_fit"


def test_a_lead_is_passed_to_a_seller_once_and_no_test_is(desk: Desk) -> None:
    lead = fit_lead(desk)
    seller = colleague(desk, "sales-manager").me
    assert refused(desk, "lead.pass_on", lead, to=desk.me) == "does_not_sell"
    desk.do("lead.pass_on", lead, to=seller)
    assert refused(desk, "lead.pass_on", lead, to=seller) == "waits_already"
    test = fit_lead(desk, "Test")
    desk.do("lead.mark_test", test)
    assert refused(desk, "lead.pass_on", test, to=seller) == "is_test"


def test_an_accepted_lead_is_the_sellers_and_in_work(desk: Desk) -> None:
    handover = passed(desk)
    seller = colleague(desk, "sales-manager")
    seller.do("handover.accept", handover)
    assert (handover.status, handover.late, handover.lead.status) == ("accepted", False, "in_work")
    assert handover.lead.owner == seller.me
    assert refused(seller, "handover.accept", handover) == "answered"


def test_a_returned_lead_goes_back_to_who_passed_it_on_with_a_reason(desk: Desk) -> None:
    handover = passed(desk)
    seller = colleague(desk, "sales-manager")
    assert refused(seller, "handover.return", handover, reason="other") == "no_note"
    seller.do("handover.return", handover, reason="no-budget")
    assert (handover.status, handover.lead.owner, handover.lead.is_open) == ("returned", desk.me, True)
    again = passed(desk, handover.lead)
    assert again.id != handover.id and again.is_open


def test_only_the_seller_or_the_head_answers(desk: Desk) -> None:
    handover = passed(desk)
    head = colleague(desk, "head-of-sales")
    with pytest.raises(Refused) as refusal:
        desk.do("handover.accept", handover)
    assert refusal.value.code == "not_allowed"
    head.do("handover.accept", handover)
    assert handover.lead.owner == handover.to


def test_the_clock_counts_hours_of_work_and_a_late_answer_is_late(desk: Desk) -> None:
    handover = passed(desk)
    assert handover.answer_by == desk.now + timedelta(hours=4)
    seller = colleague(desk, "sales-manager")
    seller.later = timedelta(hours=5)
    seller.do("handover.accept", handover)
    assert handover.late


def test_it_waits_in_the_sellers_inbox_and_once_late_in_the_heads(desk: Desk) -> None:
    handover = passed(desk)
    seller, head = colleague(desk, "sales-manager").me, colleague(desk, "head-of-sales").me
    [waiting] = [one for one in everything_waiting(seller) if one.kind == "lead"]
    assert (waiting.row, waiting.by, waiting.due) == (handover, desk.me.name, handover.answer_by)
    assert not [one for one in everything_waiting(head) if one.kind == "lead"]


def test_the_report_counts_answers_and_each_figure_leads_to_its_list(tanyas_desk: Desk, look: Look) -> None:
    seller = colleague(tanyas_desk, "sales-manager")
    one, two, three = (passed(tanyas_desk, fit_lead(tanyas_desk, name)) for name in ("Ann", "Bob", "Cy"))
    seller.do("handover.accept", one)
    seller.do("handover.return", two, reason="no-budget")
    page = look("handovers/report")
    said = words(page)
    assert "3 leads passed to sales." in said
    assert "Accepted of those answered: 50%. Answered in time: 100%." in said
    [link] = page.select("#reasons a")
    assert opened(look(str(link["href"]).partition(f"/s/{tanyas_desk.space.id}/")[2])) == [two.lead.key]
    assert opened(look("handovers?status=waiting")) == [three.lead.key]


def test_the_lead_shows_who_has_to_answer_by_when(tanyas_desk: Desk, look: Look, asked: list[str]) -> None:
    handover = passed(tanyas_desk)
    n = handover.lead.n
    asked.clear()
    said = words(look(f"leads/{n}"))
    assert len(asked) <= 15, "\n".join(asked)
    assert "Waits for sales" in said and "answer within" in said and "Asked twice" in said
    asked.clear()
    look("handovers")
    assert len(asked) <= 10, "\n".join(asked)
