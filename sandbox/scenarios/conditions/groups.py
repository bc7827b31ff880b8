"""`any: [...]` and `all: [...]`: several right ways, and several things at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from sandbox.scenarios.conditions.base import Condition, Court, Verdict, judge_in
from sandbox.scenarios.values import RecordKey


@dataclass(frozen=True)
class AnyCondition(Condition):
    """One of the branches is enough; the nearest one is told when none holds."""

    word: ClassVar[str] = "any"
    branches: tuple[Condition, ...]

    def leaves(self) -> Sequence[Condition]:
        return [leaf for branch in self.branches for leaf in branch.leaves()]

    def judge(self, court: Court) -> Verdict:
        verdicts = [judge_in(branch, court) for branch in self.branches]
        for at, verdict in enumerate(verdicts):
            if verdict.met:
                saw = {"any": [one.saw for one in verdicts], "branch": at}
                return Verdict(True, None, verdict.record, {}, saw, verdict.parts)
        near = max(verdicts, key=_share)
        return Verdict(
            False, near.message, near.record, {}, {"any": [one.saw for one in verdicts]}, near.parts
        )


@dataclass(frozen=True)
class AllCondition(Condition):
    """Every branch must hold; the first that does not is told."""

    word: ClassVar[str] = "all"
    branches: tuple[Condition, ...]

    def calls(self) -> Mapping[str, str]:
        return {name: type_ for branch in self.branches for name, type_ in branch.calls().items()}

    def leaves(self) -> Sequence[Condition]:
        return [leaf for branch in self.branches for leaf in branch.leaves()]

    def judge(self, court: Court) -> Verdict:
        bindings: dict[str, RecordKey] = {}
        verdicts = []
        for branch in self.branches:
            verdict = judge_in(branch, court.knowing(bindings))
            bindings.update(verdict.bindings)
            verdicts.append(verdict)
        first = next((verdict for verdict in verdicts if not verdict.met), verdicts[0])
        parts = tuple(part for verdict in verdicts for part in verdict.parts)
        saw = {"all": [one.saw for one in verdicts]}
        return Verdict(not first.message, first.message, first.record, bindings, saw, parts)


def _share(verdict: Verdict) -> float:
    met = sum(part.met for part in verdict.parts)
    return met / len(verdict.parts) if verdict.parts else 0.0
