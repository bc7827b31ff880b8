"""`flask training …`: the upkeep of attempts."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from sandbox.kernel.clock import machine_now
from sandbox.training.retention import purge_old

training = AppGroup("training", help="The upkeep of attempts.")


@training.command()
def purge() -> None:
    """Empty the spaces of attempts that were over longer ago than RETENTION_DAYS."""
    click.echo(f"Spaces emptied: {purge_old(machine_now())}")
