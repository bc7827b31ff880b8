"""A share in per cent, such as a discount: 7.5 means 7.5 %."""

from typing import ClassVar

from sandbox.scenarios.kinds.number import NumberKind


class PercentKind(NumberKind):
    """Equal by value."""

    name: ClassVar[str] = "percent"
    expects: ClassVar[str] = "expected per cent such as 10 or 7.5"
