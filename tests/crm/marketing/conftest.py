"""The desks of marketing's tests: who plans campaigns, and who sells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from sandbox.extensions import db
from sandbox.spaces import Casting, inside
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.test_pages import Look
from tests.factories.crm import Desk, make_space


@pytest.fixture
def desk(app: Any) -> Iterator[Desk]:
    """The marketer of the office supply firm, at work."""
    with app.test_request_context("/"):
        space = make_space("office-supply")
        with inside(space):
            yield Desk(space, "marketer")


@pytest.fixture
def tanyas_desk(app: Any, cast: Any) -> Iterator[Desk]:
    """Tanya's own space, where she plays the marketer."""
    with app.test_request_context("/"):
        space = make_space("office-supply", kind="free")
        with unit_of_work():
            db.session.refresh(space)
            space.person_id = cast.tanya.id
        with inside(space):
            desk = Desk(space, "marketer")
            me, tanya = desk.me.n, cast.tanya.id
            with unit_of_work() as session:
                session.add(Casting(space_id=space.id, person_id=tanya, colleague_n=me))
            yield desk


@pytest.fixture
def look(tanyas_desk: Desk, visit: Any, sign_in: Any) -> Look:
    """A page of Tanya's space: `look("campaigns?q=spring")`."""
    tanya, space = sign_in("tanya"), tanyas_desk.space.id

    def looked(end: str, status: int = 200, **options: Any) -> Any:
        return visit(f"/s/{space}/{end}", by=tanya, status=status, **options)

    return looked


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The selects that the database is asked."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def colleague(desk: Desk, role: str) -> Desk:
    """Somebody else at work in the same space."""
    other = Desk(desk.space, role)
    other.later = desk.later
    return other
