"""How often a page asks the database: a list ten times, the board twelve, a record fifteen; in any area."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from sandbox.crm.places import has_list
from sandbox.extensions import db
from sandbox.ledger.registry import registry
from sandbox.seeding.practice import cast as play
from sandbox.seeding.templates import ensure_template
from sandbox.spaces import Space, every, inside
from sandbox.spaces.bulk import clone
from sandbox.web.unit_of_work import unit_of_work

LIST, BOARD, RECORD, SEARCH = 10, 12, 15, 6
SEVERAL = 4
Ask = Callable[[str], list[str]]


# However many there are: what is asked for each row would show in the tenfold company. The hundredfold ones
# take minutes to lay out and stand behind FULL=1.
COMPANIES = ["office-supply small", "fuel-cards small", "office-supply medium"]
if os.environ.get("FULL") == "1":
    COMPANIES += ["fuel-cards medium", "office-supply large", "fuel-cards large"]


@pytest.fixture(params=COMPANIES)
def space(request: Any, app: Flask, cast: Any) -> Iterator[Space]:
    """Tanya's practice with all that a company's day begins with, where she plays the head of sales."""
    company, volume = request.param.split()
    with app.test_request_context("/"):
        with unit_of_work():
            template = ensure_template(company, volume=volume)
            found = clone(template, "free", person_id=cast.tanya.id)
            with inside(found):
                play(found, cast.tanya, "head-of-sales")
        yield found


@pytest.fixture
def ask(space: Space, sign_in: Any) -> Iterator[Ask]:
    """What a page of the space asks the database; a page that leads on to another is passed over."""
    tanya, place, asked = sign_in("tanya"), f"/s/{space.id}", []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")) and "set_config" not in statement:
            asked.append(statement)

    def asks(end: str) -> list[str]:
        tanya.get(f"{place}/{end}")  # what a process reads once, such as the company's file, is there then
        asked.clear()
        answer = tanya.get(f"{place}/{end}")
        assert answer.status_code in (200, 303), f"{end}: {answer.status}"
        return list(asked) if answer.status_code == 200 else []

    event.listen(db.engine, "before_cursor_execute", note)
    yield asks
    event.remove(db.engine, "before_cursor_execute", note)


def test_every_list_of_a_hundred_rows_keeps_to_ten_questions(ask: Ask) -> None:
    tables = [table for table in registry.tables() if has_list(table)]
    assert len(tables) > 12
    assert not over(ask, LIST, [f"{table}?per=100" for table in tables])


def test_the_board_keeps_to_twelve_questions(ask: Ask) -> None:
    assert not over(ask, BOARD, ["deals/board", "deals/board/cards?after=2", "deals/review"])


def test_the_search_asks_once_for_all_kinds_and_what_their_lines_tell(ask: Ask) -> None:
    assert not over(ask, SEARCH, ["search?q=a", "search?q=о", "find?q=1"])


def test_every_record_keeps_to_fifteen_questions(ask: Ask, space: Space, app: Flask) -> None:
    pages = {str(rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    ends = []
    with inside(space):
        for table, model in registry.tables().items():
            if f"/s/<int:space>/{table}/<int:n>" in pages:
                for order in (model.id, model.id.desc()):
                    some = db.session.scalars(every(model).order_by(order).limit(SEVERAL))
                    ends += [f"{table}/{row.n}" for row in some]
    assert len(ends) > 50
    assert not over(ask, RECORD, dict.fromkeys(ends))


def test_a_record_opened_from_a_list_keeps_to_fifteen_questions(ask: Ask, space: Space) -> None:
    ends = []
    with inside(space):
        for table, model in registry.tables().items():
            if has_list(table):
                ends += [f"{table}/{row.n}?in=" for row in db.session.scalars(every(model).limit(1))]
    assert not over(ask, RECORD, ends)


def over(ask: Ask, most: int, ends: Any) -> str:
    """The pages that ask more often, with what they ask."""
    faults = []
    for end in ends:
        asked = ask(end)
        if len(asked) > most:
            faults.append("\n".join([f"{end} asks {len(asked)} times:", *(one[:160] for one in asked)]))
    return "\n\n".join(faults)
