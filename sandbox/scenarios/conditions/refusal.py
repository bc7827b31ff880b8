"""`refused: deal.win` with `because:`: a rule turned an action down; only mistakes speak of it."""

from dataclasses import dataclass
from typing import ClassVar

from sandbox.scenarios.checking import Checking
from sandbox.scenarios.conditions.base import Condition, Court, Part, Verdict
from sandbox.scenarios.expressions import evaluate
from sandbox.scenarios.messages import Message, label
from sandbox.scenarios.source import Loc
from sandbox.scenarios.values import Reference
from sandbox.scenarios.words import WhenWords


@dataclass(frozen=True)
class RefusalCondition(Condition):
    """The trainee tried an action and a rule refused it."""

    word: ClassVar[str] = "refused"
    action: str
    because: str | None
    on: Reference | None

    def judge(self, court: Court) -> Verdict:
        on = evaluate(self.on, court.bindings, court.world, court.now) if self.on else None
        found = [
            one
            for one in court.world.refusals()
            if one.action == self.action
            and one.origin == "trainee"
            and self.because in (None, one.code)
            and (on is None or one.record == on)
        ]
        gaps = {"action": label(self.action)}
        parts = (Part(Message("part.refusal", gaps), bool(found)),)
        saw = {"refusals": [[one.n, one.code] for one in found]}
        if found:
            return Verdict(True, None, found[-1].record, {}, saw, parts)
        return Verdict(False, Message("no_refusal", gaps), None, {}, saw, parts)


def read(words: WhenWords, checking: Checking, loc: Loc) -> RefusalCondition | None:
    """The condition as the file writes it, held against the action and its refusals."""
    action = checking.vocabulary.actions.get(words.refused or "")
    if action is None:
        checking.unknown((*loc, "refused"), "action", words.refused, checking.vocabulary.actions)
        return None
    if words.because and action.refusals and words.because not in action.refusals:
        checking.unknown((*loc, "because"), f"refusal of {action.code}", words.because, action.refusals)
    on = checking.record(words.on, action.on, (*loc, "on")) if words.on else None
    return RefusalCondition(True, checking.source.place(loc)[0], action.code, words.because, on)
