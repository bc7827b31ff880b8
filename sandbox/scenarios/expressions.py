"""What the file wrote becomes a Python value, in a space at a time."""

from datetime import datetime

from sandbox.scenarios.readable import read_field
from sandbox.scenarios.times import day_or_point
from sandbox.scenarios.values import Binding, Bindings, Expression, Moment, Reference
from sandbox.scenarios.world import World


class Unbound(LookupError):
    """A name of the file that stands for nothing yet."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def evaluate(expression: Expression, bindings: Bindings, world: World | None, now: datetime) -> object:
    """The value of an expression; a time word is told from now; Unbound when a name is not there yet."""
    if isinstance(expression, Moment):
        return day_or_point(expression, now)
    if not isinstance(expression, Reference):
        return expression
    binding = find(expression, bindings)
    return read_field(binding, expression.path, bindings, world) if expression.path else binding.key


def find(reference: Reference, bindings: Bindings) -> Binding:
    """What the name of a reference stands for; Unbound when it is not there yet."""
    if reference.name not in bindings:
        raise Unbound(reference.name)
    return bindings[reference.name]
