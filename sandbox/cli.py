"""`flask --app app …`: every package adds the commands of its own `cli` module; these two start the house."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Iterator
from importlib.util import find_spec
from types import ModuleType

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError

import sandbox
from sandbox.extensions import queue
from sandbox.spaces.row_security import is_passed_by_role


@click.command()
@with_appcontext
def prepare() -> None:
    """Bring the tables up to date, prove new scenarios and, in demo mode, lay out the demo company."""
    click.echo("Database: bringing the tables up to date")
    try:
        flask_migrate.upgrade()
        _fill()
    except DatabaseError as fault:  # no server, a full disk, a file that is none
        raise click.ClickException(_no_database(fault)) from fault


def _fill() -> None:
    if is_passed_by_role():
        click.echo(
            "Warning: the database's role is a superuser, and row-level security does not hold for it. "
            "Let a role without special rights own the database."
        )
    wanted = [("training", "prove-missing")]
    if current_app.config["DEMO"]:
        wanted.append(("seed", "demo"))
    for group, name in wanted:
        if command := _command(group, name):
            click.get_current_context().invoke(command)


@click.command()
@click.option("--workers", default=2, show_default=True, help="Pieces of work done at the same time.")
@with_appcontext
def worker(workers: int) -> None:
    """Do the background work that waits in the queue, until stopped."""
    click.echo(f"Background worker: {workers} threads")
    say_nothing_of_what_is_at_work()
    # a worker that was killed may have left its locks behind
    queue().create_consumer(workers=workers, check_worker_health=True, flush_locks=True).run()


def say_nothing_of_what_is_at_work() -> None:
    """Work that is still being done is not begun a second time: the queue warns of it, and it is no fault."""
    logging.getLogger("huey").addFilter(lambda told: "unable to acquire lock" not in told.getMessage())


def init_app(app: Flask) -> None:
    """Add these commands and those of every package that has a `cli` module."""
    app.cli.add_command(prepare)
    app.cli.add_command(worker)
    for module in _cli_modules():
        for command in _top_commands(module):
            app.cli.add_command(command)


def _no_database(fault: DatabaseError) -> str:
    """What to look at when the database cannot be opened; a password in its address is not repeated."""
    address = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).render_as_string(hide_password=True)
    return (
        f"The database does not answer ({fault.orig}). Check DATABASE_URL, the server and the disk: {address}"
    )


def _cli_modules() -> Iterator[ModuleType]:
    for package in pkgutil.iter_modules(sandbox.__path__, "sandbox."):
        if package.ispkg and find_spec(f"{package.name}.cli"):
            yield importlib.import_module(f"{package.name}.cli")


def _top_commands(module: ModuleType) -> list[click.Command]:
    """The commands and groups a module declares, without those that belong to one of its groups."""
    declared = {id(found): found for found in vars(module).values() if isinstance(found, click.Command)}
    below = {
        id(command)
        for group in declared.values()
        if isinstance(group, click.Group)
        for command in group.commands.values()
    }
    return [command for key, command in declared.items() if key not in below]


def _command(*path: str) -> click.Command | None:
    """The command at `path` below `flask`, or None where no package brings it."""
    found: click.Command = current_app.cli
    for name in path:
        if not isinstance(found, click.Group) or name not in found.commands:
            return None
        found = found.commands[name]
    return found
