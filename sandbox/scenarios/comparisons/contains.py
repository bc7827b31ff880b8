"""`note: {contains: [quot, счёт]}`: any of the stems."""

from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.comparisons.base import WORDS, Comparison
from sandbox.scenarios.folding import fold
from sandbox.scenarios.kinds import Kind


class Contains(Comparison):
    """A free text that has at least one of the stems, whatever case, ё or spaces."""

    word: ClassVar[str] = "contains"
    takes: ClassVar[str] = "stems"
    suits: ClassVar[frozenset[str]] = WORDS - {"choice"}

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        words = fold(str(value or ""))
        return any(fold(str(stem)) in words for stem in args)
