"""The kinds of values, one file each, found by the name a vocabulary gives them."""

from sandbox.scenarios.kinds.base import Kind, NotAValue
from sandbox.scenarios.kinds.bool import BoolKind
from sandbox.scenarios.kinds.choice import ChoiceKind, NotAChoice
from sandbox.scenarios.kinds.date import DateKind
from sandbox.scenarios.kinds.datetime import DateTimeKind
from sandbox.scenarios.kinds.email import EmailKind
from sandbox.scenarios.kinds.longtext import LongTextKind
from sandbox.scenarios.kinds.money import MoneyKind
from sandbox.scenarios.kinds.number import NumberKind
from sandbox.scenarios.kinds.percent import PercentKind
from sandbox.scenarios.kinds.phone import PhoneKind
from sandbox.scenarios.kinds.reference import ReferenceKind
from sandbox.scenarios.kinds.text import TextKind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        TextKind(),
        LongTextKind(),
        MoneyKind(),
        NumberKind(),
        PercentKind(),
        DateKind(),
        DateTimeKind(),
        ChoiceKind(),
        ReferenceKind(),
        PhoneKind(),
        EmailKind(),
        BoolKind(),
    )
}

__all__ = ["KINDS", "Kind", "NotAChoice", "NotAValue", "wrong_values"]


def wrong_values(
    kind: str, value: object, choices: tuple[str, ...] = (), twins: tuple[object, ...] = ()
) -> list[object]:
    """Wrong values of the same kind, the planted twins first, none equal to the right one, none twice."""
    found: list[object] = []
    for wrong in KINDS[kind].wrong(value, choices, twins):
        if wrong != value and wrong not in found:
            found.append(wrong)
    return found
