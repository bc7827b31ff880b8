"""A database that is lost under the running program: a page that says so, nothing lost, and a way back."""

from __future__ import annotations

import contextvars
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url

from sandbox.extensions import db
from sandbox.play.stage import house_apart
from tests.cast import make_cast
from tests.conftest import Visitor, person_named, stay_of


@pytest.fixture
def house() -> Iterator[Flask]:
    """The program on a database file of its own, with the cast."""
    with house_apart(WTF_CSRF_ENABLED=False) as app:
        app.test_client_class = Visitor
        contextvars.Context().run(_with_cast, app)
        yield app


def _with_cast(app: Flask) -> None:
    with app.app_context():
        make_cast()


def file_of(app: Flask) -> Path:
    return Path(str(make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database))


@pytest.fixture
def tanya(house: Flask) -> FlaskClient:
    client = house.test_client()
    with house.app_context():
        remembered = stay_of(person_named("tanya"))
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = remembered, True
    return client


def is_told(answer: Any) -> None:
    assert answer.status_code == 503
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "The database does not answer" in answer.get_data(as_text=True)


def test_a_file_that_was_moved_away_is_told_and_takes_no_writes(house: Flask, tanya: FlaskClient) -> None:
    assert tanya.get("/home").status_code == 200
    file, away = file_of(house), file_of(house).with_name("away.db")
    file.rename(away)
    is_told(tanya.get("/home"))
    is_told(tanya.post("/practice"))
    assert tanya.get("/healthz").status_code == 503
    assert not file.exists()
    away.rename(file)
    assert tanya.get("/home").status_code == 200
    assert tanya.post("/practice").status_code == 303


def test_a_file_that_was_put_back_is_the_one_that_is_read(house: Flask, tanya: FlaskClient) -> None:
    file = file_of(house)
    with house.app_context():
        db.engine.dispose()  # its log is written back, so that the copy is whole
    before = file.read_bytes()
    assert tanya.post("/practice").status_code == 303
    with house.app_context():
        db.engine.dispose()
    assert tanya.get("/home").status_code == 200
    fresh = file.with_name("fresh.db")
    fresh.write_bytes(before)
    fresh.replace(file)
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    rail = tanya.get("/settings").get_data(as_text=True)
    assert 'href="/s/' not in rail  # the practice space is not in the copy


def test_a_damaged_file_is_told(house: Flask, tanya: FlaskClient) -> None:
    with house.app_context():
        db.engine.dispose()  # else the log would still hold what the file has lost
    file, whole = file_of(house), file_of(house).read_bytes()
    broken = file.with_name("broken.db")
    broken.write_bytes(b"this is no database" * 400)
    broken.replace(file)
    is_told(tanya.get("/home"))
    broken.write_bytes(whole)
    broken.replace(file)
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    assert tanya.get("/healthz").status_code == 200
