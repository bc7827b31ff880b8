"""Tanya's own space, where she plays a sales manager beside her head, and its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import event

from sandbox.extensions import db
from sandbox.spaces import Casting, inside
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, make_space


@pytest.fixture
def desk(app: Any, cast: Any) -> Iterator[Desk]:
    """Tanya at work."""
    with app.test_request_context("/"):
        space = make_space("office-supply", kind="free")
        with unit_of_work():
            db.session.refresh(space)
            space.person_id = cast.tanya.id
        with inside(space):
            desk = Desk(space)
            me, tanya = desk.me.n, cast.tanya.id
            with unit_of_work() as session:
                session.add(Casting(space_id=space.id, person_id=tanya, colleague_n=me))
            yield desk


@pytest.fixture
def head(desk: Desk) -> Desk:
    """Her head of sales at work."""
    return Desk(desk.space, "head-of-sales")


@pytest.fixture
def look(desk: Desk, visit: Any, sign_in: Any) -> Callable[..., BeautifulSoup]:
    """A page of Tanya's space: `look("inbox?view=news")`."""
    tanya, space = sign_in("tanya"), desk.space.id

    def looked(end: str, status: int = 200, **options: Any) -> BeautifulSoup:
        return visit(f"/s/{space}/{end}", by=tanya, status=status, **options)

    return looked


@pytest.fixture
def asked(desk: Desk) -> Iterator[list[str]]:
    """The statements that the database is given; cleared by the test where it wants."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)
