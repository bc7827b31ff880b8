"""`flask training …`: the upkeep of attempts; `flask prove`: the proof of the scenarios."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from sandbox.kernel.clock import machine_now
from sandbox.training.proof.command import command as prove
from sandbox.training.proof.upkeep import prove_missing
from sandbox.training.retention import purge_old

__all__ = ["bench", "prove", "training"]

training = AppGroup("training", help="The upkeep of attempts.")


@training.command()
def purge() -> None:
    """Empty the spaces of attempts that were over longer ago than RETENTION_DAYS."""
    click.echo(f"Spaces emptied: {purge_old(machine_now())}")


@training.command("prove-missing")
@click.option("--again", is_flag=True, help="Prove all of them, also those that are proven.")
def prove_missing_command(again: bool = False) -> None:
    """Prove the scenarios that are new or changed; those that fail are not offered."""
    if not prove_missing(click.echo, again=again):
        click.echo("Scenarios that fail their proof are not offered; `make prove` tells more.")


@click.command()
def bench() -> None:
    """Measure the speed of the house, as ratios of one run."""
    from bench.house import measure  # only this command needs it, and it makes an application of its own

    measure(click.echo)
