"""The wrong values to be typed: for every field of a move that a condition reads, near ones of its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.ledger import registry
from sandbox.scenarios import (
    Do,
    EventCondition,
    Feed,
    Performed,
    RecordCondition,
    RecordKey,
    Reference,
    derived_conditions,
    feeds,
    wrong_values,
)
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


def slips_of(trial: Trial) -> list[Slip]:
    """Every field of a move that feeds a condition, in the order of the file."""
    fed: dict[tuple[int, int, str], list[Feed]] = defaultdict(list)
    for feed in feeds(trial.scenario, trial.vocabulary):
        fed[feed.move_step, feed.move, feed.field].append(feed)
    derived = derived_conditions(trial.scenario, trial.vocabulary)
    found = []
    with trial.run() as run:
        for step in trial.scenario.steps:
            for at, move in enumerate(step.do):
                if isinstance(move, Do):
                    right = run.resolved(move)
                    for field in sorted(name for index, n, name in fed if (index, n) == (step.index, at)):
                        readers = fed[step.index, at, field]
                        places = {(one.step, one.condition) for one in readers}
                        # what follows from other fields is missed with them
                        also = {one for one in derived if one[0] == step.index}
                        what = f"{step_named(step.index)}, {move.action}: {field}"
                        values = tuple(_values(trial, move, right, field, readers))
                        found.append(Slip(step.index, at, field, what, frozenset(places | also), values))
                run.make(move)
    return found


def _values(trial: Trial, move: Do, right: Performed, field: str, readers: list[Feed]) -> Iterable[object]:
    """Near but wrong values for a field, the likeliest slip first; None leaves it empty."""
    action = trial.vocabulary.actions[move.action]
    if field == ON:
        return _twins(trial, right.on, move.on, action.on)
    value, declared = right.values[field], action.fields[field]
    if declared.kind == "reference":
        return _twins(trial, value, move.values[field], declared.types)
    if _need_only_be_filled(trial, readers):
        return [None]
    choices = declared.choices or tuple(_choices(move.action, field))
    return [*wrong_values(declared.kind, value, choices), None]


def _need_only_be_filled(trial: Trial, readers: list[Feed]) -> bool:
    """Whether any value at all is right for those who read it."""
    words = {
        predicate.comparison.word
        for one in readers
        for leaf in trial.scenario.steps[one.step].expect[one.condition].leaves()
        if isinstance(leaf, (EventCondition, RecordCondition))
        for predicate in leaf.predicates
        if predicate.path == one.path
    }
    return words == {"filled"}


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
