"""How far the work is: which steps have ticked, which mistakes were made, and whether it would pass now.

Everything here is a pure function of the scenario, the world (its current take and what that kept) and the
progress before; the caller stores what comes back and hands it in again after the next event.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.scenarios.conditions.base import Condition, Court, Part, Verdict, bind, judge_in
from sandbox.scenarios.expressions import Unbound
from sandbox.scenarios.messages import Message
from sandbox.scenarios.moves import Open, place
from sandbox.scenarios.scenario import Scenario, Step
from sandbox.scenarios.values import Bindings, RecordKey
from sandbox.scenarios.world import EventView, World

_LAID = ("seed", "given")


@dataclass(frozen=True)
class StepState:
    """Where one step stands."""

    index: int
    ticked_at: int | None = None
    """Number of the event it ticked at (0: before any); None while it is open."""
    order: int | None = None
    """Its place in time among the ticks; steps that tick together share it."""
    verdicts: tuple[Verdict, ...] = ()

    @property
    def ticked(self) -> bool:
        """Whether the step was done, in this take or in what it kept."""
        return self.order is not None

    @property
    def holds(self) -> bool:
        """Whether everything it expects is so now; a moment that has passed counts as so."""
        return all(verdict.met for verdict in self.verdicts)


@dataclass(frozen=True)
class MistakeState:
    """A mistake that was made."""

    index: int
    at: int
    order: int
    record: RecordKey | None = None


@dataclass(frozen=True)
class Progress:
    """All that is known of a run so far."""

    steps: tuple[StepState, ...] = ()
    bindings: Mapping[str, RecordKey] = field(default_factory=dict)
    mistakes: tuple[MistakeState, ...] = ()
    keep: tuple[Verdict, ...] = ()
    order: int = 0

    @property
    def current(self) -> StepState | None:
        """The first step that is still open; None when all are done."""
        return next((state for state in self.steps if not state.ticked), None)

    def as_json(self) -> dict[str, Any]:
        """The progress as it is stored."""
        return {
            "steps": [
                [one.index, one.ticked_at, one.order, [verdict.as_json() for verdict in one.verdicts]]
                for one in self.steps
            ],
            "bindings": {name: list(key) for name, key in self.bindings.items()},
            "mistakes": [
                [one.index, one.at, one.order, list(one.record) if one.record else None]
                for one in self.mistakes
            ],
            "keep": [verdict.as_json() for verdict in self.keep],
            "order": self.order,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Progress":
        """The progress that was stored."""
        return cls(
            tuple(
                StepState(index, at, order, tuple(Verdict.from_json(verdict) for verdict in verdicts))
                for index, at, order, verdicts in kept["steps"]
            ),
            {name: RecordKey(*key) for name, key in kept["bindings"].items()},
            tuple(
                MistakeState(index, at, order, RecordKey(*record) if record else None)
                for index, at, order, record in kept["mistakes"]
            ),
            tuple(Verdict.from_json(verdict) for verdict in kept["keep"]),
            kept["order"],
        )


def advance(
    scenario: Scenario,
    world: World,
    bindings: Bindings,
    previous: Progress | None = None,
    seen: Collection[RecordKey | str] = (),
) -> Progress:
    """The progress now: steps tick in any order as their conditions come to hold, and stay ticked.

    `bindings` are the given records and `me`; `seen` the records and pages the page reported as opened.
    """
    previous = previous if previous and previous.steps else _start(scenario, previous)
    at = max((event.n for event in world.events()), default=0)
    order = previous.order + 1
    known = dict(previous.bindings)
    states: list[StepState] = []
    for step, before in zip(scenario.steps, previous.steps, strict=True):
        court = Court(world, {**bindings, **bind(known)}, True)
        state, called = _judge_step(step, before, court, states, seen)
        known.update(called)
        if not before.ticked and state.ticked:
            state = replace(state, ticked_at=at, order=order)
        states.append(state)
    court = Court(world, {**bindings, **bind(known)})
    mistakes = previous.mistakes + _new_mistakes(scenario, previous, court, at, order)
    return Progress(
        steps=tuple(states),
        bindings=known,
        mistakes=mistakes,
        keep=tuple(judge_in(condition, court) for condition in scenario.keep),
        order=order,
    )


def events_to_undo(
    progress: Progress, step: int, events: Sequence[EventView], *, ahead: bool = True
) -> list[EventView]:
    """What a rewind to a step undoes, newest first: all after the last tick before it in time.

    A step that is still open is gone back to from what was done `ahead` of it, out of turn: that opens again,
    unless help only takes the step itself from its beginning.
    """
    boundary = _boundary(progress, step, ahead=ahead)
    kept = boundary.ticked_at or 0 if boundary else 0
    undone = [event for event in events if event.n > kept and event.origin not in _LAID]
    return sorted(undone, key=lambda event: -event.n)


def rewound(scenario: Scenario, progress: Progress, step: int, *, ahead: bool = True) -> Progress:
    """The progress a rewind to a step leaves: earlier ticks, with the names and mistakes of their time."""
    boundary = _boundary(progress, step, ahead=ahead)
    last = boundary.order or 0 if boundary else 0
    steps = tuple(
        state if state.order is not None and state.order <= last else StepState(state.index)
        for state in progress.steps
    )
    ticked = {state.index for state in steps if state.ticked}
    kept = {
        name
        for one in scenario.steps
        if one.index in ticked
        for condition in one.expect
        for name in condition.calls()
    }
    return Progress(
        steps=steps,
        bindings={name: key for name, key in progress.bindings.items() if name in kept},
        mistakes=tuple(mistake for mistake in progress.mistakes if mistake.order <= last),
        order=progress.order,
    )


def _start(scenario: Scenario, previous: Progress | None) -> Progress:
    return replace(previous or Progress(), steps=tuple(StepState(step.index) for step in scenario.steps))


def _judge_step(
    step: Step,
    before: StepState,
    court: Court,
    earlier: Sequence[StepState],
    seen: Collection[RecordKey | str],
) -> tuple[StepState, dict[str, RecordKey]]:
    waits = [index for index in step.after if not earlier[index].ticked]
    if waits and not before.ticked:
        return replace(before, verdicts=tuple(_too_early(one, waits[0]) for one in step.expect)), {}
    if step.guidance_only:
        ticks = not before.ticked and _was_seen(step, court, seen)
        return (replace(before, order=0) if ticks else before), {}
    since = max((earlier[index].ticked_at or 0 for index in step.after), default=0)
    called: dict[str, RecordKey] = {}
    verdicts = []
    for n, condition in enumerate(step.expect):
        if before.ticked and condition.moment and n < len(before.verdicts):
            verdicts.append(before.verdicts[n])  # so when the step ticked; later work may have moved on
            continue
        verdict = judge_in(condition, replace(court, since=since).knowing(called))
        called.update(_names(condition, verdict, court))
        verdicts.append(verdict)
    done = before.ticked or all(verdict.met for verdict in verdicts)
    return replace(before, verdicts=tuple(verdicts), order=(before.order or 0) if done else None), called


def _names(condition: Condition, verdict: Verdict, court: Court) -> dict[str, RecordKey]:
    """What `call:` names: the record it named before, as long as that one still fits."""
    found = {}
    for name, key in verdict.bindings.items():
        known = court.bindings.get(name)
        found[name] = known.key if known and known.key in verdict.fits else key
    return found


def _was_seen(step: Step, court: Court, seen: Collection[RecordKey | str]) -> bool:
    try:
        places = [place(move, court.bindings) for move in step.do if isinstance(move, Open)]
    except Unbound:
        return False
    return all(one in seen for one in places)


def _too_early(condition: Condition, index: int) -> Verdict:
    message = Message("too_early", {"step": index + 1})
    return Verdict(False, message, saw={"too_early": index + 1}, parts=(Part(message, False),))


def _new_mistakes(
    scenario: Scenario, previous: Progress, court: Court, at: int, order: int
) -> tuple[MistakeState, ...]:
    known = {mistake.index for mistake in previous.mistakes}
    judged = [
        (mistake.index, judge_in(mistake.when, court))
        for mistake in scenario.mistakes
        if mistake.index not in known
    ]
    return tuple(MistakeState(index, at, order, verdict.record) for index, verdict in judged if verdict.met)


def _boundary(progress: Progress, step: int, *, ahead: bool) -> StepState | None:
    """The step that ticked last before this one in time; None when none did."""
    own = progress.steps[step].order
    if own is None and ahead:
        own = min((one.order for one in progress.steps[step + 1 :] if one.order is not None), default=None)
    earlier = [
        state
        for state in progress.steps
        if state.order is not None and state.index != step and (own is None or state.order < own)
    ]
    return max(earlier, key=lambda state: state.order or 0, default=None)
