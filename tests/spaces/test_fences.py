"""No row, key or query leaves its space."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from sandbox.crm import Company, Contact
from sandbox.extensions import db
from sandbox.kernel.errors import NotFound, Refused
from sandbox.ledger import acting
from sandbox.spaces import BLOCK, Space, across, every, fetch, inside
from sandbox.spaces.bulk import clone, count_rows, images, purge, reset
from sandbox.spaces.reach import OutsideSpace
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, Laying, make_space

pytestmark = pytest.mark.both_databases


@pytest.fixture
def two(app: Any) -> Any:
    """Two spaces, a company in each under the same number."""
    with app.test_request_context("/"):
        spaces = make_space(), make_space()
        for space, name in zip(spaces, ("Hers", "His"), strict=True):
            with inside(space):
                Desk(space).company(name)
        yield spaces


def only_company() -> Company:
    return db.session.scalars(every(Company)).one()


def test_the_same_number_is_another_record_in_another_space(two: tuple[Space, Space]) -> None:
    names, numbers = [], []
    for space in two:
        with inside(space):
            names.append(only_company().name)
            numbers.append(only_company().n)
            assert only_company().id == space.id * BLOCK + only_company().n
    assert names == ["Hers", "His"] and numbers[0] == numbers[1]


def test_a_query_sees_its_own_space_only(two: tuple[Space, Space]) -> None:
    with inside(two[0]):
        assert [company.name for company in db.session.scalars(db.select(Company))] == ["Hers"]
        assert db.session.scalar(db.select(db.func.count(Company.id))) == 1


def test_a_record_of_another_space_is_not_found(two: tuple[Space, Space]) -> None:
    with inside(two[1]):
        n = Desk(two[1]).company("A second one").n
    with inside(two[0]), pytest.raises(NotFound):
        fetch(Company, n)


@pytest.mark.parametrize("n", [0, -1, BLOCK, BLOCK + 7, 10**30])
def test_a_number_outside_the_block_is_not_found(two: tuple[Space, Space], n: int) -> None:
    with inside(two[0]), pytest.raises(NotFound):
        fetch(Company, n)


def test_without_a_space_nothing_is_read(two: tuple[Space, Space]) -> None:
    db.session.remove()
    with pytest.raises(OutsideSpace):
        db.session.scalars(db.select(Company)).all()
    with across("a test counts the rows of all spaces"):
        assert len(db.session.scalars(db.select(Company)).all()) == 2


def test_the_database_itself_refuses_a_key_into_another_space(two: tuple[Space, Space]) -> None:
    with inside(two[1]):
        foreign = only_company().id
    laying = acting(Laying(), by=None, at=two[0].now())
    with pytest.raises(IntegrityError), inside(two[0]), unit_of_work() as session, laying:
        session.add(Contact(first_name="Ann", company_id=foreign, search_key="", sort_key=""))


def test_a_full_block_is_a_refusal(two: tuple[Space, Space]) -> None:
    with unit_of_work():
        two[0].next_n = BLOCK
    with inside(two[0]), pytest.raises(Refused) as refusal:
        Desk(two[0]).company("One too many")
    assert refusal.value.code == "space_full"


def test_a_clone_has_every_row_under_the_same_number(two: tuple[Space, Space]) -> None:
    with unit_of_work():
        copied = clone(two[0], "attempt")
    assert images(copied) == images(two[0])
    assert copied.next_n == two[0].next_n


def test_work_in_a_clone_leaves_its_template_alone(two: tuple[Space, Space]) -> None:
    before = images(two[0])
    with unit_of_work():
        copied = clone(two[0], "attempt")
    with inside(copied):
        Desk(copied).do("company.delete", only_company())
    assert images(two[0]) == before


def test_a_reset_gives_the_template_back_and_no_number_twice(two: tuple[Space, Space]) -> None:
    with unit_of_work():
        copied = clone(two[0], "free")
    with inside(copied):
        used = Desk(copied).company("Gone tomorrow").n
        with unit_of_work():
            reset(copied)
        assert images(copied) == images(two[0])
        assert Desk(copied).company("New").n > used


def test_a_purge_takes_all_rows_and_keeps_the_block(two: tuple[Space, Space]) -> None:
    with unit_of_work():
        purge(two[0])
    assert set(count_rows(two[0]).values()) == {0}
    assert two[0].status == "purged"
    assert count_rows(two[1])["companies"] == 1
