"""One of a list: a stage, a source, an outcome; always its code, never its label."""

from collections.abc import Sequence
from typing import ClassVar

from sandbox.scenarios.faults import nearest
from sandbox.scenarios.kinds.base import Kind, NotAValue


class ChoiceKind(Kind):
    """Equal when the codes are."""

    name: ClassVar[str] = "choice"

    def read(self, raw: object, choices: tuple[str, ...] | None) -> str:
        if not isinstance(raw, str):
            raise NotAValue("expected a code of the list")
        if choices is not None and raw not in choices:
            raise NotAChoice(raw, choices)
        return raw

    def wrong(self, value: object, choices: Sequence[str], twins: Sequence[object]) -> list[object]:
        return [*twins, *(choice for choice in choices if choice != value)]


class NotAChoice(NotAValue):
    """A code that the list does not hold; carries the nearest one."""

    def __init__(self, raw: str, choices: Sequence[str]) -> None:
        self.suggestion = nearest(raw, choices)
        super().__init__(f"expected one of {', '.join(choices)}")
