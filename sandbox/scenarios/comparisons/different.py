"""`stage: {not: lost}`."""

from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.comparisons.base import EVERY, Comparison, same
from sandbox.scenarios.kinds import Kind


class Different(Comparison):
    """Anything but this value."""

    word: ClassVar[str] = "not"
    takes: ClassVar[str] = "value"
    suits: ClassVar[frozenset[str]] = EVERY - {"longtext"}

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        return not same(kind, value, args[0], now)
