"""What a part of the proof has found."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sandbox.scenarios import Judged, Message, say
from sandbox.training.vocabulary import CompanyVocabulary


@dataclass(frozen=True)
class Finding:
    """One line of the table: what was tried, what came of it, and for a fault the word that names its kind.

    Faults: ticks-at-once, vacuous, never-ticks, ticks-early, cannot-be-done, overtaken,
    needless-moment, mistaken, unread-move, not-missed, missed-elsewhere, no-sentence, not-caught,
    not-critical, keep-broken, keep-unbroken.
    """

    part: str
    what: str
    told: str = ""
    fault: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the scenario stood this trial."""
        return not self.fault

    def as_json(self) -> dict[str, str]:
        """As it is kept with the proof."""
        return asdict(self)


def step_named(index: int) -> str:
    """A step as people count."""
    return f"step {index + 1}"


def condition_named(one: Judged | None) -> str:
    """A condition of a step, or of keep, by its place in the file."""
    if one is None:
        return "nothing"
    where = "keep" if one.step is None else step_named(one.step)
    return f"{where}, condition {one.index + 1} (line {one.line})"


def sentence(message: Message | None, language: str, vocabulary: CompanyVocabulary) -> str:
    """A judge's message as the person reads it; empty when there is none."""
    if message is None:
        return ""
    return say(message, language, vocabulary, vocabulary.company.currency)
