"""An amount of money in the company's currency, in whole units with cents."""

from typing import ClassVar

from sandbox.scenarios.kinds.number import NumberKind


class MoneyKind(NumberKind):
    """Equal by value, to the cent."""

    name: ClassVar[str] = "money"
    expects: ClassVar[str] = "expected an amount of money such as 1500 or 1500.50"
