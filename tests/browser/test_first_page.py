"""The first page in a real browser: it loads whole, without an error in the console."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage


def test_the_first_page_opens(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert answer.ok
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_first_page_fits_a_phone(new_page: NewPage) -> None:
    page = new_page(locale="ru", viewport=PHONE)
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.locator("html").get_attribute("lang") == "ru"


def test_someone_signed_in_sees_their_name(new_page: NewPage) -> None:
    page = new_page("tanya")
    page.goto("/settings")
    expect(page.locator("body")).to_contain_text("Tanya Belova")


def test_a_form_that_comes_back_shows_what_is_wrong(new_page: NewPage) -> None:
    """The form stands at the foot of a long page: the fault is where the eye and the keyboard are."""
    page = new_page("vera")
    page.goto("/desk")
    page.locator("#assign [data-submit]").click()
    page.wait_for_url("**/desk/assign")
    expect(page.locator("#assign :focus")).to_be_in_viewport()


@pytest.mark.parametrize(("who", "place"), [("boris", "/readiness"), ("vera", "/desk")])
def test_on_a_phone_the_cells_of_who_can_do_what_are_touched_and_the_page_is_no_wider(
    new_page: NewPage, who: str, place: str
) -> None:
    page = new_page(who, viewport=PHONE, locale="ru")
    page.goto(place)
    box = page.locator("td > .heat-cell").first.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
