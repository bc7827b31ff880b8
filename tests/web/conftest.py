"""The parts that pages share, on an application of nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_login import LoginManager

from sandbox.extensions import csrf, htmx
from sandbox.web import (
    access,
    assets,
    formatting,
    gallery,
    headers,
    icons,
    languages,
    nav,
    respond,
)
from tools.place import ROOT

THURSDAY = datetime(2026, 11, 12, 7, 30, tzinfo=UTC)


@pytest.fixture
def shared() -> Flask:
    """An application with what pages share, and no people, spaces or records."""
    app = Flask("sandbox", root_path=str(ROOT / "sandbox"), template_folder=str(ROOT / "templates"))
    app.config.update(
        TESTING=True, SECRET_KEY="only-for-tests", BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations")
    )
    signing_in = LoginManager(app)
    signing_in.request_loader(lambda request: None)
    for extension in (csrf, htmx):
        extension.init_app(app)
    for part in (access, headers, languages, respond, nav, assets, icons, formatting, gallery):
        part.init_app(app)
    app.extensions["assets"] = assets.Assets(ROOT, sources=True)
    return app


@pytest.fixture
def browser(shared: Flask) -> FlaskClient:
    """A client of it."""
    return shared.test_client()


@pytest.fixture(params=["en", "ru"])
def language(request: pytest.FixtureRequest) -> str:
    """English and Russian in turn."""
    return str(request.param)


@pytest.fixture
def english(shared: Flask) -> Iterator[None]:
    """A request in English in the space of a firm in New York that works on 12 November 2026."""
    yield from _speaking(shared, "en", "USD", "America/New_York")


@pytest.fixture
def russian(shared: Flask) -> Iterator[None]:
    """A request in Russian in the space of a firm in Moscow that works on 12 November 2026."""
    yield from _speaking(shared, "ru", "RUB", "Europe/Moscow")


def _speaking(app: Flask, language: str, currency: str, zone: str) -> Iterator[None]:
    with app.test_request_context(headers={"Cookie": f"{languages.COOKIE}={language}"}):
        g.space = SimpleNamespace(
            id=12,
            zone=ZoneInfo(zone),
            now=lambda: THURSDAY,
            company=SimpleNamespace(currency=currency),
        )
        yield
