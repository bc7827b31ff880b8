"""A customer's timeline tells all that was said with them, wherever it was written down, and says where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from sandbox.crm.communications.timeline import timeline_of
from tests.factories.crm import TODAY, Desk
from tests.factories.words import words

Look = Callable[..., BeautifulSoup]


def said(record: Any) -> dict[str, Any]:
    """What a timeline tells, and on which other record it was said."""
    return {str(line.text): line.on for line in timeline_of(record, "calls")[0]}


@pytest.mark.both_databases
def test_a_company_tells_what_was_said_to_its_people_and_on_its_deals_leads_and_cases(desk: Desk) -> None:
    firm = desk.company()
    anna = desk.contact(company=firm)
    deal = desk.deal(company=firm, contact=anna)
    case = desk.do("case.open", firm, subject="Torn box", type="complaint").record
    strange = desk.deal("Another's", company=desk.company("Birch"))
    for note, row in {"own": firm, "person": anna, "deal": deal, "case": case, "strange": strange}.items():
        desk.do("call.log", row, outcome="reached", note=note)
    assert said(firm) == {"own": None, "person": anna, "deal": deal, "case": case}
    assert said(anna) == {"person": None, "deal": deal}
    assert said(deal) == {"deal": None}


def test_a_deal_tells_what_was_said_before_it_was_one(desk: Desk) -> None:
    lead = desk.lead(company_name="Maple", phone="202 555 0143")
    desk.do("call.log", lead, outcome="reached", note="before")
    desk.do("lead.qualify", lead, budget=100, need="Paper")
    deal = desk.do("lead.convert", lead, title="Paper for a year").record
    desk.do("call.log", deal, outcome="reached", note="after")
    assert said(deal) == {"before": lead, "after": None}


def test_what_was_deleted_is_no_part_of_it(desk: Desk) -> None:
    firm = desk.company()
    deal = desk.deal(company=firm)
    desk.do("call.log", deal, outcome="reached", note="gone")
    desk.do("deal.delete", deal)
    assert said(firm) == {}


def test_the_page_leads_to_where_it_was_said_and_asks_as_often_for_many(
    desk: Desk, look: Look, asked: list[str]
) -> None:
    firm = desk.company()
    counts = []
    for _round in range(2):
        for number in range(4):
            deal = desk.deal(f"Paper {number}", company=firm)
            desk.do("call.log", deal, outcome="reached", note="Pays late")
        asked.clear()
        page = look(f"companies/{firm.n}")
        counts.append(len(asked))
    lines = [line for line in page.select(".timeline > li") if line.select_one(f"[data-open=deals-{deal.n}]")]
    assert ["Pays late" in words(line) for line in lines] == [True]
    assert counts[0] == counts[1], counts


def test_a_job_role_hears_nothing_of_what_it_does_not_open(desk: Desk) -> None:
    from flask import g

    firm = desk.company()
    lead = desk.lead(company=firm)
    desk.do("call.log", lead, outcome="reached", note="a lead's")
    assert "a lead's" in said(firm)
    g.colleague = Desk(desk.space, "lawyer").me
    try:
        assert "a lead's" not in said(firm)
    finally:
        g.pop("colleague")


def test_a_task_that_was_moved_says_why_on_its_record(desk: Desk) -> None:
    company = desk.company()
    task = desk.do("task.set", company, subject="Send the price", due=TODAY).record
    assert "inventory" not in str(timeline_of(company))
    desk.do("task.reschedule", task, due=TODAY + timedelta(days=2), reason="They close for inventory")
    assert any("They close for inventory" in line.title for line in timeline_of(company)[0])
