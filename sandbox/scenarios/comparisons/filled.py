"""`note: {filled: true}`."""

from datetime import datetime
from typing import ClassVar

from sandbox.scenarios.comparisons.base import EVERY, Comparison
from sandbox.scenarios.kinds import Kind


class Filled(Comparison):
    """Something stands there, or with false, nothing."""

    word: ClassVar[str] = "filled"
    takes: ClassVar[str] = "flag"
    suits: ClassVar[frozenset[str]] = EVERY

    def holds(self, value: object, args: tuple[object, ...], kind: Kind, now: datetime) -> bool:
        return (value is not None and bool(str(value).strip())) is bool(args[0])
