"""The demo's cast: one press signs in as each, in demo mode only."""

import pytest
from flask import Flask

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.people import CAST, DEMO_PASSWORD, create_demo_cast, may_see, passwords
from sandbox.people.models import Group, Person

CODES = [one.code for one in CAST]


@pytest.fixture
def demo(make_app) -> Flask:
    """The application in demo mode, with its cast."""
    app = make_app(DEMO=True, WTF_CSRF_ENABLED=False)
    with app.app_context():
        create_demo_cast(at=machine_now())
    return app


@pytest.mark.parametrize("code", CODES)
def test_one_press_signs_in_as_each_of_the_cast(demo: Flask, code: str):
    browser = demo.test_client()
    assert browser.post(f"/sign-in/as/{code}").status_code == 303
    assert browser.get("/settings").status_code == 200


def test_the_first_page_offers_all_five(demo: Flask):
    page = demo.test_client().get("/").text
    assert all(f"/sign-in/as/{code}" in page for code in CODES)


def test_the_cast_signs_in_by_password_too(demo: Flask):
    data = {"email": CAST[0].email, "password": DEMO_PASSWORD}
    assert demo.test_client().post("/sign-in", data=data).status_code == 303


def test_a_get_signs_nobody_in(demo: Flask):
    assert demo.test_client().get("/sign-in/as/tanya").status_code == 405


def test_there_is_no_way_in_as_somebody_else(demo: Flask):
    assert demo.test_client().post("/sign-in/as/zoe").status_code == 404


def test_one_press_goes_where_the_person_was_going_but_never_to_another_house(demo: Flask):
    there = demo.test_client().post("/sign-in/as/tanya", data={"next": "/settings"})
    elsewhere = demo.test_client().post("/sign-in/as/tanya", data={"next": "//evil.example"})
    assert there.location == "/settings"
    assert "evil" not in elsewhere.location


def test_one_press_needs_the_forms_token(make_app, demo: Flask):
    guarded = make_app(DEMO=True, WTF_CSRF_ENABLED=True)
    browser = guarded.test_client()
    assert browser.post("/sign-in/as/tanya").status_code == 409
    assert browser.get("/settings").status_code == 302


def test_without_demo_mode_there_is_no_way_in(demo: Flask, make_app):
    plain = make_app(DEMO=False, WTF_CSRF_ENABLED=False)
    browser = plain.test_client()
    assert browser.post("/sign-in/as/tanya").status_code == 404
    answer = browser.post("/sign-in", data={"email": CAST[0].email, "password": DEMO_PASSWORD})
    assert answer.status_code == 422
    assert "/sign-in/as/" not in browser.get("/").text


def test_without_demo_mode_a_demo_session_ends(demo: Flask, make_app):
    browser = demo.test_client()
    browser.post("/sign-in/as/anna")
    demo.config["DEMO"] = False
    assert browser.get("/settings").status_code == 302


def test_without_demo_mode_no_cast_is_made(app: Flask):
    with pytest.raises(RuntimeError, match="demo mode only"):
        create_demo_cast(at=machine_now())
    assert db.session.query(Person).count() == 0


def test_the_cast_is_made_once_with_one_hash(make_app, monkeypatch: pytest.MonkeyPatch):
    made: list[str] = []
    hash_of = passwords.PasswordHasher.hash

    def counting(self, password):
        made.append(password)
        return hash_of(self, password)

    monkeypatch.setattr(passwords.PasswordHasher, "hash", counting)
    with make_app(DEMO=True).app_context():
        first = create_demo_cast(at=machine_now())
        second = create_demo_cast(at=machine_now())
        assert made == [DEMO_PASSWORD]
        assert {code: one.id for code, one in first.items()} == {code: one.id for code, one in second.items()}
        assert db.session.query(Person).count() == len(CAST)
        assert db.session.query(Group).count() == 1


def test_the_demos_trainer_sees_both_trainees(make_app):
    with make_app(DEMO=True).app_context():
        people = create_demo_cast(at=machine_now())
        assert may_see(people["vera"], people["tanya"])
        assert may_see(people["vera"], people["oleg"])


def test_nobody_changes_the_password_everybody_shares(demo: Flask):
    browser = demo.test_client()
    browser.post("/sign-in/as/tanya")
    data = {"current": DEMO_PASSWORD, "new": "a long new password"}
    assert browser.post("/settings/password", data=data).status_code == 403
    anna = demo.test_client()
    anna.post("/sign-in/as/anna")
    with demo.app_context():
        oleg = db.session.query(Person).filter_by(email=CAST[1].email).one().id
    assert anna.post(f"/people/{oleg}/password").status_code == 409


def test_the_cast_is_called_by_russian_names_on_russian_pages(demo: Flask):
    browser = demo.test_client()
    assert "Татьяна" in browser.get("/", headers={"Accept-Language": "ru"}).text
    assert "Татьяна" not in browser.get("/", headers={"Accept-Language": "en"}).text
