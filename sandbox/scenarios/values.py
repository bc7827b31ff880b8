"""The values that conditions compare and moves carry, and the three ways a file can write one down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class RecordKey(NamedTuple):
    """One record of the space, by the name of its type and the number people see."""

    type: str
    n: int


@dataclass(frozen=True)
class Binding:
    """What a name of the file stands for: a record, and the values it was laid out with (if it was)."""

    type: str
    n: int
    given: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> RecordKey:
        """The record itself."""
        return RecordKey(self.type, self.n)


Bindings = Mapping[str, Binding]


@dataclass(frozen=True)
class Text:
    """The same words in the two languages of the house."""

    en: str
    ru: str

    def in_(self, language: str) -> str:
        """The words in this language; English where it is not Russian."""
        return self.ru if language.startswith("ru") else self.en


@dataclass(frozen=True)
class Reference:
    """`$lead` or `$lead.company`: a record by its name in the file, or one of its fields."""

    name: str
    path: str = ""

    def __str__(self) -> str:
        return f"${self.name}.{self.path}" if self.path else f"${self.name}"


@dataclass(frozen=True)
class Span:
    """A length of time, `7 days`."""

    amount: int
    unit: str


@dataclass(frozen=True)
class Moment:
    """A time told from the space's now: `tomorrow`, `in 3 days`, `2 hours ago at 15:00`."""

    words: str
    span: Span | None = None
    sign: int = 1
    clock: str | None = None

    @property
    def is_a_whole_day(self) -> bool:
        """Whether it names a day and no time of it."""
        exact = self.words == "now" or (self.span is not None and self.span.unit in ("minute", "hour"))
        return self.clock is None and not exact


Expression = object
"""A literal Python value, a Text, a Reference or a Moment."""

Now = datetime
"""The space's now: aware, in the company's own zone, in which days are read."""
