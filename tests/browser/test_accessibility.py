"""axe-core finds no serious fault on a main page, light in English and dark in Russian (FULL=1: all four)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import update

from sandbox.extensions import db
from sandbox.play.browser import Player, move_of
from sandbox.seeding.practice import free_space
from sandbox.spaces import Casting, Colleague, every, inside
from sandbox.spaces.models import Space
from sandbox.web.unit_of_work import unit_of_work
from tests.browser.axe import LOOKS, faults, opened
from tests.browser.conftest import NewPage
from tests.browser.runs import CALL, ENGLISH, RUSSIAN, begin
from tests.conftest import person_named

pytestmark = pytest.mark.state("company")
COMPANIES = {"en": ENGLISH, "ru": RUSSIAN}


def pages_of_the_crm(page: Page, space: str) -> Iterator[None]:
    """Lists, records, the board, the search and an action as a page of its own, one after the other."""
    for plural in ("deals", "leads", "companies", "contacts"):
        page.goto(f"{space}/{plural}")
        yield
        page.goto(str(page.locator(f'main a[href^="{space}/{plural}/"]').first.get_attribute("href")))
        yield
    for path in ("deals/board", "activities", "search?q=a", "companies/create"):
        page.goto(f"{space}/{path}")
        yield


@pytest.fixture(params=LOOKS, ids=["-".join(look) for look in LOOKS])
def look(request: pytest.FixtureRequest) -> tuple[str, str]:
    found: tuple[str, str] = request.param
    return found


def test_signing_in(new_page: NewPage, look: tuple[str, str]) -> None:
    page = opened(new_page, look, None)
    page.goto("/")
    assert faults(page) == []


def test_the_crm(app: Flask, new_page: NewPage, look: tuple[str, str]) -> None:
    page = opened(new_page, look, "tanya")
    space = begin(app, company=COMPANIES[look[1]]).removesuffix("/deals")
    assert [fault for _page in pages_of_the_crm(page, space) for fault in faults(page)] == []


def test_a_run_and_its_debrief(app: Flask, new_page: NewPage, look: tuple[str, str]) -> None:
    page = opened(new_page, look, "tanya")
    page.goto("/")
    found = faults(page)
    page.goto(begin(app, CALL, company=COMPANIES[look[1]]))
    player = Player(page)
    player.play(until=lambda seen: move_of(seen).get("action") == "call.log")
    found += faults(page)
    player.step()
    found += faults(page)
    player.play()
    found += faults(page)
    player.finish()
    found += faults(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("tanya", "/settings"),
        ("vera", "/desk"),
        ("boris", "/readiness"),
        ("boris", "/readiness/evidence"),
        ("anna", "/people"),
        ("anna", "/people/create"),
    ],
)
def test_the_pages_of_the_house(
    app: Flask, new_page: NewPage, look: tuple[str, str], who: str, path: str
) -> None:
    if path.endswith("evidence"):
        with app.app_context():
            path = f"/readiness/people/{person_named('tanya').id}/log-call"
    page = opened(new_page, look, who)
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok
    assert faults(page) == []


@pytest.fixture
def directors_space(app: Flask) -> str:
    """Tanya's practice as the director, to whom every area is open."""
    with app.app_context():
        with unit_of_work():
            space = free_space(person_named("tanya"))
            address, number = f"/s/{space.id}", space.id
        with inside(db.session.get_one(Space, number)):
            director = db.session.scalars(every(Colleague).where(Colleague.job_role == "director")).one().n
        with unit_of_work() as session:
            casting = update(Casting).where(Casting.space_id == number)
            session.execute(casting.values(colleague_n=director))
    return address


def test_every_area(new_page: NewPage, look: tuple[str, str], directors_space: str) -> None:
    """Each place of the rail, each of its tabs, and the first record that a list leads to."""
    page = opened(new_page, look, "tanya")
    page.goto(f"{directors_space}/overview")
    places = [f"{directors_space}/overview"]
    seen: set[str] = set()
    found: list[str] = []
    while places:
        path = places.pop(0).split("?")[0]
        if path in seen or not path.startswith(directors_space):
            continue
        seen.add(path)
        page.goto(path)
        found += faults(page)
        links = "all => all.map((one) => one.getAttribute('href'))"
        places += page.locator(".rail-group a, .section-tabs a, main .segments a").evaluate_all(links)
        if not path.rpartition("/")[2].isdigit():
            places += page.locator("main table [data-open]").evaluate_all(links)[:1]
    assert len(seen) > 25, sorted(seen)
    assert not found, "\n".join(found)


def test_commands_and_a_form_over_a_form(app: Flask, new_page: NewPage, look: tuple[str, str]) -> None:
    page = opened(new_page, look, "tanya")
    page.goto(begin(app, company=COMPANIES[look[1]], mode="practice"))
    page.keyboard.press("Control+k")
    page.locator('#palette [role="option"]').first.wait_for()
    found = faults(page)
    page.keyboard.press("Escape")
    page.locator('main [data-action="deal.create"]').first.click()
    page.locator('#dialog [name="company-typed"]').click()
    page.locator("#dialog .choice").first.wait_for()
    found += faults(page)
    page.keyboard.type("Zzz")
    page.locator("#dialog .choice-new").click()
    page.locator("#nested form").wait_for()
    found += faults(page)
    assert not found, "\n".join(found)
