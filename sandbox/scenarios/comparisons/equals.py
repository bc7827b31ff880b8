"""A plain value: `stage: qualification`."""

from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.comparisons.base import EVERY, Comparison, same
from sandbox.scenarios.kinds import Kind


class Equals(Comparison):
    """Equal, as the kind of the field understands it; a free text is never compared so."""

    word: ClassVar[str] = "equals"
    takes: ClassVar[str] = "value"
    suits: ClassVar[frozenset[str]] = EVERY - {"longtext"}

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        return same(kind, value, args[0], now)
