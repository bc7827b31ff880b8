"""The solve through a real browser: by nothing but what the coach lights, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.people import Person, add_person, roles
from sandbox.people.passwords import hash_password
from sandbox.play.browser import Stuck, solve
from sandbox.play.stage import DESK, PHONE, Stage
from sandbox.scenarios import Scenario
from sandbox.seeding.recipes import company_file
from sandbox.seeding.templates import template_for
from sandbox.training import attempts
from sandbox.training.models import Attempt
from sandbox.training.proof.findings import Finding
from sandbox.web.unit_of_work import unit_of_work

if TYPE_CHECKING:
    from playwright.sync_api import Page

PART = "browser"
PASSWORD = "a player at the browser"  # noqa: S105 - of an account that lives as long as the proof
PHONE_LANGUAGE = "ru"  # its words are the longer ones


def sizes(company: str, language: str, *, only: bool) -> list[tuple[int, int]]:
    """Where to play: at a desk in the company's own language, once also on a phone; `only` one language is
    asked for, so that this one goes to the phone too."""
    if company_file(company).language != language:
        return []
    return [DESK, PHONE] if only or language == PHONE_LANGUAGE else [DESK]


def in_browser(
    scenario: Scenario, company: str, language: str, stage: Stage, where: list[tuple[int, int]]
) -> Iterator[Finding]:
    """Play the scenario on the stage by the light and press Finish, once at each size (pixels)."""
    for size in where:
        what = f"{size[0]} pixels, {language}"
        address, email = _begun(scenario, company, language, stage)
        with stage.window(language, size) as page:
            try:
                _sign_in(page, email)
                solved = solve(page, address)
            except Stuck as stuck:
                yield Finding(PART, what, str(stuck), "cannot-be-done")
                continue
        with stage.app.app_context():
            attempt = db.session.get_one(Attempt, solved.attempt_id)
            if attempt.is_right and not solved.differs:
                yield Finding(PART, what, f"solved by the light in {solved.moves} moves")
            else:
                told = "; ".join(solved.differs) or solved.verdict
                yield Finding(PART, what, f"the light led to a wrong end: {told}", "not-right")


def _begun(scenario: Scenario, company: str, language: str, stage: Stage) -> tuple[str, str]:
    """Begin a run on the stage; the address of its work, and that of its person's account."""
    with stage.app.app_context():
        template_for(company)
        now = machine_now()
        email = f"player-{now.timestamp()}@proof.example"
        kept = hash_password(PASSWORD)
        with unit_of_work():
            player: Person = add_person(
                name="Player",
                email=email,
                password_hash=kept,
                role=roles.TRAINEE,
                locale=language,
                at=now,
            )
            attempt = attempts.start(player, scenario, "learn", company, seed=1)
            return f"/s/{attempt.space_id}/deals", email


def _sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.locator('[name="email"]').fill(email)
    page.locator('[name="password"]').fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#account-menu").wait_for()
    page.wait_for_load_state()
