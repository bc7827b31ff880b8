"""A link to a record."""

from collections.abc import Sequence
from typing import ClassVar

from sandbox.scenarios.kinds.base import Kind, NotAValue, Primitive
from sandbox.scenarios.kinds.choice import NotAChoice
from sandbox.scenarios.values import RecordKey


class ReferenceKind(Kind):
    """Equal when it is the same record; a few fields also take a word such as `new`."""

    name: ClassVar[str] = "reference"
    family: ClassVar[str] = "records"

    def read(self, raw: object, choices: tuple[str, ...] | None) -> str:
        if isinstance(raw, str) and choices:
            if raw in choices:
                return raw
            raise NotAChoice(raw, choices)
        raise NotAValue("expected a record of the file such as $lead")

    def wrong(self, value: object, choices: Sequence[str], twins: Sequence[object]) -> list[object]:
        return [*twins, *choices]

    def shown(self, value: object) -> Primitive:
        return f"{value.type}-{value.n}" if isinstance(value, RecordKey) else super().shown(value)
