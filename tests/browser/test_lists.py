"""Lists in a real browser: rows ticked, a value changed where it stands, words looked for as one types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from sandbox.crm import Company
from sandbox.extensions import db
from sandbox.spaces import Casting, every, first, inside
from sandbox.web.unit_of_work import unit_of_work
from tests.browser.conftest import PHONE, NewPage
from tests.factories.crm import Desk, make_space


@pytest.fixture
def desk(app: Flask, cast: Any) -> Iterator[Desk]:
    """Tanya's own space, where she plays a sales manager, with a few companies."""
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
            for name in ("Alder Point", "Birch Lane", "Cedar Row"):
                desk.company(name, type="customer", phone="+16145550155")
            db.session.rollback()
            yield desk


def company(desk: Desk, name: str) -> Any:
    """A company as it stands now."""
    db.session.rollback()
    return first(every(Company).where(Company.name == name))


@pytest.fixture
def page(new_page: NewPage, desk: Desk) -> Page:
    """The list of companies, open before Tanya."""
    opened = new_page("tanya")
    opened.goto(f"/s/{desk.space.id}/companies")
    return opened


def test_ticked_rows_are_tagged_and_the_toast_takes_it_back(page: Page, desk: Desk) -> None:
    bar = page.locator("form.bulk-bar")
    expect(bar).to_be_hidden()
    page.locator("[data-whole-page]").check()
    expect(bar.locator("[data-chosen]")).to_have_text("3")
    page.locator(".select-row").first.uncheck()
    expect(bar.locator("[data-chosen]")).to_have_text("2")
    bar.get_by_role("button", name="Assign an owner").click()
    dialog = page.locator("#dialog")
    dialog.locator("select[name=owner]").select_option(index=2)
    dialog.locator("[data-submit]").click()
    toast = page.locator(".toast")
    expect(toast).to_contain_text("Done with 2 records.")
    assert company(desk, "Birch Lane").owner.n != desk.me.n
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast").last).to_contain_text("Undone")
    assert company(desk, "Birch Lane").owner.n == desk.me.n


def test_a_value_is_changed_where_it_stands_by_keys_alone(page: Page, desk: Desk) -> None:
    page.locator(".cell-main").first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".cell-edit:focus")).to_have_attribute("aria-label", "Change: Company")
    page.keyboard.press("Enter")
    name = page.locator(".cell-form input[name=name]")
    expect(name).to_be_focused()
    name.fill("Alder Point Works")
    page.keyboard.press("Enter")
    expect(page.locator("tbody .cell-main").first).to_have_text("Alder Point Works")
    expect(page.locator(".cell-edit:focus")).to_have_attribute("aria-label", "Change: Company")
    page.keyboard.press("Enter")
    expect(name).to_be_focused()
    name.fill("Nonsense")
    page.keyboard.press("Escape")
    expect(page.locator("tbody .cell-main").first).to_have_text("Alder Point Works")
    assert company(desk, "Alder Point Works") is not None and company(desk, "Nonsense") is None


def test_what_was_typed_is_not_lost_by_a_click_elsewhere(page: Page, desk: Desk) -> None:
    row = page.locator("tbody tr").first
    row.hover()
    row.get_by_role("button", name="Change: Phone").click()
    field = page.locator(".cell-form input[name=phone]")
    field.fill("12")
    page.locator("h1").click()
    expect(page.locator("[data-cell-unsaved]")).to_be_visible()
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".cell-form")).to_contain_text("This is not a phone number")
    expect(field).to_have_value("12")


def test_a_conflict_says_what_stands_there_now(page: Page, desk: Desk) -> None:
    row = page.locator("tbody tr").first
    row.hover()
    row.get_by_role("button", name="Change: Type").click()
    choice = page.locator(".cell-form select[name=type]")
    choice.select_option("partner")
    with inside(desk.space):
        desk.do("company.edit", company(desk, "Alder Point"), name="Alder Point", type="supplier")
        db.session.rollback()
    page.locator(".cell-form [data-submit]").click()
    expect(page.locator(".cell-form [role=alert]")).to_contain_text("Supplier")
    page.locator(".cell-form [data-submit]").click()
    expect(page.locator("tbody tr").first).to_contain_text("Partner")


def test_a_phone_ticks_and_sees_the_bar(new_page: NewPage, desk: Desk) -> None:
    page = new_page("tanya", viewport=PHONE)
    page.goto(f"/s/{desk.space.id}/companies")
    page.locator("tbody .check").first.click()
    bar = page.locator("form.bulk-bar")
    expect(bar).to_be_visible()
    assert bar.bounding_box()["width"] <= 390  # type: ignore[index]


def test_the_list_is_searched_as_one_types(page: Page, desk: Desk) -> None:
    box = page.locator("#list-search")
    box.press_sequentially("cedar ", delay=60)
    expect(page.locator("tbody .cell-main")).to_have_text(["Cedar Row"])
    expect(box).to_be_focused()
    expect(box).to_have_value("cedar ")
    assert "q=cedar" in page.url
    box.press_sequentially("xyz")
    expect(page.locator("h2", has_text="Nothing matches")).to_be_visible()
    expect(box).to_be_focused()
    box.fill("")
    expect(page.locator("tbody .cell-main")).to_have_count(3)
