"""What the proof needs to know of a file without playing it: which condition reads what which move writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sandbox.scenarios.comparisons import Equals
from sandbox.scenarios.conditions import Condition, EventCondition, RecordCondition
from sandbox.scenarios.conditions.predicates import Predicate
from sandbox.scenarios.moves import Do
from sandbox.scenarios.scenario import Scenario
from sandbox.scenarios.vocabulary import Action, Field, Vocabulary

ON = "on"
"""The field of a feed that is the record a move is done on."""


@dataclass(frozen=True)
class Feed:
    """A condition that reads what a move writes; all indexes count from 0."""

    step: int
    condition: int
    path: str
    """The field the condition reads, or `on`."""
    move_step: int
    move: int
    field: str
    """The field of the move's form, or `on`."""


@dataclass(frozen=True)
class _Written:
    step: int
    index: int
    move: Do
    action: Action


def feeds(scenario: Scenario, vocabulary: Vocabulary) -> list[Feed]:
    """Which field of which move each condition of each step reads: the last that writes it by then."""
    written = list(_moves(scenario, vocabulary))
    found = []
    for step in scenario.steps:
        for n, condition in enumerate(step.expect):
            for leaf in condition.leaves():
                for path, moves in _readers(leaf, [one for one in written if one.step <= step.index]):
                    last, name = moves[-1]
                    feed = Feed(step.index, n, path, last.step, last.index, name)
                    if feed not in found:
                        found.append(feed)
    return found


def derived_conditions(scenario: Scenario, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Step and index of every condition that reads no field of a move."""
    fed = {(feed.step, feed.condition) for feed in feeds(scenario, vocabulary)}
    every = [(step.index, n) for step in scenario.steps for n in range(len(step.expect))]
    return [one for one in every if one not in fed]


def unread_moves(scenario: Scenario, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Step and index of every move that no condition reads: neither its event nor what it writes."""
    read = {(feed.move_step, feed.move) for feed in feeds(scenario, vocabulary)}
    leaves = [leaf for step in scenario.steps for condition in step.expect for leaf in condition.leaves()]
    events = {leaf.code for leaf in leaves if isinstance(leaf, EventCondition)}
    records = [leaf for leaf in leaves if isinstance(leaf, RecordCondition)]
    written = list(_moves(scenario, vocabulary))
    return [
        (one.step, one.index)
        for one in written
        if (one.step, one.index) not in read
        and one.action.event not in events
        # an action without a form changes its record all the same
        and (one.move.values or not any(_writes(one, leaf, written) for leaf in records))
    ]


def _moves(scenario: Scenario, vocabulary: Vocabulary) -> Iterator[_Written]:
    for step in scenario.steps:
        for index, move in enumerate(step.do):
            if isinstance(move, Do):
                yield _Written(step.index, index, move, vocabulary.actions[move.action])


def _readers(
    condition: Condition, written: list[_Written]
) -> Iterator[tuple[str, list[tuple[_Written, str]]]]:
    if isinstance(condition, EventCondition):
        moves = [one for one in written if one.action.event == condition.code]
        if condition.on and moves:
            yield ON, [(one, ON) for one in moves if one.move.on]
        predicates = condition.predicates
    elif isinstance(condition, RecordCondition):
        moves = [one for one in written if _writes(one, condition, written)]
        predicates = condition.predicates
    else:
        return
    for predicate in predicates:
        fields = [(one, name) for one in moves if (name := _field_for(one, predicate, condition))]
        if fields:
            yield predicate.path, fields


def _writes(one: _Written, condition: RecordCondition, written: list[_Written]) -> bool:
    """Whether a move can have made or changed a record that the condition is about."""
    if one.action.makes == condition.type:
        if any(condition.type in later.action.on for later in written[written.index(one) + 1 :]):
            return True  # what it was made with may have been changed since
        told = {**one.action.fixed, **_literals(one)}
        return not any(_contradicts(predicate, told) for predicate in condition.predicates)
    same_type = condition.type in one.action.on
    same_record = condition.one is None or one.move.on is None or condition.one == one.move.on
    return same_type and same_record


def _literals(one: _Written) -> Mapping[str, object]:
    """The codes a move fills in, by the field of the record they go to."""
    return {
        _target(field): one.move.values[name]
        for name, field in one.action.fields.items()
        if field.kind == "choice" and isinstance(one.move.values.get(name), str)
    }


def _contradicts(predicate: Predicate, told: Mapping[str, object]) -> bool:
    comparison = predicate.comparison
    if predicate.path not in told or not isinstance(comparison, Equals) or predicate.kind != "choice":
        return False
    return told[predicate.path] != comparison.args[0]


def _field_for(one: _Written, predicate: Predicate, condition: Condition) -> str | None:
    """The field of the move's form that fills what the predicate reads, when the move fills it at all."""
    head = predicate.path if isinstance(condition, EventCondition) else predicate.path.partition(".")[0]
    for name, field in one.action.fields.items():
        target = name if isinstance(condition, EventCondition) else _target(field)
        if name in one.move.values and target in (head, *predicate.reads):
            return name
    if head == ON and one.action.makes and isinstance(condition, RecordCondition) and one.move.on:
        return ON if one.action.makes == condition.type else None
    return None


def _target(field: Field) -> str:
    return field.sets or field.name
