"""Reading never writes, and nothing slow happens while the one writer holds the lock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask, before_render_template
from sqlalchemy import event

from sandbox.extensions import db, is_writing
from sandbox.web.unit_of_work import unit_of_work
from tests.cast import PASSWORD, email_of
from tests.conftest import SignIn, person_named
from tests.factories.practice import Room, furnish, token_of

pytestmark = pytest.mark.state("company")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "BEGIN IMMEDIATE")


@pytest.fixture
def room(app: Flask) -> Room:
    return furnish(app, "tanya")


@pytest.fixture
def drawn(app: Flask) -> Iterator[list[tuple[str, bool]]]:
    """The templates that are drawn, and whether the write lock was held then."""
    found: list[tuple[str, bool]] = []

    def note(_app: Flask, template: Any, **_context: Any) -> None:
        found.append((template.name, is_writing()))

    with before_render_template.connected_to(note, app):
        yield found


@pytest.fixture
def said(app: Flask) -> Iterator[list[str]]:
    """The statements that the database is given."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_no_get_writes(app: Flask, sign_in: SignIn, room: Room, said: list[str]) -> None:
    """Every page and every list, by its person and by one who looks on; the database would say no, too."""
    tanya, anna, token = sign_in("tanya"), sign_in("anna"), token_of(app, "tanya")
    said.clear()
    looked_at = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.arguments - {"space", "n"}:
            continue
        parts = rule.rule.split("/")
        table = parts[parts.index("<int:n>") - 1] if "<int:n>" in parts else ""
        where = rule.rule.replace("<int:space>", str(room.space)).replace(
            "<int:n>", str(room.records.get(table, 0))
        )
        for client in (tanya, anna):
            assert client.get(where, headers=token if "/api/" in where else {}).status_code < 500
        looked_at += 1
    assert looked_at > 60
    assert [one for one in said if one.lstrip().upper().startswith(WRITES)] == []
    assert "PRAGMA query_only=OFF" not in said


@pytest.mark.both_databases
def test_the_database_refuses_a_write_outside_a_unit_of_work(app: Flask) -> None:
    with app.app_context(), pytest.raises(Exception, match=r"(?i)read-?only"):
        db.session.connection().execute(db.text("UPDATE people SET name = 'Nobody'"))


def test_nothing_is_drawn_while_the_write_lock_is_held(
    sign_in: SignIn, room: Room, drawn: list[tuple[str, bool]]
) -> None:
    tanya = sign_in("tanya")
    deal, lead = room.at("deals"), room.at("leads")
    sent: list[tuple[str, dict[str, str], int]] = [
        ("/practice", {}, 303),
        (f"{deal}/call/log", {"outcome": "reached"}, 303),
        (f"{deal}/call/log", {}, 422),
        (f"{deal}/win", {}, 409),
        (f"{deal}/edit", {"title": "Stale", "version": "1"}, 409),
        (f"{lead}/edit", {"name": "Ivy Stone"}, 303),
        (f"{room.place}/companies/create", {"name": f"{room.word} Dental", "kind": "legal"}, 409),
        ("/start", {"scenario": "sales/log-a-call", "mode": "learn"}, 303),
        (f"{room.place}/reset", {}, 303),
    ]
    for where, typed, status in sent:
        for way in (tanya.post, tanya.post_htmx):  # type: ignore[attr-defined]
            assert way(where, data=typed).status_code == status, where
    assert len(drawn) > 5
    assert [name for name, locked in drawn if locked] == []


def test_a_page_is_drawn_while_somebody_writes(app: Flask, sign_in: SignIn, room: Room) -> None:
    """Readers see what was there before; they neither wait nor fail."""
    tanya, anna = sign_in("tanya"), sign_in("anna")
    with app.app_context(), unit_of_work():
        person_named("oleg").name = "Half Written"
        db.session.flush()
        assert tanya.get(room.at("deals")).status_code == 200
        assert "Half Written" not in anna.get("/people").get_data(as_text=True)


def test_no_password_is_hashed_while_the_write_lock_is_held(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[bool] = []
    for name in ("hash", "verify"):
        real = getattr(PasswordHasher, name)

        def noted(self: Any, *arguments: Any, real: Any = real, **options: Any) -> Any:
            hashed.append(is_writing())
            return real(self, *arguments, **options)

        monkeypatch.setattr(PasswordHasher, name, noted)
    client, anna = app.test_client(), sign_in("anna")
    client.post("/sign-in", data={"email": email_of("tanya"), "password": PASSWORD})
    client.post(
        "/settings/password",
        data={"current": PASSWORD, "new": "another horse battery"},
    )
    anna.post("/people/create", data={"name": "New One", "email": "new@test.example", "role": "trainee"})
    anna.post("/people/1/password")
    assert len(hashed) >= 3 and not any(hashed)
