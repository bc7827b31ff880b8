"""`flask prove`: every scenario with every company in every language; the exit status tells."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
from flask.cli import with_appcontext

from sandbox.play.stage import NoBrowser, Stage, house_apart, stage
from sandbox.scenarios import Fault, Scenario, ScenarioFaults, load_scenario
from sandbox.seeding.recipes import company_codes, company_file
from sandbox.training.catalogue import catalogue_of, strange_operation
from sandbox.training.proof.findings import Finding
from sandbox.training.proof.in_browser import in_browser, sizes
from sandbox.training.proof.proving import LANGUAGES, MANY, holds, prove
from sandbox.training.proof.table import rows, summary
from sandbox.training.vocabulary import vocabulary_for


@click.command("prove")
@click.option("--scenario", envvar="SCENARIO", help="A slug such as sales/log-a-call, or the path of a file.")
@click.option("--locale", envvar="LOCALE", type=click.Choice(LANGUAGES), help="Only this language.")
@click.option("--company", envvar="COMPANY", help="Only this company, by the code of its file.")
@click.option(
    "--seeds", default=MANY, show_default=True, type=click.IntRange(1), help="Other data, so often."
)
@click.option("--browser/--no-browser", "with_browser", default=False, help="Also solve in a real browser.")
@with_appcontext
def command(
    scenario: str | None, locale: str | None, company: str | None, seeds: int, with_browser: bool
) -> None:
    """Prove the scenarios through the actions: solved, left out, done wrong, with other data."""
    known = company_codes()
    if company and company not in known:
        raise click.ClickException(f"There is no company {company}. Choose one of: {', '.join(known)}.")
    with ExitStack() as opened:  # the proof has a database of its own: nobody at work waits for its trials
        house = opened.enter_context(_stage()) if with_browser else None
        app = house.app if house is not None else opened.enter_context(house_apart())
        opened.enter_context(app.app_context())
        sys.exit(_proven(scenario, locale, [company] if company else known, seeds, house))


def _proven(
    scenario: str | None, locale: str | None, companies: list[str], seeds: int, house: Stage | None
) -> int:
    """Prove and print; the exit status."""
    faults: list[Fault] = []
    results: list[tuple[str, list[Finding]]] = []
    for code in companies:
        for one in _scenarios(scenario, code, faults):
            for language in [locale] if locale else LANGUAGES:
                name = f"{one.slug}, {code}, {language}"
                click.echo(name)
                findings = prove(one, code, language, seeds)
                if house is not None and holds(findings):
                    where = sizes(code, language, only=locale is not None)
                    findings += in_browser(one, code, language, house, where)
                results.append((name, findings))
                for row in rows(findings):
                    click.echo(row)
    for fault in dict.fromkeys(faults):
        click.echo(str(fault), err=True)
    if not results and not faults:
        raise click.ClickException(f"There is no scenario {scenario}.")
    for line in summary(results):
        click.echo(line)
    return 0 if not faults and all(holds(findings) for _name, findings in results) else 1


@contextmanager
def _stage() -> Iterator[Stage]:
    try:
        with stage() as house:
            yield house
    except NoBrowser as fault:
        raise click.ClickException(str(fault)) from fault


def _scenarios(chosen: str | None, company: str, faults: list[Fault]) -> Iterator[Scenario]:
    if chosen and chosen.endswith((".yaml", ".yml")):
        try:
            one = load_scenario(Path(chosen), vocabulary_for(company_file(company)))
            faults.extend(fault for fault in [strange_operation(one)] if fault)
            yield one
        except ScenarioFaults as found:
            faults.extend(found.faults)
        except OSError as fault:
            raise click.ClickException(f"{chosen} cannot be read: {fault.strerror}.") from fault
        return
    catalogue = catalogue_of(company)
    faults.extend(one for one in catalogue.faults if not chosen or chosen in one.file)
    yield from (one for slug, one in catalogue.scenarios.items() if chosen in (None, slug))
