"""How the deals of a space have fared: where each stands, and how long ago it came there."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.crm import Stage
from sandbox.seeding.world import World

WON_SHARE, LOST_SHARE = 0.22, 0.16
NEWEST_END = 300


@dataclass(frozen=True)
class Fate:
    """Where a deal has come to: its last open stage, how it ended, and what is wrong with it on purpose."""

    stage: Stage
    end: str = "open"
    flaw: str = ""


def fates(world: World, count: int) -> list[Fate]:
    """How so many deals stand, the planted flaws among the open ones."""
    won, lost = round(count * WON_SHARE), round(count * LOST_SHARE)
    stages = world.open_stages
    found = [Fate(stages[-1], "won") for _ in range(won)]
    found += [Fate(world.chance.pick(stages[min(1, len(stages) - 1) :]), "lost") for _ in range(lost)]
    flaws = [
        flaw
        for flaw in ("stale_deal", "no_next_step", "overdue_task")
        for _ in range(world.trap(flaw) if flaw != "overdue_task" else world.trap(flaw) // 2)
    ]
    weights = [1.0 + 0.15 * place for place in range(len(stages), 0, -1)]
    for place in range(count - won - lost):
        flaw = flaws[place] if place < len(flaws) else ""
        found.append(Fate(world.chance.weighted(stages, weights), flaw=flaw))
    world.chance.random.shuffle(found)
    return found


def passed(world: World, fate: Fate) -> list[Stage]:
    """The open stages that a deal leaves for the next one."""
    return world.open_stages[: world.open_stages.index(fate.stage)]


def times(world: World, fate: Fate) -> tuple[float, float, float]:
    """How many days ago a deal began, came into its stage, and was touched last."""
    chance = world.chance
    stale = world.company.rules.stale_deal_days
    took = sum(chance.number(3, 9) for _ in passed(world, fate))
    if fate.end != "open":
        ended = world.seasonal(1, NEWEST_END)
        return ended + took + chance.number(2, 9), ended, ended
    if fate.flaw == "stale_deal":
        left = float(stale + chance.number(4, 20))
        return left + took, left, left
    # A weekend goes back to its Friday: days are kept in hand, so that nothing is stale by accident.
    entered = chance.random.uniform(5 if fate.flaw == "overdue_task" else 0, max(6, stale - 4))
    least = 4 if fate.flaw == "overdue_task" else 0
    return entered + took, entered, min(entered, chance.random.uniform(least, 5))
