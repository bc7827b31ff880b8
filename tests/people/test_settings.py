"""What people set for themselves."""

import re

import pytest

from sandbox.extensions import db
from sandbox.people import person_by_token
from sandbox.people.models import ApiToken
from sandbox.people.passwords import matches
from sandbox.people.tokens import digest_of
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import PASSWORD, Cast

NEW = "a long new password"


def make_token(browser, label: str = "Nightly export") -> str:
    answer = browser.post("/settings/tokens", data={"label": label}, follow_redirects=True)
    secret = re.search(r"rehearsal_[\w-]+", answer.text)
    assert secret, answer.text
    return secret[0]


def the_token() -> ApiToken:
    db.session.rollback()
    return db.session.scalars(db.select(ApiToken)).one()


def test_settings_ask_for_signing_in(client):
    answer = client.get("/settings")
    assert answer.status_code == 302
    assert answer.location == "/?next=/settings"


def test_the_page_stands(sign_in, cast: Cast, visit):
    page = visit("/settings", by=sign_in("tanya"))
    assert page.h1.get_text(strip=True) == "Settings"


def test_language_and_look_are_kept_on_the_person(sign_in, cast: Cast):
    browser = sign_in("tanya")
    answer = browser.post("/settings", data={"locale": "ru", "theme": "dark"})
    assert answer.status_code == 303
    db.session.rollback()
    assert (cast.tanya.locale, cast.tanya.theme) == ("ru", "dark")
    page = browser.get("/settings").text
    assert 'lang="ru"' in page
    assert 'data-theme="dark"' in page


@pytest.mark.parametrize("data", [{"locale": "de", "theme": "dark"}, {"locale": "en", "theme": "pink"}, {}])
def test_a_language_or_look_that_is_not_there_is_refused(sign_in, cast: Cast, data):
    assert sign_in("tanya").post("/settings", data=data).status_code == 422
    db.session.rollback()
    assert (cast.tanya.locale, cast.tanya.theme) == (None, "system")


def test_a_new_password_takes_the_current_one(sign_in, cast: Cast):
    answer = sign_in("tanya").post("/settings/password", data={"current": "wrong", "new": NEW})
    assert answer.status_code == 422
    assert "This is not the password you use now." in answer.text


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("short", "Use at least 10 characters."),
        ("x" * 129, "Use at most 128 characters."),
        (PASSWORD, "This is the password you use now. Choose another one."),
        ("", "Enter a new password."),
    ],
)
def test_a_password_that_will_not_do_is_told_why(sign_in, cast: Cast, new: str, sentence: str):
    answer = sign_in("tanya").post("/settings/password", data={"current": PASSWORD, "new": new})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_changing_the_password_keeps_this_browser_and_signs_out_the_others(sign_in, cast: Cast):
    here, elsewhere = sign_in("tanya"), sign_in("tanya")
    answer = here.post("/settings/password", data={"current": PASSWORD, "new": NEW})
    assert answer.status_code == 303
    db.session.rollback()
    assert matches(NEW, cast.tanya.password_hash)
    assert here.get("/settings").status_code == 200
    assert elsewhere.get("/settings").status_code == 302


def test_choosing_a_password_ends_the_temporary_one(sign_in, cast: Cast):
    with unit_of_work():
        cast.tanya.has_temporary_password = True
    sign_in("tanya").post("/settings/password", data={"current": PASSWORD, "new": NEW})
    db.session.rollback()
    assert not cast.tanya.has_temporary_password


def test_a_token_is_shown_once(sign_in, cast: Cast):
    browser = sign_in("tanya")
    secret = make_token(browser)
    page = browser.get("/settings").text
    assert secret not in page
    assert f"ends in {secret[-4:]}" in page


def test_only_the_digest_of_a_token_is_kept(sign_in, cast: Cast):
    secret = make_token(sign_in("tanya"))
    token = the_token()
    kept = " ".join(str(getattr(token, column.name)) for column in ApiToken.__table__.columns)
    assert secret not in kept
    assert token.digest == digest_of(secret)


def test_a_token_acts_as_its_person_until_it_is_closed(sign_in, cast: Cast):
    browser = sign_in("tanya")
    secret = make_token(browser)
    token = the_token()
    assert person_by_token(secret) == cast.tanya
    browser.post(f"/settings/tokens/{token.id}/revoke")
    db.session.rollback()
    assert person_by_token(secret) is None
    assert f"ends in {secret[-4:]}" not in browser.get("/settings").text


def test_a_token_of_a_closed_account_is_nobodys(sign_in, cast: Cast):
    secret = make_token(sign_in("tanya"))
    with unit_of_work():
        cast.tanya.is_active = False
    assert person_by_token(secret) is None


def test_oleg_cannot_close_tanyas_token(sign_in, cast: Cast):
    secret = make_token(sign_in("tanya"))
    token = the_token()
    assert sign_in("oleg").post(f"/settings/tokens/{token.id}/revoke").status_code == 404
    db.session.rollback()
    assert person_by_token(secret) == cast.tanya


def test_an_unknown_token_is_nobodys(app):
    assert person_by_token("rehearsal_nothing") is None
    assert person_by_token("") is None


def test_a_token_needs_a_label(sign_in, cast: Cast):
    answer = sign_in("tanya").post("/settings/tokens", data={"label": "  "})
    assert answer.status_code == 422
    assert "Say what the token is for" in answer.text
