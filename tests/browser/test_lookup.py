"""Looking a record up inside a form, at a real browser: by keys alone, without losing what was typed."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.runs import begin

pytestmark = pytest.mark.state("company")


@pytest.fixture
def page(app: Flask, new_page: NewPage) -> Page:
    """The form of a new deal, its title written."""
    page = new_page("tanya")
    page.goto(begin(app, mode="practice"))
    page.locator('main [data-action="deal.create"]').first.click()
    page.locator('#dialog [name="title"]').fill("Paper for a year")
    return page


def first_company(page: Page) -> str:
    box = page.locator('#dialog [name="company-typed"]')
    box.click()
    return page.locator("#dialog .choice").first.get_attribute("data-title") or ""


def test_the_keys_alone_choose(page: Page) -> None:
    title = first_company(page)
    box = page.locator('#dialog [name="company-typed"]')
    page.keyboard.type(title[:-1])
    marked = page.locator('#dialog .choice[aria-selected="true"]')
    expect(marked).to_have_attribute("data-title", title)
    expect(box).to_have_attribute("aria-activedescendant", marked.get_attribute("id") or "-")
    page.keyboard.press("Enter")
    expect(box).to_have_value(title)
    expect(page.locator('#dialog [name="company"]')).not_to_have_value("")
    expect(page.locator("#dialog")).to_have_attribute("open", "")


def test_escape_closes_the_list_before_the_form(page: Page) -> None:
    assert first_company(page)
    page.keyboard.press("Escape")
    expect(page.locator("#dialog .choice")).to_have_count(0)
    expect(page.locator('#dialog [name="title"]')).to_have_value("Paper for a year")


def test_what_is_missing_is_made_over_the_form(page: Page) -> None:
    title = first_company(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator('#dialog [name="company-typed"]')).to_have_value(title)
    contact = page.locator('#dialog [name="contact-typed"]')
    contact.click()
    page.keyboard.type("Zadie Quillfeather")
    page.locator("#dialog .choice-new").click()
    nested = page.locator("#nested")
    expect(nested.locator('[name="first_name"]')).to_have_value("Zadie")
    expect(nested.locator('[name="last_name"]')).to_have_value("Quillfeather")
    expect(nested.locator('[name="company-typed"]')).to_have_value(title)
    nested.locator('[name="email"]').fill("no address")
    nested.locator("[data-submit]").click()
    expect(nested.locator('[name="email"]')).to_have_attribute("aria-invalid", "true")
    nested.locator('[name="email"]').fill("zadie@firm.example")
    nested.locator("[data-submit]").click()
    expect(nested).not_to_have_attribute("open", "")
    expect(contact).to_have_value("Zadie Quillfeather")
    expect(contact).to_be_focused()
    page.locator("#dialog [data-submit]").click()
    expect(page.locator("main h1")).to_contain_text("Paper for a year")
    expect(page.locator("main")).to_contain_text("Zadie Quillfeather")


def test_a_long_list_leaves_the_box_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 320})
    page.locator('#dialog [name="company-typed"]').click()
    expect(page.locator("#dialog .choice").first).to_be_visible()
    expect(page.locator('#dialog [name="company-typed"]')).to_be_in_viewport(ratio=1)


def test_the_search_field_opens_what_the_arrows_choose(app: Flask, new_page: NewPage) -> None:
    page = new_page("tanya")
    page.goto(begin(app, mode="practice"))
    title = page.locator("main tbody [data-open]").first.inner_text()
    page.keyboard.press("/")
    page.keyboard.type(title[:-1])
    found = page.locator('#search-list [role="option"]')
    expect(found.first).to_be_visible()
    expect(found.filter(has_text=title).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#search-list")).to_be_hidden()
    expect(page.locator("#search")).to_have_value(title[:-1])
    page.keyboard.type(title[-1])
    expect(found.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    marked = page.locator('#search-list [aria-selected="true"]')
    expect(page.locator("#search")).to_have_attribute(
        "aria-activedescendant", marked.get_attribute("id") or "-"
    )
    address = marked.get_attribute("data-href") or "-"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    page.keyboard.press("/")
    page.keyboard.type(title)
    expect(found.first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
