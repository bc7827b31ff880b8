"""`outcome: {one_of: [reached, callback]}`."""

from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.comparisons.base import EVERY, Comparison, same
from sandbox.scenarios.kinds import Kind


class OneOf(Comparison):
    """Equal to any of the values."""

    word: ClassVar[str] = "one_of"
    takes: ClassVar[str] = "list"
    suits: ClassVar[frozenset[str]] = EVERY - {"longtext", "bool"}

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        return any(same(kind, value, arg, now) for arg in args)
