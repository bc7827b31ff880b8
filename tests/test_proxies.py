"""Who says where a visitor comes from, and which SQLite the house stands on."""

from __future__ import annotations

import sys

import pytest
from flask import request

from sandbox import extensions
from tests.conftest import MakeApp

FORWARDED = {
    "X-Forwarded-For": "203.0.113.7, 198.51.100.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "practice.example",
}


def told(make_app: MakeApp, count: int) -> tuple[str | None, str]:
    """The visitor's address and the page's, as the application sees them behind `count` proxies."""
    app = make_app(TRUSTED_PROXIES=count)
    with app.test_client() as client:
        client.get("/healthz", headers=FORWARDED)
        return request.remote_addr, request.host_url


def test_without_a_proxy_nobody_is_believed(make_app: MakeApp) -> None:
    assert told(make_app, 0) == ("127.0.0.1", "http://localhost/")


def test_as_many_proxies_are_believed_as_there_are(make_app: MakeApp) -> None:
    assert told(make_app, 1)[0] == "198.51.100.9"
    assert told(make_app, 1)[1] == "https://practice.example/"
    assert told(make_app, 2)[0] == "203.0.113.7"


def test_pythons_own_sqlite_serves_where_there_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", None)
    assert extensions.engine_options("sqlite:///somewhere.sqlite")["module"].__name__ == "sqlite3"
