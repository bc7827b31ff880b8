"""Free practice is one's own, and everyone in it plays a colleague of the firm."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.extensions import db
from sandbox.seeding.practice import cast as play_colleague
from sandbox.seeding.practice import company_for, free_space, open_free_space, reset_free_space
from sandbox.spaces import Casting, Colleague, Space, every, fetch, first, inside
from sandbox.spaces.bulk import count_rows, images
from sandbox.web.unit_of_work import unit_of_work
from tests.conftest import person_named

pytestmark = pytest.mark.usefixtures("db_session", "cast")


def opened(name: str) -> Space:
    with unit_of_work():
        return free_space(person_named(name))


def test_the_language_chooses_the_company(app: Any) -> None:
    tanya = person_named("tanya")
    tanya.locale = "ru"
    assert company_for(tanya) == "fuel-cards"
    tanya.locale = "en"
    assert company_for(tanya) == "office-supply"
    app.config["PRACTICE_COMPANY"] = "fuel-cards"
    assert company_for(tanya) == "fuel-cards"
    db.session.rollback()


def test_free_practice_is_a_clone_of_todays_template_and_runs() -> None:
    space = opened("tanya")
    template = db.session.get_one(Space, space.template_id)
    assert (space.kind, template.kind, space.day) == ("free", "template", template.day)
    assert space.clock_since is not None
    assert images(space) == images(template)
    assert sum(count_rows(space).values()) > 300


def test_it_is_opened_once_and_belongs_to_one_person() -> None:
    assert opened("tanya").id == opened("tanya").id != opened("oleg").id
    assert open_free_space(person_named("tanya").id) is not None
    assert open_free_space(person_named("boris").id) is None


def test_a_person_plays_a_colleague_of_their_job_role() -> None:
    space, tanya = opened("tanya"), person_named("tanya")
    casting = db.session.get_one(Casting, (space.id, tanya.id))
    with inside(space):
        assert fetch(Colleague, casting.colleague_n).job_role == "sales-manager"


def test_a_role_may_be_cast_and_an_unknown_one_becomes_a_sales_manager() -> None:
    space, tanya = opened("tanya"), person_named("tanya")
    with inside(space), unit_of_work():
        assert play_colleague(space, tanya, "head-of-sales").job_role == "head-of-sales"
        assert play_colleague(space, tanya, "astronaut").job_role == "sales-manager"


def test_a_reset_brings_the_data_back_and_uses_no_number_twice() -> None:
    space = opened("tanya")
    template = db.session.get_one(Space, space.template_id)
    before = images(space)
    with unit_of_work():
        space.next_n += 50
    with unit_of_work():
        reset_free_space(space)
    assert images(space) == before
    assert space.next_n == template.next_n + 50
    with inside(space):
        assert first(every(Colleague)) is not None
    assert db.session.get(Casting, (space.id, person_named("tanya").id)) is not None
