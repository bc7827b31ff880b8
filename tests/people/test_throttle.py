"""Guessing passwords is slow: ten tries an account from one address, a hundred wrong ones an address."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import PASSWORD, Cast, email_of

TRIES = 10


@pytest.fixture
def guarded(make_app) -> Flask:
    """The application as it serves people: tries are counted, from none."""
    return make_app(RATELIMIT_ENABLED=True, WTF_CSRF_ENABLED=False)


def guess(browser: FlaskClient, email: str, password: str = "a guess", address: str = "10.0.0.1"):
    return browser.post(
        "/sign-in", data={"email": email, "password": password}, environ_base={"REMOTE_ADDR": address}
    )


def test_the_eleventh_try_is_told_how_long_to_wait(guarded: Flask, cast: Cast):
    for _try in range(TRIES):
        assert guess(guarded.test_client(), email_of("tanya")).status_code == 422
    answer = guess(guarded.test_client(), email_of("tanya"))
    assert answer.status_code == 429
    waits = re.search(r"Too many tries\. Wait (\d+) minutes?, then try again\.", answer.text)
    assert waits and 1 <= int(waits[1]) <= 15
    assert int(answer.headers["Retry-After"]) == int(waits[1]) * 60


def test_then_the_right_password_waits_too(guarded: Flask, cast: Cast):
    for _try in range(TRIES):
        guess(guarded.test_client(), email_of("tanya"))
    assert guess(guarded.test_client(), email_of("tanya"), PASSWORD).status_code == 429


def test_another_spelling_is_the_same_account(guarded: Flask, cast: Cast):
    for _try in range(TRIES):
        guess(guarded.test_client(), email_of("tanya").upper())
    assert guess(guarded.test_client(), f" {email_of('tanya')}").status_code == 429


def test_nobody_locks_tanya_out_from_another_address(guarded: Flask, cast: Cast):
    for _try in range(TRIES + 1):
        guess(guarded.test_client(), email_of("tanya"), address="10.0.1.1")
    assert guess(guarded.test_client(), email_of("tanya"), PASSWORD, address="10.0.2.1").status_code == 303
    assert guess(guarded.test_client(), email_of("tanya"), PASSWORD, address="10.0.1.1").status_code == 429


def test_the_addresses_of_one_ipv6_network_are_one(guarded: Flask, cast: Cast):
    for number in range(TRIES):
        guess(guarded.test_client(), email_of("tanya"), address=f"2001:db8:7:7::{number + 1:x}")
    last = [
        guess(guarded.test_client(), email_of("tanya"), address=address).status_code
        for address in ("2001:db8:7:7:ffff::1", "2001:db8:7:8::1")
    ]
    assert last == [429, 422]


def test_oleg_signs_in_while_tanya_waits(guarded: Flask, cast: Cast):
    for _try in range(TRIES + 1):
        guess(guarded.test_client(), email_of("tanya"))
    assert guess(guarded.test_client(), email_of("oleg"), PASSWORD).status_code == 303


def test_an_account_that_does_not_exist_is_throttled_alike(guarded: Flask, cast: Cast):
    for _try in range(TRIES):
        assert guess(guarded.test_client(), "nobody@test.example").status_code == 422
    assert guess(guarded.test_client(), "nobody@test.example").status_code == 429


def test_the_right_password_begins_the_count_anew(guarded: Flask, cast: Cast):
    for _round in range(3):
        for _try in range(TRIES - 1):
            assert guess(guarded.test_client(), email_of("tanya")).status_code == 422
        assert guess(guarded.test_client(), email_of("tanya"), PASSWORD).status_code == 303


def test_one_address_cannot_go_through_a_list_of_accounts(guarded: Flask, cast: Cast):
    for number in range(100):
        assert guess(guarded.test_client(), f"nobody-{number}@test.example").status_code == 422
    assert guess(guarded.test_client(), email_of("tanya"), PASSWORD).status_code == 429
    assert guess(guarded.test_client(), email_of("tanya"), PASSWORD, address="10.0.0.2").status_code == 303


def test_a_classroom_behind_one_address_may_sign_in(guarded: Flask, cast: Cast):
    for _one in range(120):
        assert guess(guarded.test_client(), email_of("tanya"), PASSWORD).status_code == 303


def test_the_current_password_cannot_be_guessed_in_the_settings(sign_in, guarded: Flask, cast: Cast):
    browser = sign_in("tanya", guarded)
    answers = [
        browser.post("/settings/password", data={"current": "a guess", "new": "a long new password"})
        for _try in range(TRIES + 1)
    ]
    assert [answer.status_code for answer in answers] == [422] * TRIES + [429]
