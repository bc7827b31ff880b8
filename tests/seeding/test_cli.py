"""`flask seed` lays out a company and the demo, and a second time finds everything there."""

from __future__ import annotations

import pytest

from sandbox.extensions import db
from sandbox.people import Group, Person
from sandbox.spaces import Recipe, Space
from tests.conftest import MakeApp


def test_a_company_is_laid_out_once(make_app: MakeApp) -> None:
    app = make_app()
    first = app.test_cli_runner().invoke(args=["seed", "company", "office-supply"])
    again = app.test_cli_runner().invoke(args=["seed", "company", "office-supply"])
    assert first.exit_code == 0, first.output
    assert "70 companies, 110 contacts, 40 leads, 60 deals" in first.output
    assert "already there" in again.output
    with app.app_context():
        assert db.session.query(Space).count() == 1
        assert db.session.query(Recipe).count() == 1


def test_another_seed_is_another_template(make_app: MakeApp) -> None:
    app = make_app()
    for number in ("1", "2"):
        app.test_cli_runner().invoke(args=["seed", "company", "fuel-cards", "--seed", number])
    with app.app_context():
        assert {space.seed for space in db.session.query(Space)} == {1, 2}


def test_an_unknown_company_is_refused_with_those_there_are(make_app: MakeApp) -> None:
    answer = make_app().test_cli_runner().invoke(args=["seed", "company", "fuel-card"])
    assert answer.exit_code == 1
    assert "fuel-cards" in answer.output and "office-supply" in answer.output


@pytest.mark.slow
def test_the_demo_has_its_cast_a_group_and_both_companies_and_is_laid_out_once(make_app: MakeApp) -> None:
    app = make_app(DEMO=True)
    for _ in range(2):
        answer = app.test_cli_runner().invoke(args=["seed", "demo"])
        assert answer.exit_code == 0, answer.output
    assert answer.output.count("already there") == 2
    with app.app_context():
        assert db.session.query(Person).filter_by(is_demo=True).count() == 5
        group = db.session.query(Group).one()
        assert group.trainer_id == db.session.query(Person).filter_by(role="trainer").one().id
        names = {one.name.split()[0] for one in db.session.query(Person) if one.memberships}
        assert names == {"Tanya", "Oleg"}
        # the past of the trainees may have brought templates of earlier days
        templates = db.session.query(Space).filter_by(kind="template")
        assert {space.recipe.code for space in templates} == {"fuel-cards", "office-supply"}


def test_there_is_no_demo_outside_demo_mode(make_app: MakeApp) -> None:
    answer = make_app().test_cli_runner().invoke(args=["seed", "demo"])
    assert answer.exit_code == 1
    assert "DEMO=1" in answer.output
