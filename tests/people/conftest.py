"""What the tests of accounts share: a database session for the test, and signing in by password."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import PASSWORD, Cast, email_of

ByPassword = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def session_for_the_test(db_session: Any) -> None:
    """Rows of the cast are read and changed in the tests themselves."""


@pytest.fixture
def by_password(app: Flask, cast: Cast) -> ByPassword:
    """`by_password("tanya")`: a browser of her own in which she has typed her password."""

    def signed_in(name: str, password: str = PASSWORD, **more: str) -> FlaskClient:
        browser = app.test_client()
        answer = browser.post("/sign-in", data={"email": email_of(name), "password": password, **more})
        assert answer.status_code == 303, answer.text
        return browser

    return signed_in
