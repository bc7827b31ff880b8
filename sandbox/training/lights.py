"""What the coach lights: the next move of the walkthrough, or the way back where the work has gone astray."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sandbox.kernel.phones import pretty
from sandbox.ledger import registry
from sandbox.play.targets import pending, target_of
from sandbox.scenarios import Do, Open, Progress, Scenario, Unbound
from sandbox.scenarios.conditions.base import Court, bind, judge_in
from sandbox.scenarios.conditions.refusal import RefusalCondition
from sandbox.scenarios.values import Text
from sandbox.spaces import fetch

BACK = {"back": True}
GONE = {"gone": True}


def is_astray(scenario: Scenario, progress: Progress, world: Any, bindings: Any) -> bool:
    """Whether something was done since the last tick that no further move of the walkthrough puts right.

    Either all work of the step was done and it still does not hold, or a mistake has changed the records and
    was not put right by hand; a refusal has changed nothing.
    """
    current = progress.current
    if current is None:
        return False
    last, done = _since(progress, world)
    work = [move for move in scenario.steps[current.index].do if isinstance(move, Do)]
    left = [move for move in pending(scenario, current.index, done) if isinstance(move, Do)]
    made = [scenario.mistakes[one.index].when for one in progress.mistakes if one.at > last]
    court = Court(world, {**bindings, **bind(progress.bindings)})
    return bool(work and not left) or any(
        not isinstance(when, RefusalCondition) and judge_in(when, court).met for when in made
    )


def target(
    scenario: Scenario, progress: Progress, world: Any, bindings: Any, text: Callable[[Text], str]
) -> dict[str, Any] | None:
    """The place of the next move in words of the DOM contract; None when every step is done."""
    current = progress.current
    if current is None:
        return None
    if is_astray(scenario, progress, world, bindings):
        return BACK
    step = scenario.steps[current.index]
    moves = pending(scenario, current.index, _since(progress, world)[1]) or list(step.do)
    move = next((one for one in moves if not isinstance(one, Open)), moves[0]) if moves else None
    if move is None:
        return None
    try:
        found = target_of(move, bindings, world)
    except Unbound:
        return None
    except LookupError:  # the record was deleted: no page leads to it, only a step back does
        return GONE
    if isinstance(move, Open):
        found.update(_by_number(bindings, " ".join(text(words) for words in (step.say, *step.hints))))
    return found


def _since(progress: Progress, world: Any) -> tuple[int, list[tuple[str, Any]]]:
    last = max((state.ticked_at or 0 for state in progress.steps), default=0)
    return last, [(event.action, event.record) for event in world.events() if event.n > last]


def _by_number(bindings: Any, words: str) -> dict[str, Any]:
    """Search by the number that the step names, and go on from whoever has it."""
    digits = re.sub(r"\D", "", words)
    for bound in bindings.values():
        try:
            row = fetch(registry.records()[bound.type], bound.n)
        except LookupError:  # deleted in this run
            continue
        phone = getattr(row, "phone", None)
        if phone and re.sub(r"\D", "", phone)[-10:] in digits:
            return {"find": pretty(phone), "via": row.key}
    return {}
