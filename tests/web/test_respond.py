"""A page, the part htmx asks for, and where it goes."""

import pytest
from flask.testing import FlaskClient

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://localhost/elsewhere"}
IN_DIALOG = {**HTMX, "HX-Target": "dialog#dialog"}


def test_a_plain_browser_gets_the_whole_page(browser: FlaskClient) -> None:
    answer = browser.get("/components")
    assert answer.text.startswith("<!doctype html>")
    assert 'id="dialog"' in answer.text
    assert "HX-Retarget" not in answer.headers


def test_htmx_gets_the_page_element_alone_and_is_told_where_it_goes(browser: FlaskClient) -> None:
    answer = browser.get("/components?x=1", headers=HTMX)
    assert answer.text.lstrip().startswith("<title>")
    assert answer.text.count('id="page"') == 1
    assert "<dialog" not in answer.text
    assert answer.headers["HX-Retarget"] == "#page"
    assert answer.headers["HX-Reswap"] == "outerMorph"
    assert answer.headers["HX-Push-Url"] == "/components?x=1"


def test_the_page_one_is_on_gets_no_second_entry_in_the_history(browser: FlaskClient) -> None:
    headers = {**HTMX, "HX-Current-URL": "http://localhost/components"}
    answer = browser.get("/components", headers=headers)
    assert "HX-Push-Url" not in answer.headers
    assert answer.headers["HX-Replace-Url"] == "/components"


def test_going_back_in_history_draws_the_whole_page(browser: FlaskClient) -> None:
    answer = browser.get("/components", headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert answer.text.startswith("<!doctype html>")
    assert "HX-Push-Url" not in answer.headers


def test_a_form_asked_for_the_dialog_is_the_dialogs_content_alone(browser: FlaskClient) -> None:
    answer = browser.get("/components/form", headers=IN_DIALOG)
    assert 'data-form="call.log"' in answer.text
    assert 'id="page"' not in answer.text
    assert "HX-Retarget" not in answer.headers


def test_the_same_form_is_a_page_of_its_own_without_htmx(browser: FlaskClient) -> None:
    answer = browser.get("/components/form")
    assert 'data-form="call.log"' in answer.text
    assert 'id="page"' in answer.text
    assert "<h1" in answer.text


def test_a_page_drawn_for_the_dialogs_request_goes_to_the_page(browser: FlaskClient) -> None:
    answer = browser.get("/components", headers=IN_DIALOG)
    assert answer.headers["HX-Retarget"] == "#page"


@pytest.mark.parametrize("headers", [{}, IN_DIALOG])
def test_a_refused_form_keeps_what_was_typed(browser: FlaskClient, headers: dict[str, str]) -> None:
    browser.application.config["WTF_CSRF_ENABLED"] = False
    answer = browser.post("/components/form", data={"note": "Forty cartons"}, headers=headers)
    assert answer.status_code == 422
    assert "Forty cartons" in answer.text
    assert "Marta Quill" in answer.text
    assert 'aria-invalid="true"' in answer.text
