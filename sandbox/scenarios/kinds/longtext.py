"""A free text: a note, a comment, a description."""

from collections.abc import Sequence
from typing import ClassVar

from sandbox.scenarios.kinds.text import TextKind


class LongTextKind(TextKind):
    """Never compared by equality: people say the same thing in many words."""

    name: ClassVar[str] = "longtext"

    def wrong(self, value: object, choices: Sequence[str], twins: Sequence[object]) -> list[object]:
        return [*twins, "", "-"]
