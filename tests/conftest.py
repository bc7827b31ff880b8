"""The fixtures every test may ask for: the application on a fresh database, clients, the cast, `visit`."""

from __future__ import annotations

import atexit
import contextvars
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from bs4 import BeautifulSoup
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

# Before the program is imported: nothing of the machine's own settings or data is read or written.
os.environ["VAR"] = tempfile.mkdtemp(prefix="rehearsal-var-")
atexit.register(shutil.rmtree, os.environ["VAR"], ignore_errors=True)
os.environ["SECRET_KEY"] = "only-for-tests-" * 3
for _name in (
    "DATABASE_URL",
    "DEMO",
    "LOCALE",
    "PUBLIC_URL",
    "TRUSTED_PROXIES",
    "QUEUE_URL",
    "RATE_LIMIT_URL",
    "RETENTION_DAYS",
):
    os.environ.pop(_name, None)

from sandbox.extensions import db  # noqa: E402
from sandbox.kernel.clock import machine_now  # noqa: E402
from sandbox.people.models import Person  # noqa: E402
from sandbox.people.signing_in import begin_stay  # noqa: E402
from sandbox.web.unit_of_work import unit_of_work  # noqa: E402
from tests.cast import ACCOUNTS, Cast, email_of  # noqa: E402
from tests.database import EMPTY  # noqa: E402
from tests.house import House, open_house  # noqa: E402
from tests.pages import faults_of_page  # noqa: E402
from tools import postgres  # noqa: E402
from tools.place import IN_CI  # noqa: E402

# No test is judged by the clock: a busy machine is no fault.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

MakeApp = Callable[..., Flask]
SignIn = Callable[..., FlaskClient]
Visit = Callable[..., BeautifulSoup]


def as_sent(answer: TestResponse) -> TestResponse:
    """The answer, if a server can send it: the test client lets headers pass that gunicorn refuses."""
    for name, value in answer.headers:
        assert value.isascii(), f"{name} cannot be sent: {value}"
    return answer


class Visitor(FlaskClient):
    """A browser without a page: every request runs as on a server, with nothing of the test's own context."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        if self.preserve_context:  # `with client:` asks to look at the request's context afterwards
            return as_sent(super().open(*arguments, **options))
        return as_sent(contextvars.Context().run(super().open, *arguments, **options))

    def post_htmx(self, *arguments: Any, **options: Any) -> TestResponse:
        """A POST as htmx sends it."""
        headers = {"HX-Request": "true", **options.pop("headers", {})}
        return self.post(*arguments, headers=headers, **options)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests marked `both_databases` twice, those marked `postgresql` there alone."""
    if "database_kind" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        kinds = ["sqlite"]
        if marked("both_databases"):
            kinds = ["sqlite", "postgresql"]
        elif marked("postgresql"):
            kinds = ["postgresql"]
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.fixture(scope="session")
def houses() -> Iterator[Callable[[str], House | None]]:
    """The application on each kind of database, opened when first asked for."""
    opened: dict[str, House | None] = {}

    def house_on(kind: str) -> House | None:
        if kind not in opened:
            opened[kind] = open_house(kind)
        return opened[kind]

    yield house_on
    for house in opened.values():
        if house:
            house.close()


@pytest.fixture
def house(
    houses: Callable[[str], House | None], database_kind: str, request: pytest.FixtureRequest
) -> Iterator[House]:
    """The application and its database, in the state the test names."""
    found = houses(database_kind)
    if found is None:
        (pytest.fail if IN_CI else pytest.skip)(postgres.MISSING)
    named = request.node.get_closest_marker("state")
    default = "cast" if {"cast", "sign_in", "new_page"} & set(request.fixturenames) else EMPTY
    found.begin(named.args[0] if named else default)
    yield found
    found.end()


@pytest.fixture
def app(house: House, request: pytest.FixtureRequest) -> Flask:
    """The application, as configured; only a real browser meets the guard against forged forms."""
    house.app.config["WTF_CSRF_ENABLED"] = "live_server" in request.fixturenames
    house.app.test_client_class = Visitor
    return house.app


@pytest.fixture
def make_app(house: House) -> Iterator[MakeApp]:
    """Another application on the same database, with settings of its own: `make_app(DEMO=True)`."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        made.append(house.another_app(**settings))
        made[-1].test_client_class = Visitor
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def db_session(app: Flask) -> Iterator[Any]:
    """The database session, in an app context that lasts for the test; requests of clients have their own."""
    with app.app_context():
        yield db.session


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Tanya, Oleg, Vera, Boris, Anna and Zoe, in the database; theirs is `tests.cast`."""
    if has_app_context():
        return _cast()
    with app.app_context():
        return _cast()


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """`sign_in("tanya")`: a client of somebody of the cast; `sign_in(person)` of anybody."""

    def signed_in(who: str | Person, app: Flask = app) -> FlaskClient:
        client = app.test_client()
        with app.app_context():
            person = person_named(who) if isinstance(who, str) else who
            remembered = stay_of(person)
        with client.session_transaction() as session:
            session["_user_id"] = remembered
            session["_fresh"] = True
        return client

    return signed_in


@pytest.fixture
def visit(client: FlaskClient) -> Visit:
    """`visit("/path", by=client)`: the page, after what every page must hold was looked for."""

    def visited(
        path: str, *, by: FlaskClient | None = None, status: int = 200, **options: Any
    ) -> BeautifulSoup:
        answer = (by or client).get(path, **options)
        assert answer.status_code == status, f"{path}: {answer.status} {answer.headers.get('Location', '')}"
        page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        faults = faults_of_page(page)
        assert not faults, f"{path}: " + "; ".join(faults)
        return page

    return visited


def stay_of(person: Person) -> str:
    """What a browser remembers in which this person has just signed in."""
    with unit_of_work() as session:
        here = session.get_one(Person, person.id)
        begin_stay(here, at=machine_now())
    return here.stay


def person_named(name: str) -> Person:
    """Somebody of the cast by first name, from the database of the current app."""
    return db.session.scalars(db.select(Person).where(Person.email == email_of(name))).one()


def _cast() -> Cast:
    return Cast(**{name: person_named(name) for name in ACCOUNTS})
