"""Accounts from the command line."""

import subprocess
from contextvars import Context

from flask import Flask

from sandbox.extensions import db
from sandbox.people import CAST, Person, person_by_email
from sandbox.people.passwords import matches
from tests.cast import Cast
from tools.place import ROOT

SAID = {"ADMIN_EMAIL": "Chief@House.example", "ADMIN_NAME": "Chief", "ADMIN_PASSWORD": "a long enough one"}


def run(app: Flask, *arguments: str, **more):
    """A command as from a terminal, with nothing of the test's own context."""
    return Context().run(app.test_cli_runner().invoke, args=["people", *arguments], **more)


def test_the_first_administrator_is_made_from_the_environment(app: Flask):
    answer = run(app, "admin", env=SAID)
    assert answer.exit_code == 0, answer.output
    chief = person_by_email("chief@house.example")
    assert chief is not None
    assert (chief.role, chief.name) == ("administrator", "Chief")
    assert matches("a long enough one", chief.password_hash)


def test_the_first_administrator_is_made_by_answering(app: Flask):
    answers = "chief@house.example\nThe Chief\na long enough one\na long enough one\n"
    answer = run(app, "admin", input=answers, env=dict.fromkeys(SAID))
    assert answer.exit_code == 0, answer.output
    chief = person_by_email("chief@house.example")
    assert chief is not None
    assert chief.name == "The Chief"
    assert "a long enough one" not in answer.output


def test_there_is_one_first_administrator(app: Flask, cast: Cast):
    answer = run(app, "admin", env=SAID)
    assert answer.exit_code == 1
    assert "There is an administrator already: anna@test.example." in answer.output
    assert person_by_email("chief@house.example") is None


def test_a_short_password_is_refused(app: Flask):
    answer = run(app, "admin", env={**SAID, "ADMIN_PASSWORD": "short"})
    assert answer.exit_code == 1
    assert "Use a password of 10 to 128 characters." in answer.output
    assert db.session.query(Person).count() == 0


def test_what_is_no_address_is_refused(app: Flask):
    answer = run(app, "admin", env={**SAID, "ADMIN_EMAIL": "chief"})
    assert answer.exit_code == 1
    assert "is not an e-mail address" in answer.output


def test_the_sign_ins_are_printed_in_demo_mode_only(app: Flask, make_app):
    assert run(app, "sign-ins").output == ""
    printed = run(make_app(DEMO=True), "sign-ins").output
    assert all(one.email in printed for one in CAST)


def test_make_admin_names_the_address_as_the_command_knows_it():
    """`make admin EMAIL=…` is what the README says."""
    said = subprocess.run(
        ["make", "--dry-run", "admin", "EMAIL=me@corp.example"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "people admin --email me@corp.example" in said.stdout
