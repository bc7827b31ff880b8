"""`flask people …`: accounts from the command line."""

import os
import re

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.kernel.errors import Refused
from sandbox.people import roles
from sandbox.people.accounts import add_person
from sandbox.people.demo import CAST, DEMO_PASSWORD
from sandbox.people.forms import ADDRESS
from sandbox.people.models import Person
from sandbox.people.passwords import LONGEST, SHORTEST, hash_password
from sandbox.web.unit_of_work import unit_of_work

people = AppGroup("people", help="Accounts of people.")


@people.command()
@click.option(
    "--email", envvar="ADMIN_EMAIL", prompt="E-mail", help="The address to sign in with (ADMIN_EMAIL)."
)
@click.option("--name", envvar="ADMIN_NAME", default="", help="The name on the pages (ADMIN_NAME).")
@click.option(
    "--password", envvar="ADMIN_PASSWORD", default="", help="At least 10 characters (ADMIN_PASSWORD)."
)
def admin(email: str, name: str, password: str) -> None:
    """Make the first administrator; asks for what the environment does not say."""
    existing = db.session.scalar(
        select(Person).where(Person.role == roles.ADMINISTRATOR, Person.is_demo.is_(False), Person.is_active)
    )
    if existing is not None:
        raise click.ClickException(
            f"There is an administrator already: {existing.email}. Sign in as them to make more accounts."
        )
    if not re.match(ADDRESS, email):
        raise click.ClickException(f"{email!r} is not an e-mail address. Write it like name@company.com.")
    given_by_environment = bool(os.environ.get("ADMIN_EMAIL"))
    name = name or (email.partition("@")[0] if given_by_environment else click.prompt("Name"))
    password = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if not SHORTEST <= len(password) <= LONGEST:
        raise click.ClickException(f"Use a password of {SHORTEST} to {LONGEST} characters.")
    password_hash = hash_password(password)
    try:
        with unit_of_work():
            person = add_person(
                name=name,
                email=email,
                password_hash=password_hash,
                role=roles.ADMINISTRATOR,
                at=machine_now(),
            )
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"Administrator made: {person.email}. Sign in on the first page.")


@people.command("sign-ins")
def sign_ins() -> None:
    """Print the addresses and the password of the demo's cast; nothing where there is no demo."""
    if not current_app.config["DEMO"]:
        return
    width = max(len(one.email) for one in CAST)
    for one in CAST:
        click.echo(f"  {one.email:<{width}}  {DEMO_PASSWORD}  {one.role}")
