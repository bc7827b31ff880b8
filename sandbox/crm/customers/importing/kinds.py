"""What a file may hold: each kind of record says its fields, how a row is known again, made and filled in.

An area above adds its own kind by `add_kind`, as sales does with leads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.crm.customers.importing.targets import Target, heading, own_targets


@dataclass(frozen=True)
class Kind:
    """A kind of record as a file has it.

    `known()` gives what finds the record of a row; `make` and `fill` are called with the row's fields, `by`
    and `at`; `complete` puts a row's values in order, or adds faults; without the field `needed` it is none.
    """

    code: str
    title: Any
    show: Any
    endpoint: str
    record: str
    targets: Sequence[Target]
    needed: str
    known: Callable[[], Any]
    make: Callable[..., Any]
    fill: Callable[..., Any]
    complete: Callable[[Any], None] = lambda row: None
    right: str = "steward"

    def fields(self) -> list[Target]:
        """The fields that a file may fill, the company's own among them."""
        return [*self.targets, *own_targets(self.record)]

    def guess(self, columns: Sequence[str]) -> dict[str, str]:
        """For each column the field that its heading names; none twice."""
        names: dict[str, str] = {}
        for target in self.fields():
            for words in (target.code, str(target.label), *target.headings):
                names.setdefault(heading(words), target.code)
        found: dict[str, str] = {}
        for place, column in enumerate(columns):
            code = names.get(heading(column))
            if code and code not in found.values():
                found[str(place)] = code
        return found


kinds: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """Let files hold this kind, too."""
    kinds[kind.code] = kind
