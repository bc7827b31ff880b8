"""`flask seed …`: the data of a company, and everything the demo shows."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from time import perf_counter

import click
from flask import current_app
from flask.cli import AppGroup

from sandbox.kernel.clock import machine_now
from sandbox.people import create_demo_cast
from sandbox.seeding.recipes import UnknownCompany, company_codes, company_file
from sandbox.seeding.templates import VOLUMES, built, template_for
from sandbox.spaces.bulk import count_rows
from sandbox.spaces.company_faults import CompanyFaults

COUNTED = ("companies", "contacts", "leads", "deals", "activities")
HISTORY = "sandbox.training.history"

seed = AppGroup("seed", help="The data of the played companies.")


@seed.command()
@click.argument("code")
@click.option("--volume", type=click.Choice(VOLUMES), default="small", show_default=True)
@click.option("--seed", "number", default=1, show_default=True, help="The same seed gives the same rows.")
def company(code: str, volume: str, number: int) -> None:
    """Lay out today's data of the company CODE; what is there already stays."""
    _lay_out(code, number, volume)


@seed.command()
def demo() -> None:
    """Open the demo's accounts and lay out what the demo shows; the second time there is nothing to do."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("The demo is laid out in demo mode only: set DEMO=1.")
    people = create_demo_cast(at=machine_now())
    click.echo(f"Demo: {len(people)} accounts")
    for code in company_codes():
        try:
            _lay_out(code)
        except click.ClickException as fault:  # one broken company keeps nobody from the others
            click.echo(f"{code} is not laid out. {fault.message}", err=True)
    if _has_history():
        importlib.import_module(HISTORY).play_history()


def _lay_out(code: str, number: int = 1, volume: str = "small") -> None:
    began = perf_counter()
    try:
        company = company_file(code)
        is_there = built(code, number, volume=volume) is not None
        space = template_for(code, number, volume=volume)
    except (UnknownCompany, CompanyFaults) as fault:
        raise click.ClickException(str(fault)) from fault
    counts = count_rows(space)
    said = ", ".join(f"{counts[name]} {name}" for name in COUNTED)
    took = "already there" if is_there else f"{perf_counter() - began:.1f} s"
    click.echo(f"{company.title.in_('en')} ({code}, {space.day}): {said} ({took})")


def _has_history() -> bool:
    """Whether there is somebody who plays the past of the demo's trainees."""
    try:
        return find_spec(HISTORY) is not None
    except ModuleNotFoundError:
        return False
