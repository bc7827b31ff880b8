"""What an administrator does with accounts and groups."""

import re

import pytest

from sandbox.extensions import db
from sandbox.people import job_roles, may_see, people_seen_by, person_by_email, trainees_of
from sandbox.people.models import Group
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import Cast, email_of
from tests.factories.people import make_crowd, make_person

NEW = {"name": "Nina Hale", "email": "nina@test.example", "role": "trainee", "job_role": ""}


def as_said(person, **other):
    said = {
        "name": person.name,
        "name_ru": person.name_ru or "",
        "email": person.email,
        "role": person.role,
        "job_role": "",
        "is_active": "y",
    }
    return {**said, **other}


def shown_password(page: str) -> str:
    found = re.search(r'value="((?:[a-z0-9]{4}-){3}[a-z0-9]{4})"', page)
    assert found, page
    return found[1]


@pytest.mark.parametrize("name", ["tanya", "vera", "boris"])
@pytest.mark.parametrize("path", ["/people", "/people/create", "/people/1", "/people/groups"])
def test_only_an_administrator_reads_the_list(sign_in, cast: Cast, name: str, path: str):
    assert sign_in(name).get(path).status_code == 403


@pytest.mark.parametrize("name", ["tanya", "vera", "boris"])
def test_only_an_administrator_makes_accounts(sign_in, cast: Cast, name: str):
    assert sign_in(name).post("/people/create", data=NEW).status_code == 403
    assert sign_in(name).post(f"/people/{cast.anna.id}/password").status_code == 403
    assert person_by_email("nina@test.example") is None


@pytest.mark.parametrize(
    "path", ["/people", "/people/create", "/people/groups", "/people?q=tan&role=trainee"]
)
def test_her_pages_stand(sign_in, cast: Cast, visit, path: str):
    visit(path, by=sign_in("anna"))


def test_the_pages_of_a_person_and_of_a_group_stand(sign_in, cast: Cast, visit):
    visit(f"/people/{cast.tanya.id}", by=sign_in("anna"))
    group = db.session.scalars(db.select(Group).where(Group.title == "Test class")).one()
    visit(f"/people/groups/{group.id}", by=sign_in("anna"))


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tanya", True),
        ("BELOVA tan", True),
        ("белова", True),
        ("ТАТЬЯНА", True),
        ("tanya@test", True),
        ("oleg", False),
        ("%", False),
        ("_", False),
    ],
)
def test_people_are_found_by_parts_of_names_and_addresses(
    sign_in, cast: Cast, visit, query: str, found: bool
):
    page = visit("/people", by=sign_in("anna"), query_string={"q": query})
    assert (email_of("tanya") in page.get_text()) is found


@pytest.mark.both_databases
def test_the_list_comes_a_page_at_a_time(sign_in, cast: Cast, visit):
    make_crowd(60)
    anna = sign_in("anna")
    first, second = visit("/people", by=anna), visit("/people?page=2", by=anna)
    assert len(first.select("tbody tr")) == 50
    assert len(second.select("tbody tr")) == 16
    assert "51–66 of 66" in second.get_text()
    assert len(visit("/people?page=99", by=anna).select("tbody tr")) == 16
    assert len(visit("/people?page=-1", by=anna).select("tbody tr")) == 50


def test_a_new_account_gets_a_password_that_is_shown_once(app, sign_in, cast: Cast):
    anna = sign_in("anna")
    answer = anna.post("/people/create", data=NEW)
    assert answer.status_code == 303
    password = shown_password(anna.get(answer.location).text)
    assert password not in anna.get(answer.location).text
    nina = app.test_client()
    answer = nina.post("/sign-in", data={"email": NEW["email"], "password": password})
    assert answer.location == "/settings#password"


def test_a_password_made_for_one_is_not_shown_beside_another(sign_in, cast: Cast):
    anna = sign_in("anna")
    anna.post("/people/create", data=NEW)
    page = anna.get(f"/people/{cast.oleg.id}").text
    assert "cannot be shown again" not in page


@pytest.mark.both_databases
def test_an_address_has_one_account_in_any_spelling(sign_in, cast: Cast):
    answer = sign_in("anna").post("/people/create", data={**NEW, "email": " Tanya@TEST.example"})
    assert answer.status_code == 409
    assert "There is an account for tanya@test.example already." in answer.text
    assert "Nina Hale" in answer.text, "nothing typed is lost"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"email": "nina"},
        {"email": "nina@test"},
        {"email": "nina @test.example"},
        {"email": "nina@test.example."},
        {"role": "king"},
        {"job_role": "no-such-role"},
        {"group_ids": "999"},
    ],
)
def test_a_wrong_account_is_refused(sign_in, cast: Cast, wrong: dict[str, str]):
    assert sign_in("anna").post("/people/create", data={**NEW, **wrong}).status_code == 422
    assert person_by_email("nina@test.example") is None


@pytest.mark.both_databases
def test_anna_changes_an_account(sign_in, cast: Cast):
    group = db.session.scalars(db.select(Group).where(Group.title == "Another class")).one()
    data = as_said(cast.oleg, name="Oleg Petrovich", role="trainer", group_ids=str(group.id))
    assert sign_in("anna").post(f"/people/{cast.oleg.id}", data=data).status_code == 303
    db.session.rollback()
    assert (cast.oleg.name, cast.oleg.role) == ("Oleg Petrovich", "trainer")
    assert [one.group.title for one in cast.oleg.memberships] == ["Another class"]


def test_a_job_role_of_a_company_may_be_chosen(sign_in, cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(job_roles, "_sources", [lambda: [("lawyer", "Lawyer")]])
    data = as_said(cast.oleg, job_role="lawyer")
    assert sign_in("anna").post(f"/people/{cast.oleg.id}", data=data).status_code == 303
    db.session.rollback()
    assert cast.oleg.job_role == "lawyer"


def test_a_job_role_no_company_knows_any_more_may_stay(sign_in, cast: Cast):
    data = as_said(cast.oleg, job_role="sales-manager")
    assert sign_in("anna").post(f"/people/{cast.oleg.id}", data=data).status_code == 303


def test_closing_an_account_ends_its_sessions_for_good(sign_in, cast: Cast):
    oleg, anna = sign_in("oleg"), sign_in("anna")
    anna.post(f"/people/{cast.oleg.id}", data=as_said(cast.oleg, is_active=""))
    assert oleg.get("/settings").status_code == 302
    anna.post(f"/people/{cast.oleg.id}", data=as_said(cast.oleg))
    assert oleg.get("/settings").status_code == 302


@pytest.mark.parametrize("other", [{"is_active": ""}, {"role": "trainee"}])
def test_anna_cannot_shut_herself_out(sign_in, cast: Cast, other: dict[str, str]):
    answer = sign_in("anna").post(f"/people/{cast.anna.id}", data=as_said(cast.anna, **other))
    assert answer.status_code == 409
    assert "Ask another administrator." in answer.text


def test_a_second_administrator_may_go(sign_in, cast: Cast):
    second = make_person(role="administrator")
    answer = sign_in("anna").post(f"/people/{second.id}", data=as_said(second, role="board"))
    assert answer.status_code == 303


def test_a_new_password_for_oleg_is_shown_once_and_signs_him_out(app, sign_in, cast: Cast):
    oleg, anna = sign_in("oleg"), sign_in("anna")
    answer = anna.post(f"/people/{cast.oleg.id}/password")
    password = shown_password(anna.get(answer.location).text)
    assert oleg.get("/settings").status_code == 302
    data = {"email": email_of("oleg"), "password": password}
    assert app.test_client().post("/sign-in", data=data).location == "/settings#password"


def test_ones_own_password_is_changed_in_the_settings(sign_in, cast: Cast):
    assert sign_in("anna").post(f"/people/{cast.anna.id}/password").status_code == 409


def test_an_account_that_is_not_there_is_not_found(sign_in, cast: Cast):
    anna = sign_in("anna")
    assert anna.get("/people/99999").status_code == 404
    assert anna.post("/people/99999/password").status_code == 404
    assert anna.get("/people/groups/99999").status_code == 404


def test_a_group_is_opened_and_changed(sign_in, cast: Cast):
    anna = sign_in("anna")
    answer = anna.post("/people/groups", data={"title": "Spring class", "trainer_id": str(cast.zoe.id)})
    assert answer.status_code == 303
    db.session.rollback()
    group = db.session.scalars(db.select(Group).where(Group.title == "Spring class")).one()
    answer = anna.post(f"/people/groups/{group.id}", data={"title": "Summer class", "trainer_id": ""})
    assert answer.status_code == 303
    db.session.rollback()
    assert (group.title, group.trainer_id) == ("Summer class", None)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"title": "Test class", "trainer_id": ""}, 409),
        ({"title": "", "trainer_id": ""}, 422),
        ({"title": "Spring class", "trainer_id": "abc"}, 422),
        ({"title": "Spring class", "trainer_id": "99999"}, 422),
    ],
)
def test_a_wrong_group_is_refused(sign_in, cast: Cast, data: dict[str, str], status: int):
    assert sign_in("anna").post("/people/groups", data=data).status_code == status


@pytest.mark.both_databases
def test_vera_sees_her_trainees_and_zoe_does_not(cast: Cast):
    assert may_see(cast.vera, cast.tanya)
    assert may_see(cast.vera, cast.oleg)
    assert not may_see(cast.zoe, cast.tanya)
    assert list(db.session.scalars(trainees_of(cast.zoe))) == []
    assert list(db.session.scalars(trainees_of(cast.vera))) == [cast.oleg, cast.tanya]


def test_oleg_sees_only_himself(cast: Cast):
    assert not may_see(cast.oleg, cast.tanya)
    assert list(db.session.scalars(people_seen_by(cast.oleg))) == [cast.oleg]


@pytest.mark.parametrize("name", ["anna", "boris"])
def test_the_administrator_and_the_board_see_everybody(cast: Cast, name: str):
    seen = db.session.scalars(people_seen_by(getattr(cast, name))).all()
    assert len(seen) == len(cast.everyone())


def test_a_closed_account_leaves_the_trainers_list(cast: Cast):
    with unit_of_work():
        cast.oleg.is_active = False
    assert list(db.session.scalars(trainees_of(cast.vera))) == [cast.tanya]
