"""The first page in a real browser: it loads whole, without an error in the console."""

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
