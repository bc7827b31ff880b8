"""What a kind of value knows: how a file writes it, when two are the same, which wrong one is near."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

Primitive = str | int | float | bool | None


class NotAValue(ValueError):
    """A literal that is no value of the kind; its words say what is expected."""


class Kind:
    """One kind of field; subclasses say what differs from plain words."""

    name: ClassVar[str]
    family: ClassVar[str] = "words"
    ordered: ClassVar[bool] = False

    def read(self, raw: object, choices: tuple[str, ...] | None) -> object:
        """The Python value that a literal of the file means; NotAValue when it means none."""
        raise NotImplementedError

    def same(self, value: object, expected: object, now: datetime) -> bool:
        """Whether a stored value equals an expected one, as a person would judge it."""
        return value == expected

    def wrong(self, value: object, choices: Sequence[str], twins: Sequence[object]) -> list[object]:
        """Values of the same kind that are near but wrong, the likeliest slip first."""
        raise NotImplementedError

    def shown(self, value: object) -> Primitive:
        """The value as JSON can hold it."""
        return None if value is None else str(value)
