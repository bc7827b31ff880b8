"""What may be done with many records of a list: an area names the actions that one of them has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.crm.putting_away import comes_back
from sandbox.ledger import Action, ActionForm, registry
from sandbox.ledger.perform import may
from sandbox.spaces import Colleague, InSpace


@dataclass(frozen=True)
class Way:
    """An action to be done with each ticked record; with `field`, only this one of its form is asked for."""

    action: str
    field: str = ""
    title: Any = None
    icon: str = ""

    @property
    def code(self) -> str:
        """Its word in addresses."""
        return f"{self.action}:{self.field}" if self.field else self.action

    @property
    def declared(self) -> Action:
        """The action of one record."""
        return registry[self.action]

    @property
    def name(self) -> Any:
        """What its button says."""
        return self.title or self.declared.title

    @property
    def drawing(self) -> str:
        """The icon on its button."""
        return self.icon or self.declared.icon

    def asks(self, form: ActionForm) -> list[str]:
        """The fields that are asked for once for all records."""
        return [self.field] if self.field else [name for name in form._fields if name != "anyway"]


_ways: dict[type[InSpace], tuple[Way, ...]] = {}
_merges: dict[type[InSpace], str] = {}


def in_bulk(model: type[InSpace], *ways: Way, merge: str = "") -> None:
    """Declare what may be done with many records of a kind; `merge` names the action that joins two."""
    _ways[model] = ways
    if merge:
        _merges[model] = merge


def declared_ways() -> dict[type[InSpace], tuple[Way, ...]]:
    """All ways by the kind of record."""
    return dict(_ways)


def ways_for(model: type[InSpace], by: Colleague, *, deleted: bool = False) -> list[Way]:
    """What a job role may do with many records of a kind: with those that stand, or the deleted."""
    return [way for way in _all(model) if may(by, way.declared) and way.declared.on_deleted == deleted]


def merging(model: type[InSpace], by: Colleague) -> Action | None:
    """The action by which two records of a kind become one, where the job role has it."""
    code = _merges.get(model)
    return registry[code] if code and may(by, registry[code]) else None


def way_of(model: type[InSpace], code: str) -> Way | None:
    """One of the ways by its word."""
    return next((way for way in _all(model) if way.code == code), None)


def _all(model: type[InSpace]) -> tuple[Way, ...]:
    back = (Way(f"{model.__record__}.restore"),) if comes_back(model) else ()
    return (*_ways.get(model, ()), *back)
