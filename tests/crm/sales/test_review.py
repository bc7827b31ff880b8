"""The review of the pipeline: every figure is the list's behind its link."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.crm.test_pages import Look, opened, words
from tests.crm.test_pages import desk as desk
from tests.crm.test_pages import look as look
from tests.factories.crm import TODAY, Desk


@pytest.fixture
def pipeline(desk: Desk) -> dict[str, Any]:
    """Deals of two people in three stages: a stale one, a late one, one with a task ahead, one closed."""
    back, desk.later = desk.later, timedelta(days=-40)
    stale = desk.deal("Stale", amount=Decimal("1000.50"), close_date=TODAY + timedelta(days=3))
    desk.later = back
    late = desk.deal(
        "Late", amount=Decimal(300), close_date=TODAY - timedelta(days=30), stage=desk.stage("offer")
    )
    planned = desk.deal(
        "Planned", amount=Decimal(777), close_date=TODAY + timedelta(days=70), stage=desk.stage("offer")
    )
    for deal in (stale, planned):
        desk.do("task.set", deal, subject="Call", due=TODAY + timedelta(days=1))
    head = Desk(desk.space, "head-of-sales")
    undated = head.deal("Undated", amount=Decimal("99.99"), stage=desk.stage("negotiation"))
    lost = desk.deal("Lost", amount=Decimal(5000))
    desk.do("deal.lose", lost, reason="price")
    return {"stale": stale, "late": late, "planned": planned, "undated": undated}


def figures(page: Any, look: Look, space: int) -> list[tuple[str, int, str, str]]:
    """Label, number, sum and weighted of every row, each with the list behind it read and compared."""
    found = []
    for row in page.select("#main table tbody tr, #main table tfoot tr"):
        cells = [words(cell) for cell in row.find_all("td")]
        link = row.select_one("td:nth-of-type(2) a")
        if link is None:
            assert cells[1:4] == ["0", "$0", "$0"]
            continue
        listed = words(look(str(link["href"]).removeprefix(f"/s/{space}/")))
        count = int(cells[1])
        deals = f"{count} deal" if count == 1 else f"{count} deals"
        assert f"{deals}, {cells[2]}, weighted {cells[3]}" in listed, (cells, listed[:600])
        found.append((cells[0], count, cells[2], cells[3]))
    return found


def test_every_sum_is_that_of_the_list_it_leads_to(desk: Desk, look: Look, pipeline: dict[str, Any]) -> None:
    found = figures(look("deals/review"), look, desk.space.id)
    # 1000.50 × 10 % + 1077 × 40 % + 99.99 × 70 % = 600.843
    assert [row for row in found if row[0] == "Together"] == [("Together", 4, "$2,177.49", "$601")] * 3
    assert len(found) == 3 + 2 + 4 + 3


def test_every_warning_leads_to_exactly_its_deals(desk: Desk, look: Look, pipeline: dict[str, Any]) -> None:
    expected = {"stale": ["stale"], "late": ["late"], "no_step": ["late", "undated"]}
    page = look("deals/review")
    for flag, names in expected.items():
        keys = {pipeline[name].key for name in names}
        assert set(opened(look(f"deals?attention={flag}"))) == keys
        assert {str(one["data-open"]) for one in page.select(f"#attention-{flag} [data-open]")} == keys
    asked = look("deals?attention=stale&attention=late")
    assert set(opened(asked)) == {pipeline["stale"].key, pipeline["late"].key}


def test_a_stale_deal_is_acted_on_from_the_review_and_leads_back_there(
    desk: Desk, look: Look, pipeline: dict[str, Any]
) -> None:
    buttons = look("deals/review").select("#attention-stale [data-action]")
    codes = [button["data-action"] for button in buttons]
    assert codes == ["deal.set_next_step", "call.log", "deal.edit", "deal.move", "deal.lose"]
    assert all(f"return_to=/s/{desk.space.id}/deals/review" in str(button["href"]) for button in buttons)


def test_a_deal_that_has_just_become_stale_is_the_same_for_list_and_record(desk: Desk, look: Look) -> None:
    days = desk.space.company.rules.stale_deal_days
    for over in (timedelta(minutes=-1), timedelta()):
        desk.later = -timedelta(days=days + 1) - over
        deal = desk.deal()
        listed = deal.key in opened(look("deals?attention=stale"))
        assert listed == deal.is_stale(desk.space.now(), days)


def test_deals_without_a_date_are_a_month_of_their_own(
    desk: Desk, look: Look, pipeline: dict[str, Any]
) -> None:
    assert opened(look("deals?closes=none&status=open")) == [pipeline["undated"].key]
    assert opened(look(f"deals?closes={TODAY:%Y-%m}&status=open")) == [pipeline["stale"].key]
    assert opened(look("deals?closes=before")) == [pipeline["late"].key]
