"""A house of its own for a real browser: database, server on a free port, windows; nothing is left of it."""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import flask_migrate
from flask import Flask
from werkzeug.serving import make_server

from sandbox import create_app
from sandbox.extensions import db
from tools import browser as chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESK, PHONE = (1440, 900), (390, 844)
# In a container Chromium cannot build its own fence; it only meets our own pages here.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
Colours = Literal["light", "dark"]


class NoBrowser(Exception):
    """There is no Chromium on this machine; the sentence says what to install."""


@dataclass
class Stage:
    """The application, its address, and the browser in front of it."""

    app: Flask
    address: str
    browser: Browser

    @contextmanager
    def window(
        self, language: str, size: tuple[int, int] = DESK, colours: Colours = "light"
    ) -> Iterator[Page]:
        """A window of somebody who has not signed in; `size` in pixels, width first."""
        context = self.browser.new_context(
            base_url=self.address,
            locale=language,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=colours,
            reduced_motion="reduce",
        )
        try:
            yield context.new_page()
        finally:
            context.close()


@contextmanager
def house_apart(**settings: Any) -> Iterator[Flask]:
    """The application on an empty database of its own, with these settings; nothing is left of it."""
    with tempfile.TemporaryDirectory(prefix="rehearsal-apart-") as place:
        app = create_app(
            {
                "SQLALCHEMY_DATABASE_URI": f"sqlite:///{Path(place) / 'apart.db'}",
                "QUEUE_URL": f"sqlite:///{Path(place) / 'queue.db'}",
                "RATELIMIT_ENABLED": False,
                "SERVER_NAME": None,
                "DEMO": False,
                **settings,
            }
        )
        with app.app_context():
            flask_migrate.upgrade()
        try:
            yield app
        finally:
            with app.app_context():
                db.engine.dispose()


@contextmanager
def stage(**settings: Any) -> Iterator[Stage]:
    """Open such a house and a browser in front of it; raises NoBrowser without a Chromium."""
    program = chromium.find()
    if program is None:
        raise NoBrowser(chromium.MISSING)
    from playwright.sync_api import sync_playwright

    with house_apart(**settings) as app, _served(app) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield Stage(app, address, browser)
        browser.close()


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
