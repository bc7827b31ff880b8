"""`flask screenshots`: the pictures of the documentation, taken anew from the demo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sandbox.config import ROOT
from sandbox.play.browser import Player, move_of

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import Page

LANGUAGES = ("en", "ru")
SIZE = (1280, 800)
TALL, FLAT = 800, 540  # a picture of a full page would be large
CALL = "sales/log-a-call"
# Among the links of a list are also actions and filters: a record's ends in its number.
FIRST_RECORD = "(all) => all.map((one) => one.pathname).find((one) => /[/][0-9]+$/.test(one))"


@click.command()
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "docs" / "screenshots",
    help="The folder of the pictures.",
)
def screenshots(into: Path) -> None:
    """Lay out the demo in a database of its own and take the pictures of the main pages in both languages."""
    from sandbox.play.stage import NoBrowser, stage

    into.mkdir(parents=True, exist_ok=True)
    try:
        for language in LANGUAGES:
            with stage(DEMO=True) as house:  # each its own: the pictures of one leave a run begun behind
                click.echo(f"Laying out the demo ({language})")
                _lay_out(house.app)
                for who, pages in TAKERS.items():
                    with house.window(language, SIZE) as page:
                        _enter(page, language, who)
                        for name, height in pages(page):
                            path = into / f"{name}-{language}.png"
                            page.screenshot(
                                path=path, clip={"x": 0, "y": 0, "width": SIZE[0], "height": height}
                            )
                            click.echo(f"{path.name}: {path.stat().st_size // 1024} KB")
    except NoBrowser as fault:
        raise click.ClickException(str(fault)) from fault


def _lay_out(app: Flask) -> None:
    with app.app_context():  # else the command would work in the house that runs this one
        done = app.test_cli_runner().invoke(args=["seed", "demo"])
    if done.exception:
        raise click.ClickException(f"The demo could not be laid out. {done.output}") from done.exception


def _enter(page: Page, language: str, who: str) -> None:
    page.goto("/")
    page.locator(f'form[action$="/{who}"] button').click()
    page.wait_for_load_state("networkidle")
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f'button[name="language"][value="{language}"]').first.evaluate("(one) => one.click()")
        page.wait_for_load_state("networkidle")


def _of_the_trainee(page: Page) -> Iterator[tuple[str, int]]:
    page.goto("/home")
    yield "home", TALL
    form = page.locator("main form", has=page.locator(f'input[value="{CALL}"]'))
    form.first.get_by_role("button").click()
    page.wait_for_url("**/s/*/deals")
    player = Player(page)
    player.play(until=lambda seen: move_of(seen).get("action") == "call.log")
    yield "deal", TALL
    page.goto(page.url.rsplit("/", 1)[0] + "/board")
    player.settle()
    yield "board", FLAT


def _of_free_practice(page: Page) -> Iterator[tuple[str, int]]:
    page.goto("/home")
    page.locator('main form[action$="/practice"] button').click()
    page.wait_for_url("**/s/*/deals")
    space = page.url.rsplit("/", 1)[0]
    page.goto(f"{space}/inbox")
    yield "inbox", FLAT
    for name in ("offers", "documents", "campaigns"):
        page.goto(f"{space}/{name}")
        page.goto(page.locator(f'main a[href*="/{name}/"]').evaluate_all(FIRST_RECORD))
        page.wait_for_load_state("networkidle")
        yield name.removesuffix("s"), FLAT


def _of_the_trainer(page: Page) -> Iterator[tuple[str, int]]:
    page.goto("/desk")
    yield "desk", TALL


def _of_the_board(page: Page) -> Iterator[tuple[str, int]]:
    page.goto("/readiness")
    yield "readiness", TALL


TAKERS = {
    "tanya": _of_the_trainee,
    "oleg": _of_free_practice,
    "vera": _of_the_trainer,
    "boris": _of_the_board,
}
