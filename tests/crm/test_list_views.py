"""Views of lists: kept under a name, one's own or the team's, and nobody's is overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from sandbox.crm import ListView
from sandbox.kernel.errors import Refused
from sandbox.ledger import perform, undo
from sandbox.spaces import Colleague, every, first
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.test_list_filters import heads, titles
from tests.crm.test_pages import Look, desk, look, words
from tests.factories.crm import Desk

__all__ = ["desk", "look"]


def tab(page: Any, name: str) -> Any:
    """The tab of a view."""
    return next(one for one in page.select(".view-tabs a") if name in words(one))


def acts(page: BeautifulSoup) -> str:
    """What the page says of the view beside the tabs."""
    return " ".join(words(one) for one in page.select(".view-acts"))


def saved(desk: Desk, **values: Any) -> Any:
    """A view of mine."""
    return desk.do("view.save", **values).record


def by_another(desk: Desk, code: str, on: Any = None, **values: Any) -> Any:
    """The same action, done by a colleague."""
    with unit_of_work():
        other: Any = first(every(Colleague).where(Colleague.id != desk.me.id).order_by(Colleague.id))
        return perform(code, on, values, by=other, at=desk.now)


@pytest.mark.both_databases
def test_a_view_keeps_filters_order_and_columns(desk: Desk, look: Look) -> None:
    for name, type_ in (("A", "customer"), ("B", "prospect"), ("C", "customer")):
        desk.company(name, type=type_)
    view = saved(
        desk, name="Customers", of="companies", asked="type=customer&sort=-title", shown="type,owner"
    )
    page = look(f"companies?view={view.n}")
    assert titles(page) == ["C", "A"]
    assert heads(page) == ["Company", "Type", "Owner"]
    assert tab(page, "Customers").get("aria-current") == "page"
    assert "changed" not in acts(page)
    narrowed = look(f"companies?view={view.n}&type=customer&sort=title")
    assert "changed" in acts(narrowed)
    cleared = look(f"companies?view={view.n}&sort=-title")
    assert titles(cleared) == ["C", "B", "A"], "the last filter taken off stays off"


def test_a_record_opened_from_a_view_stands_in_it(desk: Desk, look: Look) -> None:
    for name, type_ in (("A", "customer"), ("B", "prospect"), ("C", "customer")):
        desk.company(name, type=type_)
    view = saved(desk, name="Customers", of="companies", asked="type=customer")
    link = look(f"companies?view={view.n}").select("tbody .cell-main")[0]
    page = look(str(link["href"]).removeprefix(f"/s/{desk.space.id}/"))
    assert "1 of 2" in words(page)


@pytest.mark.both_databases
def test_a_team_view_is_seen_by_all_and_changed_by_its_owner_only(desk: Desk, look: Look) -> None:
    desk.company("A", type="customer")
    theirs = by_another(
        desk, "view.save", name="Team", of="companies", asked="type=customer", shared=True
    ).record
    private = by_another(desk, "view.save", name="Secret", of="companies", asked="type=partner").record
    page = look(f"companies?view={theirs.n}")
    assert "shared" in words(tab(page, "Team"))
    assert "Secret" not in words(page)
    assert titles(look(f"companies?view={private.n}")) == ["A"], "a view of somebody else is no view"
    for code, values in (
        ("view.change", {"asked": "type=partner"}),
        ("view.rename", {"name": "Mine"}),
        ("view.delete", {}),
    ):
        with pytest.raises(Refused) as refused:
            desk.do(code, theirs, **values)
        assert refused.value.code == "not_your_view"
    kept: Any = first(every(ListView).where(ListView.id == theirs.id))
    assert kept.asked == "type=customer"


def test_two_of_my_views_have_two_names_but_a_team_view_may_share_one(desk: Desk) -> None:
    by_another(desk, "view.save", name="Hot", of="deals", asked="status=open", shared=True)
    desk.do("view.save", name="Hot", of="deals", asked="status=won")
    with pytest.raises(Refused) as refused:
        desk.do("view.save", name="hot", of="deals", asked="status=lost")
    assert refused.value.code == "view_name_taken"
    desk.do("view.save", name="Hot", of="leads", asked="status=new")


def test_a_list_begins_with_the_view_that_was_chosen(desk: Desk, look: Look) -> None:
    for name, type_ in (("A", "customer"), ("B", "prospect")):
        desk.company(name, type=type_)
    desk.do("view.save", name="Customers", of="companies", asked="type=customer", opens=True)
    page = look("companies")
    assert titles(page) == ["A"]
    everything = str(tab(page, "All companies")["href"]).removeprefix(f"/s/{desk.space.id}/")
    assert titles(look(everything)) == ["A", "B"]
    desk.do("list.open_with", of="companies", view=0)
    assert titles(look("companies")) == ["A", "B"]


def test_the_owner_changes_a_view_and_takes_a_deletion_back(desk: Desk, look: Look) -> None:
    for name, type_ in (("A", "customer"), ("B", "prospect")):
        desk.company(name, type=type_)
    view = saved(desk, name="Mine", of="companies", asked="type=customer")
    desk.do("view.change", view, asked="type=prospect&page=3&view=9")
    assert view.asked == "type=prospect"
    assert titles(look(f"companies?view={view.n}")) == ["B"]
    n = view.n
    gone = desk.do("view.delete", view).event
    assert titles(look(f"companies?view={n}")) == ["A", "B"]
    with unit_of_work():
        undo([gone], by=desk.me, at=desk.now)
    assert titles(look(f"companies?view={n}")) == ["B"]


def test_a_view_is_saved_from_the_page(desk: Desk, look: Look, sign_in: Any) -> None:
    desk.company("A", type="customer")
    button = look("companies?type=customer").select("[data-action='view.save']")[0]
    assert "of=companies" in str(button["href"]) and "asked=type%3Dcustomer" in str(button["href"])
    here = f"/s/{desk.space.id}"
    form = look(str(button["href"]).removeprefix(f"{here}/"))
    sent = {str(one["name"]): one.get("value", "") for one in form.select("main form.form input[name]")}
    sent |= {"name": "Customers", "shared": "1"}
    sent.pop("opens")
    answer = sign_in("tanya").post(f"{here}/list_views/save", data=sent)
    assert answer.status_code == 303 and "/list_views/" in answer.location
    page = look(f"companies?view={answer.location.rpartition('/')[2]}")
    assert titles(page) == ["A"] and "shared" in words(tab(page, "Customers"))


def test_no_list_no_view(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.do("view.save", name="Odd", of="people", asked="")
    assert refused.value.code == "no_list"
