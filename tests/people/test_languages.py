"""Which language a page speaks: the person's choice, then the cookie's, then the browser's."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import gettext, ngettext

from sandbox.extensions import db
from sandbox.people.job_roles import known
from sandbox.web.languages import current_language, remember_language
from tests.cast import ACCOUNTS, Cast


def language_of(browser: FlaskClient, path: str = "/", **headers: str) -> str:
    found = re.search(r'<html lang="(\w+)"', browser.get(path, headers=headers).text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("en-GB,en;q=0.9", "en"), ("de,fr", "en"), ("", "en"), ("*", "en")],
)
def test_a_stranger_is_spoken_to_as_their_browser_asks(client: FlaskClient, accepted: str, spoken: str):
    assert language_of(client, **{"Accept-Language": accepted}) == spoken


def test_the_language_of_the_house_serves_where_the_browser_names_none(make_app):
    house = make_app(BABEL_DEFAULT_LOCALE="ru")
    assert language_of(house.test_client(), **{"Accept-Language": "de"}) == "ru"


def test_the_switch_is_remembered_by_the_browser(client: FlaskClient):
    answer = client.post("/language", data={"language": "ru", "next": "/sign-in"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert language_of(client, **{"Accept-Language": "en"}) == "ru"


def test_the_switch_is_remembered_on_the_person(sign_in, cast: Cast):
    sign_in("tanya").post("/language", data={"language": "ru"})
    db.session.rollback()
    assert cast.tanya.locale == "ru"
    assert language_of(sign_in("tanya"), "/settings", **{"Accept-Language": "en"}) == "ru"


def test_the_persons_choice_goes_before_the_cookie(sign_in, cast: Cast):
    tanya = sign_in("tanya")
    tanya.post("/language", data={"language": "ru"})
    tanya.set_cookie("language", "en")
    assert language_of(tanya, "/settings") == "ru"


@pytest.mark.parametrize("language", ["de", "", "../../etc", "en@xx"])
def test_a_language_that_is_not_there_changes_nothing(client: FlaskClient, language: str):
    answer = client.post("/language", data={"language": language})
    assert answer.status_code == 303
    assert "language=" not in answer.headers.get("Set-Cookie", "")


def test_the_switch_leads_to_no_other_house(client: FlaskClient):
    answer = client.post("/language", data={"language": "ru", "next": "//evil.example"})
    assert answer.location == "/"


def test_a_cookie_with_nonsense_is_passed_over(client: FlaskClient):
    client.set_cookie("language", "klingon")
    assert language_of(client) == "en"


def test_the_marker_language_marks_every_word(app: Flask):
    with app.test_request_context("/", headers={"Cookie": "language=xx"}):
        assert current_language() == "xx"
        assert gettext("Sign in") == "⟦Sign in⟧"
        assert ngettext("%(num)d deal", "%(num)d deals", 3) == "⟦3 deals⟧"


def test_people_outside_tests_have_no_marker_language(make_app):
    house = make_app(TESTING=False)
    with house.test_request_context("/", headers={"Cookie": "language=xx"}):
        assert current_language() == "en"


def test_the_cookie_is_secure_over_https_and_never_readable_by_scripts(app: Flask):
    with app.test_request_context("/", base_url="https://house.example"):
        cookie = remember_language(app.response_class(), "ru").headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("path", ["/", "/settings", "/people", "/people/create", "/people/groups"])
def test_every_word_of_the_pages_of_accounts_can_be_translated(app, sign_in, cast: Cast, visit, path: str):
    anna = sign_in("anna")
    anna.post("/language", data={"language": "xx"})
    if path == "/":
        anna.post("/sign-out")
    main = visit(path, by=anna).main
    for unseen in main.select("svg, [lang], [aria-hidden]"):
        unseen.decompose()
    words = re.sub(r"⟦[^⟧]*⟧", " ", main.get_text(" "))
    with app.test_request_context("/"):
        roles = sorted(known().values(), key=len, reverse=True)  # the company's own words, in its languages
    people = [word for account in ACCOUNTS.values() for word in account[0].split()]
    classes = ("Test class", "Another class")
    for name in (*people, *classes, *roles, r"\w+@test\.example", "English", "sales-manager"):
        words = re.sub(name, " ", words)
    assert re.findall(r"[A-Za-z]{2,}", words) == []
