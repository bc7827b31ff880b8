"""Leads and deals belong to the campaign whose tag they carry; results leave our own tests out."""

from __future__ import annotations

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from sandbox.crm import Campaign, Deal, Lead
from sandbox.crm.attribution import LAST, touched_again
from sandbox.crm.marketing.results.formulas import per_piece, return_on_investment
from sandbox.crm.marketing.results.queries import results_by
from sandbox.ledger import Event, acting
from sandbox.spaces import every, first
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.marketing.conftest import colleague
from tests.crm.test_pages import Look, opened, words
from tests.factories.crm import TODAY, Desk, Laying, refused

D = Decimal


def converted(desk: Desk, campaign: Campaign | None, name: str = "Anna Lee", amount: int = 1000) -> Deal:
    seller = colleague(desk, "sales-manager")
    lead = seller.lead(name, campaign=campaign, company_name=f"{name} and Sons")
    seller.do("lead.qualify", lead, need="Paper", budget=D(amount))
    seller.do("lead.convert", lead, amount=D(amount))
    assert isinstance(lead.deal, Deal)
    return lead.deal


def won(desk: Desk, campaign: Campaign | None, name: str, amount: int) -> Deal:
    deal = converted(desk, campaign, name, amount)
    with unit_of_work(), acting(Laying(), by=None, at=desk.now):
        deal.stage, deal.won_at = desk.stage("won"), desk.now
    return deal


def test_a_lead_taken_down_by_hand_keeps_its_campaign_and_its_deal_takes_it_over(desk: Desk) -> None:
    campaign = desk.campaign()
    deal = converted(desk, campaign)
    assert deal.lead is not None
    assert (deal.lead.campaign, deal.campaign, deal.last_campaign) == (campaign, campaign, campaign)


def test_an_edit_of_the_lead_says_the_first_touch_and_leaves_a_later_one(desk: Desk) -> None:
    one, two, three = (desk.campaign(tag, tag=tag) for tag in ("one", "two", "three"))
    seller = colleague(desk, "sales-manager")
    lead = seller.lead(campaign=one)
    seller.do("lead.edit", lead, name="Anna Lee", campaign=two)
    assert (lead.campaign, lead.last_campaign) == (two, two)
    with unit_of_work(), acting(Laying(), by=None, at=desk.now):
        touched_again(lead, three)
    seller.do("lead.edit", lead, name="Anna Lee", campaign=one)
    assert (lead.campaign, lead.last_campaign) == (one, three)


def test_marketing_credits_a_lead_that_nobody_attributed_and_its_deal_follows(desk: Desk) -> None:
    campaign = desk.campaign()
    deal = converted(desk, None)
    desk.do("lead.credit", deal.lead, campaign=campaign)
    assert (deal.campaign, deal.lead and deal.lead.campaign) == (campaign, campaign)


def test_a_lead_did_not_come_by_a_campaign_that_began_later(desk: Desk) -> None:
    later = desk.campaign(begins_on=TODAY + timedelta(days=1))
    lead = colleague(desk, "sales-manager").lead()
    assert refused(desk, "lead.credit", lead, campaign=later) == "before_campaign"


def test_results_count_leads_deals_and_money_and_agree_with_the_log(desk: Desk) -> None:
    campaign, other = desk.campaign(), desk.campaign("Autumn", tag="autumn")
    won(desk, campaign, "Anna", 1000)
    won(desk, campaign, "Boris", 500)
    converted(desk, campaign, "Clara", 300)
    colleague(desk, "sales-manager").lead("Dora", campaign=campaign)
    converted(desk, None, "Emil", 70)
    desk.do("campaign.add_cost", campaign, day=TODAY, kind="media", what="Banner", amount=D(200))
    line = next(line for line in results_by("first").lines if line.campaign is campaign)
    found = line.harvest
    assert (found.leads, found.qualified, found.deals, found.open_deals, found.won) == (4, 3, 3, 1, 2)
    assert (found.won_sum, line.cost_per_lead, line.cost_per_won) == (D(1500), D(50), D(100))
    assert line.roi == D("1.4")  # (1500 × 0.32 − 200) / 200
    created = [
        event
        for event in every_event("lead.created")
        if (event.values.get("campaign") or {}).get("n") == campaign.n
    ]
    assert len(created) == found.leads
    without = results_by("first").without.harvest
    assert (without.leads, without.deals) == (1, 1)
    whole = results_by("first").whole
    together = results_by("first").campaigns
    assert (whole.harvest.leads, whole.harvest.won_sum, whole.roi) == (5, D(1500), None)
    assert (together.harvest.leads, together.cost, together.roi) == (4, D(200), D("1.4"))
    assert other in [line.campaign for line in results_by("first").lines]


def every_event(code: str) -> list[Event]:
    from sandbox.extensions import db

    return list(db.session.scalars(every(Event).where(Event.code == code)))


def test_the_first_and_the_last_touch_are_counted_apart(desk: Desk) -> None:
    one, two = desk.campaign("One", tag="one"), desk.campaign("Two", tag="two")
    lead = colleague(desk, "sales-manager").lead(campaign=one)
    with unit_of_work(), acting(Laying(), by=None, at=desk.now):
        touched_again(lead, two)
    by_first = {line.campaign: line.harvest.leads for line in results_by("first").lines}
    by_last = {line.campaign: line.harvest.leads for line in results_by(LAST).lines}
    assert (by_first[one], by_first[two], by_last[one], by_last[two]) == (1, 0, 0, 1)


def test_our_own_tests_are_in_no_result_and_neither_are_deals_that_came_of_them(desk: Desk) -> None:
    campaign = desk.campaign()
    deal = won(desk, campaign, "Anna", 1000)
    desk.do("lead.mark_test", deal.lead)
    assert results_by("first").whole.harvest.leads == results_by("first").whole.harvest.won == 0
    assert refused(desk, "lead.mark_test", deal.lead) == "is_test"
    desk.do("lead.unmark_test", deal.lead)
    assert results_by("first").whole.harvest.won_sum == D(1000)


def test_what_nothing_was_spent_on_has_no_return() -> None:
    assert return_on_investment(D(100), D(0)) is None
    assert return_on_investment(D(0), D(100)) == -1
    assert return_on_investment(D(1250), D(1000)) == D("0.25")
    assert per_piece(D(100), 0) is None and per_piece(D(100), 3) == D("33.33")


@pytest.mark.parametrize("touch", ["first", "last"])
def test_every_figure_leads_to_a_list_that_shows_as_many(touch: str, tanyas_desk: Desk, look: Look) -> None:
    one, two = tanyas_desk.campaign("One", tag="one"), tanyas_desk.campaign("Two", tag="two")
    won(tanyas_desk, one, "Anna", 1000)
    test = converted(tanyas_desk, one, "Test", 5)
    tanyas_desk.do("lead.mark_test", test.lead)
    again = converted(tanyas_desk, one, "Clara", 300)
    converted(tanyas_desk, None, "Emil", 70)
    with unit_of_work(), acting(Laying(), by=None, at=tanyas_desk.now):
        touched_again(again.lead, two)
    page = look(f"campaigns/results?touch={touch}")
    figures = page.select(".results-table td.num a")
    assert len(figures) > 8
    for link in figures:
        address = str(link["href"]).partition(f"/s/{tanyas_desk.space.id}/")[2]
        shown = look(address).select("#main tbody tr")
        assert len(shown) == int(link.get_text()), address


def test_the_results_are_saved_as_a_file_with_the_same_figures(
    tanyas_desk: Desk, look: Look, sign_in: Any
) -> None:
    campaign = tanyas_desk.campaign("=HYPERLINK(1)", tag="trick")
    won(tanyas_desk, campaign, "Anna", 1000)
    answer = sign_in("tanya").get(f"/s/{tanyas_desk.space.id}/campaigns/results.csv")
    rows = list(csv.reader(StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows[0][:2] == ["Campaign", "Source tag"]
    assert rows[1][:2] == ["'=HYPERLINK(1)", "trick"] and rows[1][4:9] == ["1", "1", "1", "1", "1000"]
    assert rows[-1][0] == "All together"


def test_the_page_of_results_asks_as_often_for_many_campaigns_as_for_few(
    tanyas_desk: Desk, look: Look, asked: list[str]
) -> None:
    for number in range(2):
        tanyas_desk.campaign(f"Campaign {number}", tag=f"tag-{number}")
    asked.clear()
    look("campaigns/results")
    few = len(asked)
    for number in range(2, 9):
        campaign = tanyas_desk.campaign(f"Campaign {number}", tag=f"tag-{number}")
        colleague(tanyas_desk, "sales-manager").lead(f"Anna {number}", campaign=campaign)
    asked.clear()
    look("campaigns/results")
    assert len(asked) == few <= 10, "\n".join(asked)


def test_leads_deals_and_their_pages_still_ask_few_questions(
    tanyas_desk: Desk, look: Look, asked: list[str]
) -> None:
    deal = converted(tanyas_desk, tanyas_desk.campaign())
    lead = deal.lead
    assert isinstance(lead, Lead)
    for page, most in (("leads", 10), ("deals", 10), (f"leads/{lead.n}", 15), (f"deals/{deal.n}", 15)):
        asked.clear()
        assert "Spring paper" in words(look(page)) or page in ("leads", "deals")
        assert len(asked) <= most, page + "\n" + "\n".join(asked)


def test_leads_are_listed_by_campaign_and_without_one(tanyas_desk: Desk, look: Look) -> None:
    campaign = tanyas_desk.campaign()
    seller = colleague(tanyas_desk, "sales-manager")
    with_one, without = seller.lead("Anna", campaign=campaign), seller.lead("Boris")
    assert opened(look("leads?campaign=spring-paper")) == [with_one.key]
    assert opened(look("leads?campaign=none")) == [without.key]
    assert first(every(Lead).where(Lead.campaign_id == campaign.id)) is with_one
