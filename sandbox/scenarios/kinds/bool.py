"""Yes or no."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.kinds.base import Kind, NotAValue, Primitive


class BoolKind(Kind):
    """Equal when both are yes or both are no; nothing said means no."""

    name: ClassVar[str] = "bool"
    family: ClassVar[str] = "bools"

    def read(self, raw: object, choices: tuple[str, ...] | None) -> bool:
        if not isinstance(raw, bool):
            raise NotAValue("expected true or false")
        return raw

    def same(self, value: object, expected: object, now: datetime) -> bool:
        return bool(value) is bool(expected)

    def wrong(self, value: object, choices: Sequence[str], twins: Sequence[object]) -> list[object]:
        return [not value]

    def shown(self, value: object) -> Primitive:
        return bool(value)
