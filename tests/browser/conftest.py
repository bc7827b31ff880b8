"""A real browser: one for the session, a server and a window of its own for each test."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import SignIn
from tools import browser as chromium
from tools.place import IN_CI

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
MILLISECONDS_TO_WAIT = 10_000
# A refused form answers 409 or 422, and the browser notes every such answer as a failed load.
EXPECTED = re.compile(r"Failed to load resource: the server responded with a status of (409|422)")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser of the session."""
    program = chromium.find()
    if program is None:
        (pytest.fail if IN_CI else pytest.skip)(chromium.MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The application served on a free port, a thread for each request; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = False  # type: ignore[attr-defined]  # closing waits for requests under way
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def new_page(browser: Browser, live_server: str, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """`new_page("tanya", locale="ru", viewport=PHONE)`: a window, signed in; its errors fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opened(
        who: str | None = None, *, locale: str = "en", viewport: Any = DESKTOP, **options: Any
    ) -> Page:
        context = browser.new_context(
            base_url=live_server, locale=locale, viewport=viewport, reduced_motion="reduce", **options
        )
        contexts.append(context)
        context.set_default_timeout(MILLISECONDS_TO_WAIT)
        context.on("console", lambda message: _note(message, faults))
        context.on("weberror", lambda error: faults.append(f"uncaught: {error.error}"))
        if who:
            sign_in: SignIn = request.getfixturevalue("sign_in")
            cookie = sign_in(who).get_cookie("rehearsal")
            assert cookie is not None
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "the browser's console: " + "; ".join(faults)


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A window of somebody who has not signed in, 1440 pixels wide, in English."""
    return new_page()


def _note(message: ConsoleMessage, faults: list[str]) -> None:
    """Keep errors; violations of the content security policy come as such."""
    if message.type == "error" and not EXPECTED.search(message.text):
        faults.append(f"{message.text} ({message.location.get('url', '')})")
