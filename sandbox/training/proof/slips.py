"""The wrong values to be typed: for every field of a move that a condition reads, near ones of its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.ledger import registry
from sandbox.scenarios import Do, RecordKey, Reference, derived_conditions, feeds, wrong_values
from sandbox.training.proof.findings import step_named
from sandbox.training.proof.run import Run
from sandbox.training.proof.trial import Trial

ON = "on"


@dataclass(frozen=True)
class Slip:
    """A field of a move with the wrong values to try; `readers` are the conditions that read it."""

    step: int
    move: int
    field: str
    what: str
    readers: frozenset[tuple[int, int]]
    values: tuple[object, ...]

    def value_in(self, run: Run, value: object) -> object:
        """The value in this run: a name of the file is the record that it stands for here."""
        return run.bindings[value.name].key if isinstance(value, Reference) else value


def slips_of(trial: Trial) -> Iterator[Slip]:
    """Every field of a move that feeds a condition, in the order of the file."""
    readers: dict[tuple[int, int, str], set[tuple[int, int]]] = defaultdict(set)
    for feed in feeds(trial.scenario, trial.vocabulary):
        readers[feed.move_step, feed.move, feed.field].add((feed.step, feed.condition))
    # what follows from other fields is read by whoever reads the record; it may be the first to be missed
    derived = {step for step, _index in derived_conditions(trial.scenario, trial.vocabulary)}
    for (step, at, field), found in sorted(readers.items()):
        move = trial.scenario.steps[step].do[at]
        if isinstance(move, Do):
            also = {(step, n) for n in range(len(trial.scenario.steps[step].expect)) if step in derived}
            what = f"{step_named(step)}, {move.action}: {field}"
            yield Slip(step, at, field, what, frozenset(found | also), _values(trial, step, move, field))


def _values(trial: Trial, step: int, move: Do, field: str) -> tuple[object, ...]:
    with trial.run() as run:
        for index in range(step):
            run.step(index)
        for earlier in trial.scenario.steps[step].do:
            if earlier is move:
                break
            run.make(earlier)
        right = run.resolved(move)
        if field == ON:
            return tuple(_twins(trial, right.on, move.on, trial.vocabulary.actions[move.action].on))
        value, declared = right.values[field], trial.vocabulary.actions[move.action].fields[field]
        if declared.kind == "reference":
            return tuple(_twins(trial, value, move.values[field], declared.types))
        choices = declared.choices or tuple(_choices(move.action, field))
        near = wrong_values(declared.kind, value, choices)
        return (None, *near) if declared.kind in ("text", "longtext") else (*near, None)


def _twins(trial: Trial, right: object, said: object, types: tuple[str, ...]) -> Iterator[Reference]:
    """Given records that a hurried eye may take instead: those of the same type first."""
    kind = right.type if isinstance(right, RecordKey) else ""
    own = said.name if isinstance(said, Reference) else ""
    others = [one for one in trial.scenario.given if one.name != own and (one.type in types or not types)]
    for one in sorted(others, key=lambda one: one.type != kind):
        yield Reference(one.name)


def _choices(action: str, field: str) -> list[str]:
    """What the form offers, where the vocabulary leaves it to the form."""
    offered: Any = registry[action].form()._fields[field]
    return list(offered.codes()) if hasattr(offered, "codes") else []
