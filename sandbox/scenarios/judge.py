"""Judges one condition in one world."""

from sandbox.scenarios.conditions.base import Condition, Court, Verdict, judge_in
from sandbox.scenarios.values import Bindings
from sandbox.scenarios.world import World


def judge(
    condition: Condition, world: World, bindings: Bindings, *, own_work: bool = False, since: int = 0
) -> Verdict:
    """Whether a condition holds; `own_work` as in `expect`; `since` leaves out events up to that number."""
    return judge_in(condition, Court(world, bindings, own_work, since))
