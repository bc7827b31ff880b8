"""A list takes several values per filter, spans, and the firm's own fields; its sums are of what it shows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.crm.test_pages import Look, desk, look, words
from tests.factories.crm import Desk

__all__ = ["desk", "look"]


def titles(page: BeautifulSoup) -> list[str]:
    """The titles of the rows, in order."""
    return [one.get_text() for one in page.select("tbody .cell-main")]


def heads(page: BeautifulSoup) -> list[str]:
    """The words of the column heads."""
    return [words(one) for one in page.select("thead th:not(.tick-cell)")]


def typed(*several: tuple[str, Any]) -> dict[str, Any]:
    """Values of the firm's own fields, as a form holds them."""
    return {f"custom.{code}": value for code, value in several}


@pytest.mark.both_databases
def test_one_filter_takes_several_values_and_says_so(desk: Desk, look: Look) -> None:
    for name, type_ in (("A", "customer"), ("B", "prospect"), ("C", "partner"), ("D", None)):
        desk.company(name, type=type_)
    page = look("companies?type=customer&type=prospect")
    assert titles(page) == ["A", "B"]
    assert "Type: Customer, Prospect" in words(page)
    assert titles(look("companies?type=none&type=partner")) == ["C", "D"]


@pytest.mark.both_databases
def test_the_firms_own_fields_filter_a_list(desk: Desk, look: Look) -> None:
    desk.company("Docks", **typed(("employees", 40), ("delivery", "dock"), ("tax_exempt", True)))
    desk.company("Desks", **typed(("employees", 400), ("delivery", "desk")))
    desk.company("Bare")
    assert titles(look("companies?custom.delivery=dock&custom.delivery=none")) == ["Bare", "Docks"]
    assert titles(look("companies?custom.employees.from=50")) == ["Desks"]
    assert titles(look("companies?custom.employees.from=40&custom.employees.to=40")) == ["Docks"]
    assert titles(look("companies?custom.tax_exempt=yes")) == ["Docks"]
    assert titles(look("companies?custom.tax_exempt=no")) == ["Bare", "Desks"]
    due = desk.space.today() + timedelta(days=20)
    desk.deal("Soon", **typed(("deliver_by", due)))
    desk.deal("Later", **typed(("deliver_by", due + timedelta(days=30))))
    assert titles(look(f"deals?custom.deliver_by.to={due.isoformat()}")) == ["Soon"]


@pytest.mark.both_databases
def test_a_span_has_two_ends_of_which_each_may_stay_open(desk: Desk, look: Look) -> None:
    for amount in (100, 200, 300):
        desk.deal(f"Paper {amount}", amount=Decimal(amount))
    assert titles(look("deals?amount.from=200&sort=amount")) == ["Paper 200", "Paper 300"]
    assert titles(look("deals?amount.from=150&amount.to=250,00")) == ["Paper 200"]
    assert "from $200" in words(look("deals?amount.from=200"))
    assert len(titles(look("deals?amount.from=nonsense&close.to=2026-99-01"))) == 3


@pytest.mark.both_databases
def test_the_sums_are_those_of_all_that_match_on_whatever_page(desk: Desk, look: Look) -> None:
    for number in range(30):
        desk.deal(f"Paper {number:02}", amount=Decimal(number + 1), stage=desk.stage("offer"))
    page = look("deals?amount.from=11&page=2&sort=amount")
    foot = words(page.select_one("tfoot"))  # type: ignore[arg-type]
    assert "Sum of all 20 deals" in foot and "$410" in foot
    share = desk.stage("offer").probability
    assert f"weighted ${round(Decimal(410) * share / 100)}" in words(page.select_one(".page-head"))  # type: ignore[arg-type]


@pytest.mark.both_databases
def test_columns_are_chosen_in_an_order_and_reset(desk: Desk, look: Look) -> None:
    desk.company("Maple", website="maple.example", **typed(("employees", 40)))
    usual = heads(look("companies"))
    desk.do("list.choose_columns", of="companies", columns="custom.employees,website,owner,nonsense")
    page = look("companies")
    assert heads(page) == ["Company", "Employees", "Website", "Owner"]
    assert "40" in words(page) and "maple.example" in words(page)
    desk.contact()
    assert heads(look("contacts"))[0] == "Contact", "another list keeps its own"
    desk.do("list.choose_columns", of="companies", usual=True)
    assert heads(look("companies")) == usual


def test_a_list_of_own_fields_is_sorted_by_them(desk: Desk, look: Look) -> None:
    for name, staff in (("A", 9), ("B", 100), ("C", 20)):
        desk.company(name, **typed(("employees", staff)))
    assert titles(look("companies?sort=custom.employees")) == ["A", "C", "B"]


def test_a_page_has_as_many_rows_as_asked_for(desk: Desk, look: Look) -> None:
    for number in range(60):
        desk.company(f"Firm {number:02}")
    assert len(titles(look("companies?per=50"))) == 50
    assert len(titles(look("companies?per=50&page=2"))) == 10
    assert len(titles(look("companies?per=7"))) == 25
