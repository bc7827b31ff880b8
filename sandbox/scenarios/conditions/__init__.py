"""Conditions, one file a kind: what the file says is read here, what the space holds is judged there."""

from dataclasses import replace

from sandbox.scenarios.checking import Checking
from sandbox.scenarios.conditions import event, record, refusal
from sandbox.scenarios.conditions.base import Condition, Counting, Court, Part, Verdict
from sandbox.scenarios.conditions.event import EventCondition
from sandbox.scenarios.conditions.groups import AllCondition, AnyCondition
from sandbox.scenarios.conditions.record import RecordCondition
from sandbox.scenarios.conditions.refusal import RefusalCondition
from sandbox.scenarios.naming import in_where
from sandbox.scenarios.source import Loc
from sandbox.scenarios.words import ConditionWords, WhenWords

__all__ = [
    "AllCondition",
    "AnyCondition",
    "Condition",
    "Counting",
    "Court",
    "EventCondition",
    "Part",
    "RecordCondition",
    "RefusalCondition",
    "Verdict",
    "read_condition",
]


def read_condition(words: ConditionWords, checking: Checking, loc: Loc) -> Condition | None:
    """One condition of the file, checked; None when it has a fault."""
    refused = words.refused if isinstance(words, WhenWords) else None
    told = [
        word
        for word, said in (
            ("event", words.event),
            ("record", words.record),
            ("any", words.any),
            ("all", words.all),
            ("refused", refused),
        )
        if said is not None
    ]
    if len(told) != 1:
        kinds = "event, record, any, all" + (", refused" if isinstance(words, WhenWords) else "")
        checking.fault(loc, f"expected one of {kinds}{in_where(loc)}")
        return None
    condition = _of_kind(told[0], words, checking, loc)
    if words.tick and ("expect" not in loc and loc[0] != "keep" or {"any", "all"} & set(loc)):
        checking.fault(
            (*loc, "tick"), f'"tick" has no place{in_where(loc)}: it words a whole condition of a step'
        )
    elif words.tick and condition:
        return replace(condition, tick=checking.text(words.tick, (*loc, "tick")))
    return condition


def _of_kind(word: str, words: ConditionWords, checking: Checking, loc: Loc) -> Condition | None:
    at, line = (*loc, word), checking.source.place(loc)[0]
    if words.event:
        return event.read(words.event, words.moment, checking, at)
    if words.record:
        return record.read(words.record, words.moment, checking, at)
    if isinstance(words, WhenWords) and words.refused:
        return refusal.read(words, checking, loc)
    if words.any:
        with checking.scope():
            branches = _branches(words.any, checking, at)
            for branch in branches:
                if branch.calls():
                    checking.fault(at, f'"call" has no place in a branch of any{in_where(loc)}')
        return AnyCondition(words.moment, line, branches)
    return AllCondition(words.moment, line, _branches(words.all or [], checking, at))


def _branches(words: list[ConditionWords], checking: Checking, loc: Loc) -> tuple[Condition, ...]:
    read = (read_condition(one, checking, (*loc, at)) for at, one in enumerate(words))
    return tuple(branch for branch in read if branch)
