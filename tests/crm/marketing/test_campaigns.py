"""A campaign has one source tag, its days, its budget, and costs that are added up, never typed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox.crm import Campaign, CampaignCost
from sandbox.kernel.errors import Refused
from sandbox.kernel.slugs import slug
from sandbox.ledger import undo
from sandbox.spaces import every, first
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.marketing.conftest import colleague
from tests.crm.test_pages import Look, opened, words
from tests.factories.crm import TODAY, Desk, refused

D = Decimal


def planned(**fields: Any) -> dict[str, Any]:
    return {"name": "Back to school", "type": "email", "tag": "school-2026", **fields}


def test_a_campaign_without_a_tag_is_refused_with_one_that_is_free(desk: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        desk.do("campaign.create", **planned(tag=None))
    assert refusal.value.code == "no_tag"
    assert "back-to-school-2026" in str(refusal.value.message)


def test_a_tag_that_another_campaign_has_is_refused_with_the_next_one(desk: Desk) -> None:
    desk.do("campaign.create", **planned())
    with pytest.raises(Refused) as refusal:
        desk.do("campaign.create", **planned(name="Autumn", tag=" School-2026 "))
    assert (refusal.value.code, refusal.value.field) == ("tag_taken", "tag")
    assert "school-2026-2" in str(refusal.value.message) and "Back to school" in str(refusal.value.message)


def test_a_tag_stands_in_links_and_is_spelt_so(desk: Desk) -> None:
    assert refused(desk, "campaign.create", **planned(tag="к школе 2026")) == "bad_tag"
    assert slug("Зимнее топливо: Ёлка & Ко") == "zimnee-toplivo-elka-ko"


def test_a_campaign_keeps_its_own_tag_when_it_is_edited_and_loses_it_never_once_it_runs(desk: Desk) -> None:
    campaign = desk.campaign(tag="spring")
    desk.do(
        "campaign.edit", campaign, **planned(tag="spring-paper", begins_on=TODAY, ends_on=TODAY, budget=D(1))
    )
    assert campaign.tag == "spring-paper"
    desk.do("campaign.start", campaign)
    assert refused(desk, "campaign.edit", campaign, **planned(tag="other")) == "tag_in_use"


def test_the_last_day_comes_after_the_first(desk: Desk) -> None:
    days = {"begins_on": TODAY, "ends_on": TODAY - timedelta(days=1)}
    assert refused(desk, "campaign.create", **planned(**days)) == "ends_before"


def test_a_campaign_starts_with_days_and_a_budget_only(desk: Desk) -> None:
    bare = desk.do("campaign.create", **planned()).record
    assert refused(desk, "campaign.start", bare) == "no_days"
    desk.do("campaign.edit", bare, **planned(begins_on=TODAY, ends_on=TODAY))
    assert refused(desk, "campaign.start", bare) == "no_budget"
    desk.do("campaign.edit", bare, **planned(begins_on=TODAY, ends_on=TODAY, budget=D(900)))
    desk.do("campaign.start", bare)
    assert refused(desk, "campaign.start", bare) == "not_planned"
    desk.do("campaign.finish", bare)
    assert refused(desk, "campaign.cancel", bare, note="No room") == "not_open"


def test_costs_are_lines_that_add_up(desk: Desk) -> None:
    campaign = desk.campaign(budget=D(500))
    desk.do("campaign.add_cost", campaign, day=TODAY, kind="media", what="Banner", amount=D("320.50"))
    desk.do("campaign.add_cost", campaign, day=TODAY, kind="production", what="Design", amount=D(200))
    assert (campaign.cost, campaign.over_budget) == (D("520.50"), True)
    line = first(every(CampaignCost).where(CampaignCost.what == "Design"))
    desk.do("campaign_cost.edit", line, day=TODAY, kind="production", what="Design", amount=D(100))
    assert (campaign.cost, campaign.over_budget) == (D("420.50"), False)
    desk.do("campaign_cost.remove", line)
    assert campaign.cost == D("320.50")


def test_money_that_is_still_to_be_spent_is_no_cost(desk: Desk) -> None:
    campaign = desk.campaign()
    spent = {"kind": "media", "what": "Banner", "amount": D(10)}
    assert (
        refused(desk, "campaign.add_cost", campaign, day=TODAY + timedelta(days=1), **spent) == "future_day"
    )
    assert refused(desk, "campaign.add_cost", campaign, day=TODAY, **{**spent, "amount": D(0)}) == "no_amount"


@pytest.mark.both_databases
def test_a_campaign_and_its_costs_are_taken_back(desk: Desk) -> None:
    made = desk.do("campaign.create", **planned())
    spent = desk.do("campaign.add_cost", made.record, day=TODAY, kind="media", what="Banner", amount=D(10))
    with unit_of_work():
        undo([spent.event, made.event], by=desk.me, at=desk.now)
    assert first(every(Campaign)) is None and first(every(CampaignCost)) is None


def test_a_sales_manager_plans_no_campaigns(desk: Desk) -> None:
    seller = colleague(desk, "sales-manager")
    with pytest.raises(Refused) as refusal:
        seller.do("campaign.create", **planned())
    assert refusal.value.code == "not_allowed"


def test_the_link_of_a_campaign_carries_its_tag_and_its_medium(tanyas_desk: Desk, look: Look) -> None:
    campaign = tanyas_desk.campaign(landing="https://finch-ledger.example/school?page=2")
    page = look(f"campaigns/{campaign.n}")
    link = str(page.select_one("#source-tag input")["value"])  # type: ignore[index]
    assert parse_qs(urlsplit(link).query) == {
        "page": ["2"],
        "utm_source": ["search"],
        "utm_medium": ["cpc"],
        "utm_campaign": ["spring-paper"],
    }


def test_the_page_shows_what_was_spent_of_the_budget(tanyas_desk: Desk, look: Look) -> None:
    campaign = tanyas_desk.campaign(budget=D(400))
    tanyas_desk.do("campaign.add_cost", campaign, day=TODAY, kind="media", what="Banner", amount=D(500))
    said = words(look(f"campaigns/{campaign.n}"))
    assert "$500 of $400" in said and "More was spent than the budget allows." in said
    assert "entered $500 for Banner" in said


def test_campaigns_are_found_by_their_tag(tanyas_desk: Desk, look: Look) -> None:
    campaign = tanyas_desk.campaign(tag="paper-2026")
    tanyas_desk.campaign("Autumn", tag="autumn")
    assert opened(look("campaigns?q=paper-2026")) == [campaign.key]
    assert campaign.key in opened(look("search?q=paper-2026"))
    assert "$10,000" in words(look("campaigns"))


def test_the_list_and_the_page_of_campaigns_ask_few_questions(
    tanyas_desk: Desk, look: Look, asked: list[str]
) -> None:
    campaign = tanyas_desk.campaign()
    for number in range(12):
        tanyas_desk.campaign(f"Campaign {number}", tag=f"tag-{number}")
        day = TODAY - timedelta(days=number)
        tanyas_desk.do("campaign.add_cost", campaign, day=day, kind="media", what="Banner", amount=D(10))
    n = campaign.n
    asked.clear()
    look("campaigns")
    assert len(asked) <= 10, "\n".join(asked)
    asked.clear()
    look(f"campaigns/{n}")
    assert len(asked) <= 15, "\n".join(asked)
