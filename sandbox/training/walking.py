"""A walkthrough performed through the actions, step by step, as the person of an attempt."""

from __future__ import annotations

from sandbox.extensions import db
from sandbox.play.performing import play
from sandbox.scenarios import Do, Open, RecordKey, place, resolve
from sandbox.training import attempts, judging
from sandbox.training.models import Attempt


def walk_step(attempt: Attempt, index: int) -> None:
    """Make all moves of one step, inside the attempt's space and a unit of work."""
    for move in judging.scenario_in(attempt).steps[index].do:
        make(attempt, move)


def make(attempt: Attempt, move: Open | Do) -> None:
    """Make one move: open what it opens, or send the action's form; raises what a person's try would."""
    world, bindings = judging.world_of(attempt), judging.bindings_of(attempt)
    if isinstance(move, Open):
        where = place(move, bindings)
        if isinstance(where, RecordKey):
            judging.note(attempt, "seen", type=where.type, n=where.n)
            db.session.flush()
            judging.judge(attempt)
        return
    company = attempt.space.company
    performed = resolve(move, bindings, world, company.language, company.currency)
    play(performed, by=attempts.me_in(attempt), at=attempt.space.now(), person_id=attempt.person_id)
