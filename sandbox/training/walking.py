"""A walkthrough performed through the actions, step by step, as the person of an attempt."""

from __future__ import annotations

from sandbox.extensions import db
from sandbox.play.performing import play
from sandbox.scenarios import Do, Open, RecordKey, place, resolve
from sandbox.training import attempts
from sandbox.training.models import Attempt


def walk_step(attempt: Attempt, index: int) -> None:
    """Make all moves of one step, inside the attempt's space and a unit of work."""
    for move in attempts.scenario_in(attempt).steps[index].do:
        make(attempt, move)


def make(attempt: Attempt, move: Open | Do) -> None:
    """Make one move: open what it opens, or send the action's form; raises what a person's try would."""
    world, bindings = attempts.world_of(attempt), attempts.bindings_of(attempt)
    if isinstance(move, Open):
        where = place(move, bindings)
        if isinstance(where, RecordKey):
            attempts.note(attempt, "seen", type=where.type, n=where.n)
            db.session.flush()
            attempts.judge(attempt)
        return
    company = attempt.space.company
    performed = resolve(move, bindings, world, company.language, company.currency)
    play(performed, by=attempts.me_in(attempt), at=attempt.space.now(), person_id=attempt.person_id)
