"""Signing in by password, and what a session is worth."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sandbox.extensions import db
from sandbox.people import accounts, passwords
from sandbox.people.models import SignIn
from sandbox.people.passwords import hash_password
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import PASSWORD, Cast, email_of

WRONG = "The e-mail and the password do not belong together."


def try_to_sign_in(browser: FlaskClient, email: str, password: str, **more: str):
    return browser.post("/sign-in", data={"email": email, "password": password, **more})


def is_signed_in(browser: FlaskClient) -> bool:
    return browser.get("/settings").status_code == 200


def test_tanya_signs_in_with_her_password(client: FlaskClient, cast: Cast):
    answer = try_to_sign_in(client, email_of("tanya"), PASSWORD)
    assert answer.status_code == 303
    assert is_signed_in(client)


def test_her_address_may_be_typed_in_capitals_and_with_spaces(client: FlaskClient, cast: Cast):
    assert try_to_sign_in(client, "  TANYA@Test.Example ", PASSWORD).status_code == 303


def test_a_wrong_password_is_refused_with_a_sentence(client: FlaskClient, cast: Cast):
    answer = try_to_sign_in(client, email_of("tanya"), "not her password")
    assert answer.status_code == 422
    assert WRONG in answer.text
    assert not is_signed_in(client)


def test_what_was_typed_stays_but_never_the_password(client: FlaskClient, cast: Cast):
    answer = try_to_sign_in(client, email_of("tanya"), "not her password")
    assert email_of("tanya") in answer.text
    assert "not her password" not in answer.text


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(client: FlaskClient, cast: Cast):
    unknown = try_to_sign_in(client, "nobody@test.example", "not her password")
    wrong = try_to_sign_in(client, email_of("tanya"), "not her password")
    assert unknown.status_code == wrong.status_code == 422
    assert WRONG in unknown.text


def test_an_unknown_address_costs_one_comparison_as_well(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    compared: list[str] = []
    verify = passwords.PasswordHasher.verify

    def counting(self, password_hash, password):
        compared.append(password_hash)
        return verify(self, password_hash, password)

    monkeypatch.setattr(passwords.PasswordHasher, "verify", counting)
    try_to_sign_in(client, "nobody@test.example", "not her password")
    try_to_sign_in(client, email_of("tanya"), "not her password")
    assert len(compared) == 2
    assert compared[0].split("$")[:4] == compared[1].split("$")[:4], "both with the same parameters"


def test_an_empty_form_says_what_is_missing(client: FlaskClient, cast: Cast):
    answer = try_to_sign_in(client, "", "")
    assert answer.status_code == 422
    assert "Enter your e-mail address." in answer.text
    assert "Enter your password." in answer.text


def test_a_closed_account_is_refused_like_a_wrong_password(client: FlaskClient, cast: Cast):
    with unit_of_work():
        cast.oleg.is_active = False
    assert WRONG in try_to_sign_in(client, email_of("oleg"), PASSWORD).text


def test_closing_an_account_ends_its_session(by_password, cast: Cast):
    browser = by_password("oleg")
    with unit_of_work():
        cast.oleg.is_active = False
    assert not is_signed_in(browser)


def test_a_new_password_ends_the_sessions_begun_with_the_old_one(by_password, cast: Cast):
    browser = by_password("oleg")
    changed = hash_password("another long password")
    with unit_of_work():
        accounts.set_password(cast.oleg, changed)
    assert not is_signed_in(browser)


def test_nothing_planted_in_a_session_survives_signing_in(client: FlaskClient, cast: Cast):
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["csrf_token"] = "known to somebody else"
    try_to_sign_in(client, email_of("tanya"), PASSWORD)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != "known to somebody else"


def test_a_session_cannot_be_made_from_what_the_database_holds(by_password, cast: Cast):
    browser = by_password("tanya")
    db.session.rollback()
    kept = db.session.scalars(db.select(SignIn)).one()
    for known in (kept.digest, str(kept.id), str(cast.tanya.id), cast.tanya.password_hash):
        with browser.session_transaction() as session:
            session["_user_id"] = known
        assert not is_signed_in(browser)


@pytest.mark.parametrize("remembered", ["", "x", ".", "999999.abc", "１.abc"])
def test_a_session_that_names_nobody_is_nobodys(client: FlaskClient, cast: Cast, remembered: str):
    with client.session_transaction() as session:
        session["_user_id"] = remembered
    assert not is_signed_in(client)


def test_staying_signed_in_outlives_the_browser(by_password):
    browser = by_password("tanya", remember="y")
    browser.delete_cookie(browser.application.config.get("SESSION_COOKIE_NAME", "session"))
    assert is_signed_in(browser)


def test_without_staying_signed_in_it_ends_with_the_browser(by_password):
    browser = by_password("tanya")
    browser.delete_cookie(browser.application.config.get("SESSION_COOKIE_NAME", "session"))
    assert not is_signed_in(browser)


def test_signing_out_forgets_the_session_and_the_stay(by_password):
    browser = by_password("tanya", remember="y")
    assert browser.post("/sign-out").status_code == 303
    assert not is_signed_in(browser)
    browser.delete_cookie(browser.application.config.get("SESSION_COOKIE_NAME", "session"))
    assert not is_signed_in(browser)


def cookies_of(browser: FlaskClient) -> dict[str, str]:
    names = (browser.application.config["SESSION_COOKIE_NAME"], "remember_token")
    return {name: cookie.value for name in names if (cookie := browser.get_cookie(name)) is not None}


@pytest.mark.parametrize("more", [{}, {"remember": "y"}])
def test_a_copy_of_the_cookies_is_worth_nothing_after_signing_out(by_password, app: Flask, more: dict):
    browser = by_password("tanya", **more)
    copied = cookies_of(browser)
    assert len(copied) == 1 + len(more)
    thief = app.test_client()
    for name, value in copied.items():
        thief.set_cookie(name, value)
    assert is_signed_in(thief)
    browser.post("/sign-out")
    for name, value in copied.items():
        thief.set_cookie(name, value)
    assert not is_signed_in(thief)


def test_the_stay_alone_is_enough_to_sign_out(by_password, app: Flask):
    browser = by_password("tanya", remember="y")
    stay = cookies_of(browser)["remember_token"]
    later = app.test_client()
    later.set_cookie("remember_token", stay)
    assert later.post("/sign-out").status_code == 303
    assert not is_signed_in(browser)


def test_her_other_computers_stay_signed_in(by_password):
    here, there = by_password("tanya"), by_password("tanya")
    here.post("/sign-out")
    assert not is_signed_in(here)
    assert is_signed_in(there)


def test_signing_out_twice_or_as_nobody_is_no_fault(by_password, client: FlaskClient):
    browser = by_password("tanya")
    for one in (browser, browser, client):
        assert one.post("/sign-out").status_code == 303


def test_a_stay_older_than_its_cookie_is_forgotten(by_password, cast: Cast):
    browser = by_password("tanya")
    with unit_of_work() as session:
        session.scalars(db.select(SignIn)).one().created_at -= timedelta(days=400)
    by_password("tanya")
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(SignIn.id))) == 1
    assert not is_signed_in(browser)


def test_signing_out_needs_a_post(by_password):
    browser = by_password("tanya")
    assert browser.get("/sign-out").status_code == 405
    assert is_signed_in(browser)


def test_after_signing_in_tanya_goes_where_she_was_going(client: FlaskClient, cast: Cast):
    answer = try_to_sign_in(client, email_of("tanya"), PASSWORD, next="/settings?tab=2")
    assert answer.location == "/settings?tab=2"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/ok\r\nSet-Cookie: a=b",
        "evil.example",
        "http:///evil.example",
        "/\x7f",
    ],
)
def test_nobody_is_sent_to_another_house_after_signing_in(client: FlaskClient, cast: Cast, address: str):
    answer = try_to_sign_in(client, email_of("tanya"), PASSWORD, next=address)
    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert "evil" not in answer.location
    assert "Set-Cookie: a=b" not in str(answer.headers)


def test_drawing_the_first_page_writes_nothing(client: FlaskClient, cast: Cast):
    before = cast.tanya.signed_in_at
    assert client.get("/").status_code == 200
    assert client.get("/sign-in").status_code == 303
    db.session.rollback()
    assert cast.tanya.signed_in_at == before


def test_signing_in_is_dated(by_password, cast: Cast):
    by_password("tanya")
    db.session.rollback()
    assert cast.tanya.signed_in_at is not None


def test_a_hash_made_with_older_parameters_is_renewed_at_sign_in(app: Flask, by_password, cast: Cast):
    app.config["ARGON2"] = {"time_cost": 2, "memory_cost": 16, "parallelism": 1}
    browser = by_password("tanya")
    db.session.rollback()
    assert "m=16,t=2,p=1" in cast.tanya.password_hash
    assert is_signed_in(browser)
    by_password("tanya")


def test_no_password_is_hashed_under_the_write_lock(app: Flask):
    with unit_of_work():
        with pytest.raises(RuntimeError, match="before the unit of work"):
            hash_password(PASSWORD)
        with pytest.raises(RuntimeError, match="before the unit of work"):
            passwords.matches(PASSWORD, None)


def test_a_form_without_its_token_is_refused(app: Flask, cast: Cast):
    app.config["WTF_CSRF_ENABLED"] = True
    browser = app.test_client()
    assert try_to_sign_in(browser, email_of("tanya"), PASSWORD).status_code == 409
    assert browser.post("/language", data={"language": "ru"}).status_code == 409
    assert browser.post("/sign-out").status_code == 409
    assert not is_signed_in(browser)


def test_a_temporary_password_leads_to_the_settings(client: FlaskClient, cast: Cast):
    with unit_of_work():
        cast.oleg.has_temporary_password = True
    answer = try_to_sign_in(client, email_of("oleg"), PASSWORD, next="/people")
    assert answer.location == "/settings#password"
    assert "This password was made for you." in client.get("/settings").text
