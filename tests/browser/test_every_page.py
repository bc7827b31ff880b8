"""axe-core visits every page of the URL map; a page that nobody would visit is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, url_for
from playwright.sync_api import Page
from sqlalchemy import update

from sandbox.crm import WebForm
from sandbox.extensions import db
from sandbox.ledger import perform, registry
from sandbox.people import Group
from sandbox.seeding.practice import free_space
from sandbox.spaces import Casting, Colleague, every, first, inside
from sandbox.spaces.models import Space
from sandbox.training.models import Attempt
from sandbox.web.unit_of_work import unit_of_work
from tests.browser.axe import LOOKS, faults, opened
from tests.browser.conftest import NewPage
from tests.browser.runs import begin, space_in
from tests.conftest import person_named

pytestmark = pytest.mark.state("company")
PARTS = 6
# A visit to all pages takes minutes: each sixth is visited always, all in all four looks with FULL=1.
FULL = bool(os.environ.get("FULL"))
PATIENCE = 60_000  # milliseconds for a page: what is judged is not the speed

# What answers to GET and is no page, by what it is instead.
NO_PAGES = {
    "a file": {
        *("assets.serve", "bulk.file", "calendar.feed", "calendar.meeting_file", "customers.vcard"),
        *("customers.vcards", "documents.file", "documents.page_image", "documents.pdf"),
        *("importing.rejected", "offers.page_image", "offers.pdf", "results.export"),
    },
    "a part that a script puts into a page": {
        *("board.cards", "choosing.choices", "documents.pages", "inline.edit", "offers.pages"),
        *("search.find", "segments.counted"),
    },
    "for programs": {"health.show"},
    "on its way to another page": {"sales.enter", "training.go_on"},
}
# Pages of the house: who opens them.
READERS = {"training.desk": "vera", "training.assign_form": "vera", "readiness": "boris", "people": "anna"}
NOBODY = {"people.welcome": None, "people.sign_in_page": None, "people.settings": "tanya"}


@pytest.fixture
def space(app: Flask) -> int:
    """Tanya's practice as the director, to whom every area is open, with a row of every table."""
    with app.app_context():
        with unit_of_work():
            number = free_space(person_named("tanya")).id
        with inside(db.session.get_one(Space, number)) as here:
            director = db.session.scalars(every(Colleague).where(Colleague.job_role == "director")).one().n
            with unit_of_work() as session:
                casting = update(Casting).where(Casting.space_id == number)
                session.execute(casting.values(colleague_n=director))
            _leave(here, "view.save", name="Mine", of="deals", asked="status=open")
            away = db.session.scalars(every(Colleague).where(Colleague.job_role == "lawyer")).first()
            me, today = _director(), here.today()
            week = {"begins": today, "ends": today + timedelta(days=7)}
            _leave(here, "delegation.create", absent=me, deputy=away, **week)
    return number


def _director() -> Colleague:
    return db.session.scalars(every(Colleague).where(Colleague.job_role == "director")).one()


def _leave(space: Space, code: str, **values: Any) -> None:
    with unit_of_work():
        perform(code, None, values, by=_director(), at=space.now())


def no_page(endpoint: str) -> bool:
    """Whether what answers here is said to be none."""
    return endpoint.startswith("api.") or any(endpoint in those for those in NO_PAGES.values())


def addresses(app: Flask, space: int) -> dict[str, tuple[str | None, str]]:
    """Who opens which address, for each endpoint of the URL map that shows a page."""
    attempt = space_in(begin(app))
    with app.test_request_context("/"), inside(db.session.get_one(Space, space)):
        published = every(WebForm).where(WebForm.status == "published").with_only_columns(WebForm.address)
        known: dict[str, Any] = {
            "space": space,
            "person": person_named("tanya").id,
            "person_id": person_named("tanya").id,
            "operation": "log-call",
            "group_id": db.session.scalars(db.select(Group.id)).first(),
            "attempt": db.session.scalars(db.select(Attempt.id).where(Attempt.space_id == attempt)).one(),
            "address": db.session.scalars(published).first(),
        }
        found: dict[str, tuple[str | None, str]] = {}
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or no_page(rule.endpoint):
                continue
            given = {**known, "n": _row_of(rule.rule)}
            if rule.endpoint in ("training.ask_finish", "training.ask_restart"):
                given["space"] = attempt
            if all(given.get(name) for name in rule.arguments):
                values = {name: given[name] for name in rule.arguments}
                found[rule.endpoint] = (_reader(rule.endpoint), url_for(rule.endpoint, **values))
        return found


def _row_of(rule: str) -> int | None:
    """The number of the first row of the table that a rule names after the space."""
    parts = rule.split("/")
    model = registry.tables().get(parts[3]) if len(parts) > 4 else None
    row = first(every(model).order_by(model.id)) if model is not None else None
    return None if row is None else row.n


def _reader(endpoint: str) -> str | None:
    if endpoint in NOBODY:
        return NOBODY[endpoint]
    return READERS.get(endpoint) or READERS.get(endpoint.partition(".")[0]) or "tanya"


# Pages of work under way: a test below makes it, and opens them.
MADE = {"importing.show", "bulk.show", "bulk.ask"}


def test_every_page_of_the_url_map_has_somebody_who_opens_it(app: Flask, space: int) -> None:
    shown = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert shown - set(addresses(app, space)) - MADE == {one for one in shown if no_page(one)}


def test_what_is_said_to_be_no_page_is_in_the_url_map(app: Flask) -> None:
    assert set().union(*NO_PAGES.values()) <= {rule.endpoint for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize("part", range(PARTS if FULL else 1))
@pytest.mark.parametrize("look", LOOKS if FULL else LOOKS[:1], ids="-".join)
def test_axe_finds_nothing_serious_on_any_page(
    app: Flask, new_page: NewPage, space: int, look: tuple[str, str], part: int
) -> None:
    pages: dict[str | None, Page] = {}
    seen: set[str] = set()
    found: list[str] = []
    for endpoint, (who, address) in sorted(addresses(app, space).items())[part::PARTS]:
        page = pages.get(who) or pages.setdefault(who, opened(new_page, look, who))
        page.set_default_navigation_timeout(PATIENCE)
        answer = page.goto(address)
        assert answer is not None and answer.ok, f"{endpoint}: {address}: {answer and answer.status}"
        assert answer.headers["content-type"].startswith("text/html"), f"{endpoint} is no page: {address}"
        if page.url not in seen:
            found += faults(page)
        seen.add(page.url)
    assert not found, "\n".join(found)


def works_under_way(page: Page, here: str) -> Iterator[None]:
    """The steps of an import, and of work on many records, one after the other."""
    page.goto(f"{here}/imports?kind=companies")
    text = b"Name,Phone\nBirch & Sons,+1 614 555 0133\n,12\n"
    page.locator("main input[type=file]").set_input_files(
        {"name": "firms.csv", "mimeType": "text/csv", "buffer": text}
    )
    page.locator("main form:has(input[type=file]) button").first.click()
    page.wait_for_url("**/imports/*")
    yield
    page.goto(f"{here}/bulk?of=deals&way=deal.edit:owner&all=1")
    yield
    page.goto(f"{here}/bulk?of=companies&way=company.delete&all=1")
    page.locator("main form[method=post] button").first.click()
    page.wait_for_url("**/bulk/*")
    yield


@pytest.mark.parametrize("look", LOOKS if FULL else LOOKS[:1], ids="-".join)
def test_axe_finds_nothing_serious_on_work_under_way(
    new_page: NewPage, space: int, look: tuple[str, str]
) -> None:
    page = opened(new_page, look, "tanya")
    assert [fault for _step in works_under_way(page, f"/s/{space}") for fault in faults(page)] == []
