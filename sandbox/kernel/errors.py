"""The ways in which a wish is turned down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class Refused(Exception):
    """A rule turned an action down: a stable code, and a sentence a person can act on.

    `message` is already in the person's language, or lazy; `values` says what the rule saw. Where it is one
    field of the form that the rule turned down, `field` names it: the sentence stands there.
    """

    def __init__(self, code: str, message: object, *, field: str | None = None, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.values = values

    def __str__(self) -> str:
        return str(self.message)


class NotFound(LookupError):
    """No such record here; a record of another space is not found either."""


@dataclass(frozen=True)
class Change:
    """One field that somebody else changed meanwhile: what you typed, and what stands there now."""

    field: str
    yours: Any
    theirs: Any


class Stale(Exception):
    """The record was changed since the form was drawn; `version` is the record's version now."""

    def __init__(self, record: Any, changed: dict[str, tuple[Any, Any]], by: str) -> None:
        super().__init__("stale")
        self.record = record
        self.changed = changed
        self.by = by
