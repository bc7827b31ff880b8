"""A short text: a name, a title, a subject."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.folding import fold
from sandbox.scenarios.kinds.base import Kind, NotAValue


class TextKind(Kind):
    """Equal after trimming, folding case and ё, and collapsing spaces."""

    name: ClassVar[str] = "text"

    def read(self, raw: object, choices: tuple[str, ...] | None) -> str:
        if isinstance(raw, bool) or not isinstance(raw, str | int):
            raise NotAValue("expected words")
        return str(raw)

    def same(self, value: object, expected: object, now: datetime) -> bool:
        return fold(str(value or "")) == fold(str(expected or ""))

    def wrong(self, value: object, choices: Sequence[str], twins: Sequence[object]) -> list[object]:
        words = str(value)
        return [*twins, f"{words} 2", words[:-1] if len(words) > 2 else f"{words}x"]
