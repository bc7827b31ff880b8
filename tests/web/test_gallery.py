"""The page of all parts, and what every part must hold to."""

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from sandbox.web import gallery
from sandbox.web.languages import COOKIE


def page(browser: FlaskClient, address: str = "/components", language: str = "en") -> BeautifulSoup:
    """The parsed page in a language."""
    browser.set_cookie(COOKIE, language)
    answer = browser.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_the_gallery_is_shown_under_test_and_in_demo_only() -> None:
    for settings, shown in (({"DEMO": True}, True), ({"DEMO": False}, False)):
        app = Flask("sandbox")
        app.config.update(settings)
        gallery.init_app(app)
        assert ("gallery" in app.blueprints) is shown


def test_every_control_has_a_label(browser: FlaskClient) -> None:
    for soup in (page(browser), page(browser, "/components/form")):
        for control in soup.select("input:not([type=hidden]), select, textarea"):
            label = soup.select_one(f'label[for="{control["id"]}"]') if control.get("id") else None
            assert label or control.find_parent("label") or control.get("aria-label"), control


def test_ids_are_given_once_and_described_by_ids_that_stand_there(browser: FlaskClient) -> None:
    for address in ("/components", "/components/coach", "/components/form"):
        soup = page(browser, address)
        for template in soup.select("template"):
            template.decompose()
        ids = [str(element["id"]) for element in soup.select("[id]")]
        assert sorted(ids) == sorted(set(ids))
        for element in soup.select("[aria-describedby]"):
            assert set(str(element["aria-describedby"]).split()) <= set(ids)


def test_every_button_has_a_name(browser: FlaskClient) -> None:
    for button in page(browser, "/components").select("button, a, summary"):
        image = button.find("img")
        name = button.get_text(strip=True) or button.get("aria-label") or (image and image.get("alt"))
        assert name, button


def test_every_word_of_layout_and_parts_is_translated(browser: FlaskClient) -> None:
    soup = page(browser, "/components/coach", "xx")
    for css in (".rail", ".coach-head", ".help-line", ".stage-note"):
        for text in soup.select_one(css).stripped_strings:  # type: ignore[union-attr]
            if any(mark.isalpha() for mark in text):
                assert text.startswith("⟦") or "⟧" in text, text


def test_actions_carry_what_scripts_and_proofs_look_for(browser: FlaskClient) -> None:
    soup = page(browser, "/components/coach")
    button = soup.select_one('a[data-action="call.log"]')
    assert button is not None
    assert button["data-record"] == "deals-7"
    assert button["href"] == button["hx-get"] == "/components/form"
    assert button["hx-target"] == "#dialog"
    form = page(browser, "/components/form").select_one('form[data-form="call.log"][data-record="deals-7"]')
    assert form is not None
    assert form.select_one("[data-submit]")
    assert form.select_one('input[name="csrf_token"]')


def test_the_coach_is_drawn_only_where_there_is_one(browser: FlaskClient) -> None:
    assert page(browser, "/components/coach").select_one("aside#coach")
    assert page(browser, "/components").select_one("aside#coach") is None
