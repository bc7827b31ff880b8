"""What every comparison knows: the word that calls it, what stands behind the word, and when it holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.kinds import Kind
from sandbox.scenarios.values import Expression, Text

WORDS = frozenset({"text", "longtext", "email", "phone", "choice"})
NUMBERS = frozenset({"number", "money", "percent"})
TIMES = frozenset({"date", "datetime"})
EVERY = WORDS | NUMBERS | TIMES | {"reference", "bool"}


@dataclass(frozen=True)
class Comparison:
    """A comparison with what it compares to, still as the file wrote it."""

    args: tuple[Expression, ...]

    word: ClassVar[str]
    takes: ClassVar[str] = "value"  # value | pair | list | stems | span | flag
    suits: ClassVar[frozenset[str]] = EVERY

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        """Whether the value stands in this relation to the resolved arguments."""
        raise NotImplementedError


def same(kind: Kind, value: object, expected: object, now: datetime) -> bool:
    """Equality of the kind; a text told in two languages is met in either."""
    if isinstance(expected, Text):
        return kind.same(value, expected.en, now) or kind.same(value, expected.ru, now)
    if value is None and expected is not None and kind.family != "bools":
        return False
    return kind.same(value, expected, now)
