"""Every scenario of the repository is solved at a real browser, by nothing but what the coach lights."""

from __future__ import annotations

import os
from typing import Any

import pytest
from flask import Flask

from sandbox.play.browser import solve
from sandbox.training.catalogue import catalogue_of
from tests.browser.conftest import DESKTOP, PHONE, NewPage
from tests.browser.runs import CALL, ENGLISH, RUSSIAN, begin, verdict_of

pytestmark = pytest.mark.state("company")
SLUGS = ("customers/take-a-request", "sales/log-a-call", "sales/move-and-win", "sales/qualify-a-lead")
FULL = bool(os.environ.get("FULL"))


def played(app: Flask, new_page: NewPage, slug: str, locale: str, company: str, viewport: Any) -> None:
    address = begin(app, slug, company=company)
    solved = solve(new_page("tanya", locale=locale, viewport=viewport), address)
    assert verdict_of(app, solved.attempt_id) == ("finished", True)
    assert solved.differs == []
    assert solved.verdict


@pytest.mark.parametrize("slug", SLUGS)
def test_the_light_leads_through_the_scenario(app: Flask, new_page: NewPage, slug: str) -> None:
    played(app, new_page, slug, "en", ENGLISH, DESKTOP)


def test_the_light_leads_through_on_a_phone(app: Flask, new_page: NewPage) -> None:
    played(app, new_page, CALL, "en", ENGLISH, PHONE)


if FULL:

    @pytest.mark.parametrize("slug", SLUGS)
    @pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "390"])
    def test_the_light_leads_through_in_russian(
        app: Flask, new_page: NewPage, slug: str, viewport: Any
    ) -> None:
        played(app, new_page, slug, "ru", RUSSIAN, viewport)

    @pytest.mark.parametrize("slug", SLUGS)
    def test_the_light_leads_through_every_scenario_on_a_phone(
        app: Flask, new_page: NewPage, slug: str
    ) -> None:
        played(app, new_page, slug, "en", ENGLISH, PHONE)


def test_no_scenario_is_left_out(app: Flask) -> None:
    with app.app_context():
        assert set(SLUGS) == set(catalogue_of(ENGLISH).scenarios)
