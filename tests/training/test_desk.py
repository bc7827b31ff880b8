"""The trainer's desk: only one's own people, who is where, giving and taking back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox.extensions import db
from sandbox.training.assigning import assignments_of
from sandbox.training.models import Assignment
from sandbox.training.runs_of import project_today
from tests.cast import Cast
from tests.factories.training import CALL, clear_for, make_attempt


@pytest.fixture(autouse=True)
def _inside(db_session: Any) -> None:
    """Rows are laid out here."""


def wanted(*people: Any, due: Any = None) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {"people": [one.id for one in people], "scenarios": [CALL], "due": due.isoformat() if due else ""}


def test_a_trainer_sees_the_people_of_their_groups_alone(cast: Cast, sign_in: Any, visit: Any) -> None:
    assert "Tanya Belova" in visit("/desk", by=sign_in("vera")).get_text()
    assert "Tanya Belova" not in visit("/desk", by=sign_in("zoe")).get_text()


def test_a_trainee_and_the_board_have_no_desk(cast: Cast, sign_in: Any, visit: Any) -> None:
    visit("/desk", by=sign_in("tanya"), status=403)
    visit("/desk", by=sign_in("boris"), status=403)


def test_the_heat_map_shows_a_clearance_and_leads_to_its_runs(cast: Cast, sign_in: Any, visit: Any) -> None:
    clear_for(cast.tanya)
    cell = visit("/desk", by=sign_in("vera")).select_one("a.heat-alone")
    assert cell["href"] == f"/readiness/people/{cast.tanya.id}/log-call"


def test_an_open_run_shows_its_step_and_how_long_nothing_happened(
    cast: Cast, sign_in: Any, visit: Any
) -> None:
    make_attempt(cast.tanya, status="open", idle_minutes=11, helped=True)
    shown = visit("/desk", by=sign_in("vera"))
    assert "may be stuck" in shown.h1.get_text()
    words = " ".join(shown.aside.get_text(" ").split())
    assert "step 2 of 3" in words
    assert "1 help used" in words


def test_a_run_left_yesterday_is_not_at_work(cast: Cast, sign_in: Any, visit: Any) -> None:
    make_attempt(cast.tanya, status="open", idle_minutes=60 * 30)
    assert "Nobody has an open run" in visit("/desk", by=sign_in("vera")).get_text()


def test_a_trainer_assigns_and_takes_back(cast: Cast, sign_in: Any, visit: Any) -> None:
    vera = sign_in("vera")
    due = project_today() + timedelta(days=3)
    assert vera.post("/desk/assign", data=wanted(cast.tanya, cast.oleg, due=due)).status_code == 303
    db.session.rollback()
    given = assignments_of(cast.tanya)
    assert [(one.scenario, one.due) for one in given] == [(CALL, due)]
    vera.post(f"/desk/assignments/{given[0].id}/withdraw")
    db.session.rollback()
    assert assignments_of(cast.tanya) == []
    assert len(assignments_of(cast.oleg)) == 1


def test_a_trainer_cannot_assign_to_people_of_others(cast: Cast, sign_in: Any) -> None:
    answer = sign_in("zoe").post("/desk/assign", data=wanted(cast.tanya))
    assert answer.status_code == 422
    db.session.rollback()
    assert assignments_of(cast.tanya) == []


def test_a_trainer_cannot_take_back_what_others_gave(cast: Cast, sign_in: Any) -> None:
    sign_in("vera").post("/desk/assign", data=wanted(cast.tanya))
    db.session.rollback()
    row = db.session.scalars(db.select(Assignment)).one()
    assert sign_in("zoe").post(f"/desk/assignments/{row.id}/withdraw").status_code == 404
    db.session.rollback()
    assert len(assignments_of(cast.tanya)) == 1


def test_a_date_that_is_over_is_refused_and_the_choice_stays(cast: Cast, sign_in: Any) -> None:
    due = project_today() - timedelta(days=3)
    answer = sign_in("vera").post("/desk/assign", data=wanted(cast.tanya, due=due))
    assert answer.status_code == 409
    assert "The due date is over" in answer.text
    assert "checked" in answer.text


def test_nobody_chosen_is_said_at_the_field(cast: Cast, sign_in: Any) -> None:
    answer = sign_in("vera").post("/desk/assign", data={"scenarios": [CALL]})
    assert answer.status_code == 422
    assert "Choose at least one person" in answer.text


def test_an_unknown_scenario_is_not_assigned(cast: Cast, sign_in: Any) -> None:
    answer = sign_in("vera").post("/desk/assign", data={"people": [cast.tanya.id], "scenarios": ["no/such"]})
    assert answer.status_code == 422
    db.session.rollback()
    assert assignments_of(cast.tanya) == []


def test_the_desk_and_the_home_page_agree_on_what_is_done(cast: Cast, sign_in: Any, visit: Any) -> None:
    """One clean run is not a clearance: the assignment stays open for both of them until there is one."""
    vera, due = sign_in("vera"), project_today() + timedelta(days=3)
    vera.post("/desk/assign", data=wanted(cast.tanya, due=due))
    db.session.rollback()
    make_attempt(cast.tanya)
    row = visit("/desk", by=vera).select_one("section[aria-labelledby=given-title] tbody tr")
    assert row.select_one(".is-ok") is None and "1 of 3" in row.get_text()
    clear_for(cast.tanya)
    row = visit("/desk", by=vera).select_one("section[aria-labelledby=given-title] tbody tr")
    assert row.select_one(".is-ok") is not None


def test_the_address_of_a_sent_form_leads_back_to_the_desk(cast: Cast, sign_in: Any) -> None:
    assert sign_in("vera").get("/desk/assign").headers["Location"].startswith("/desk")
