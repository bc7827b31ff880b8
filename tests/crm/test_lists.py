"""A list is found again as it was left, and a record stands in the list that it was opened from."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import event

from sandbox.extensions import db
from sandbox.spaces import inside
from tests.crm.test_pages import desk, look, words
from tests.factories.crm import Desk, make_space

__all__ = ["desk", "look"]
MOST_QUERIES = 15
Look = Callable[..., BeautifulSoup]


def crumb(page: BeautifulSoup) -> dict[str, str]:
    """Where the page leads back, on and before."""
    found = {}
    for link in page.select(".crumb a"):
        found[str(link.get("data-key") or "back")] = str(link["href"])
    return found


def opened_from(look: Look, desk: Desk, list_: str, title: str) -> BeautifulSoup:
    """The record's page, opened by its link in the list."""
    link = next(one for one in look(list_).select("tbody .cell-main") if one.get_text() == title)
    return look(str(link["href"]).removeprefix(f"/s/{desk.space.id}/"))


@pytest.mark.both_databases
def test_a_record_stands_in_the_filtered_list_it_was_opened_from(desk: Desk, look: Look) -> None:
    for amount in (300, 100, 200):
        desk.deal(f"Paper {amount}", amount=Decimal(amount))
    desk.deal("Chairs", amount=Decimal(150))
    page = opened_from(look, desk, "deals?q=paper&sort=amount", "Paper 200")
    assert "2 of 3" in words(page)
    ways = crumb(page)
    assert ways["back"] == f"/s/{desk.space.id}/deals?q=paper&sort=amount"
    before, after = (look(ways[key].removeprefix(f"/s/{desk.space.id}/")) for key in "kj")
    assert "Paper 100" in words(before) and "1 of 3" in words(before)
    assert "Paper 300" in words(after) and "3 of 3" in words(after)
    assert set(crumb(before)) == {"back", "j"} and set(crumb(after)) == {"back", "k"}


def test_the_way_back_leads_to_the_page_where_the_record_stands(desk: Desk, look: Look) -> None:
    for number in range(27):
        desk.deal(f"Paper {number:02}", amount=Decimal(number + 1))
    page = opened_from(look, desk, "deals?sort=amount&page=2", "Paper 26")
    assert "27 of 27" in words(page)
    assert crumb(page)["back"] == f"/s/{desk.space.id}/deals?sort=amount&page=2"


def test_a_record_that_left_its_list_still_leads_back_to_it(desk: Desk, look: Look) -> None:
    deal = desk.deal("Paper")
    page = look(f"deals/{deal.n}?in=status%3Dlost")
    assert crumb(page) == {"back": f"/s/{desk.space.id}/deals?status=lost"}


@pytest.mark.both_databases
def test_the_count_knows_the_records_of_this_space_only(desk: Desk, look: Look) -> None:
    number = desk.company("Maple Dental").n
    elsewhere = make_space("office-supply", kind="attempt")
    with inside(elsewhere):
        Desk(elsewhere).company("Maple Works")
    assert "1 of 1" in words(look(f"companies/{number}?in="))


def test_nonsense_for_a_list_is_no_fault(desk: Desk, look: Look) -> None:
    lead = desk.lead("Anna Lee")
    for asked in ("page%3D-1", "sort%3Dnonsense", "%00%FF", "x" * 3000):
        look(f"leads/{lead.n}?in={asked}")
    back = crumb(look(f"leads/{lead.n}?back=https://elsewhere.example/"))["back"]
    assert back.startswith("/") and "elsewhere" not in back


def test_a_form_comes_back_to_the_record_in_its_list(desk: Desk, sign_in: Any) -> None:
    deal = desk.deal("Paper")
    here = f"/s/{desk.space.id}/deals/{deal.n}"
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{here}?in=status%3Dopen"}
    form = sign_in("tanya").get(f"{here}/note/write", headers=headers).get_data(as_text=True)
    assert f'name="return_to" value="{here}?in=status%3Dopen"' in form


def test_a_record_in_a_list_asks_the_database_a_bounded_number_of_times(desk: Desk, look: Look) -> None:
    deals = [desk.deal(f"Paper {number}", amount=Decimal(number + 1)) for number in range(12)]
    asked: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement) if statement.lstrip().upper().startswith("SELECT") else None

    event.listen(db.engine, "before_cursor_execute", count)
    look(f"deals/{deals[5].n}?in=status%3Dopen%26sort%3Damount")
    assert len(asked) <= MOST_QUERIES, "\n".join(asked)


def test_the_stage_names_only_what_is_missing(desk: Desk, look: Look) -> None:
    company = desk.company()
    contact = desk.contact(company=company)
    bare = desk.deal("Bare", stage=desk.stage("qualification"), contact=contact, company=company)
    text = words(look(f"deals/{bare.n}"))
    assert "Still missing: an amount, a close date." in text and "a contact" not in text
    desk.do(
        "deal.edit", bare, title="Bare", amount=Decimal(5), close_date=desk.space.today(), contact=contact
    )
    assert "All is ready for the next stage." in words(look(f"deals/{bare.n}"))


def test_a_lost_deal_has_passed_only_the_stages_it_stood_in(desk: Desk, look: Look) -> None:
    deal = desk.deal("Paper", stage=desk.stage("qualification"))
    desk.do("deal.lose", deal, reason="price")
    stages = look(f"deals/{deal.n}").select(".stages > li")
    assert [("passed" in (one.get("class") or [])) for one in stages] == [True, True, False, False, False]
