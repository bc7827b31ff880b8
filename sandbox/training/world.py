"""A space as the judge of scenarios sees it: records by the vocabulary's names, events of the take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import inspect

from sandbox.extensions import db
from sandbox.ledger import Event, registry
from sandbox.ledger.forms import declared_fields
from sandbox.ledger.undoing import undone_numbers
from sandbox.scenarios.values import RecordKey
from sandbox.scenarios.world import EventView, RefusalView
from sandbox.spaces import BLOCK, InSpace, Space, every
from sandbox.training.vocabulary import is_code_list


class RecordSeen:
    """One row as the judge sees it."""

    def __init__(self, row: Any) -> None:
        self.row = row
        self._model: Any = type(row)
        self.type: str = row.__record__
        self.n: int = row.n
        self.deleted: bool = getattr(row, "deleted_at", None) is not None

    @property
    def title(self) -> str:
        """What people call it; worked out only for the one that is told of."""
        return str(getattr(self.row, "title", self.row.key))

    def get(self, path: str) -> object:
        """The value at the end of `company.name`; None where there is nothing."""
        head, _, rest = path.partition(".")
        if head == "custom":
            return (self.row.custom or {}).get(rest)
        if not rest and head in (led := _led(self._model)):
            return _key_of(self.row, led[head])
        value = getattr(self.row, head, None)
        if rest:
            return RecordSeen(value).get(rest) if isinstance(value, InSpace) else None
        return seen_value(value)


@cache
def _led(model: type[InSpace]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The fields that lead to a record: the kinds they may lead to, each with its column's attribute.

    A key is all that a judge compares: reading it off the column spares a query for every row.
    """
    direct = {
        name: ((str(relation.mapper.class_.__record__), f"{name}_id"),)
        for name, relation in inspect(model).relationships.items()
        if not relation.uselist
        and issubclass(relation.mapper.class_, InSpace)
        and relation.mapper.class_.__record__
        and f"{name}_id" in inspect(model).column_attrs
    }
    derived = {
        name: tuple(one for read in reads for one in direct.get(read, ()))
        for name, (kind, reads) in getattr(model, "__derived__", {}).items()
        if kind == "reference"
    }
    return {**direct, **derived}


def _key_of(row: Any, led: tuple[tuple[str, str], ...]) -> RecordKey | None:
    for kind, attribute in led:
        if (found := getattr(row, attribute)) is not None:
            return RecordKey(kind, found % BLOCK)
    return None


class SpaceWorld:
    """The World protocol of scenarios on a space; made anew for each judgement, reads each kind once."""

    def __init__(self, space: Space, start_n: int, refusals: Sequence[RefusalView] = ()) -> None:
        self.space = space
        self.start_n = start_n
        self._refusals = refusals
        self._rows: dict[str, list[RecordSeen]] = {}
        self._events: list[Event] | None = None
        self._now: datetime | None = None

    @property
    def currency(self) -> str:
        """The currency of the space's company."""
        return str(self.space.company.currency)

    def records(self, type_: str) -> Iterable[RecordSeen]:
        """Every record of a kind, deleted ones too."""
        if type_ not in self._rows:
            model = registry.records()[type_]
            self._rows[type_] = [
                RecordSeen(row) for row in db.session.scalars(every(model, deleted=True).order_by(model.id))
            ]
        return self._rows[type_]

    def record(self, type_: str, n: int) -> RecordSeen | None:
        """One record by its number."""
        row = db.session.get(registry.records()[type_], self.space.id * BLOCK + n)
        return RecordSeen(row) if row is not None else None

    def rows(self) -> list[Event]:
        """The events since the work began that no undo took back, oldest first."""
        if self._events is None:
            query = every(Event).where(Event.id >= self.space.id * BLOCK + self.start_n).order_by(Event.id)
            found = list(db.session.scalars(query))
            gone = undone_numbers(found)
            self._events = [event for event in found if event.n not in gone and not event.undoes]
        return self._events

    def events(self) -> list[EventView]:
        """The same events in the judge's words."""
        return [event_seen(event) for event in self.rows()]

    def refusals(self) -> Sequence[RefusalView]:
        """What rules turned down in this take and what it kept."""
        return self._refusals

    def now(self) -> datetime:
        """The space's time in its company's zone."""
        if self._now is None:
            self._now = self.space.now().astimezone(self.space.zone)
        return self._now


def seen_value(value: Any) -> object:
    """A row's value in the scenarios' terms: a record as its key, a row of a code list as its code."""
    if isinstance(value, InSpace):
        if is_code_list(type(value)):
            return value.code  # type: ignore[attr-defined]
        return RecordKey(str(value.__record__), value.n)
    return value


def event_seen(event: Event) -> EventView:
    """An event with its facts in the vocabulary's names: `company`, never `company_id`."""
    tables = registry.tables()
    changed, made = set(), set()
    for fact in event.facts:
        model = tables.get(fact["table"])
        if model is None or fact["new"] is None:
            continue
        kind, names = str(model.__record__), _names(model)
        if fact["old"] is None:
            made.add((kind, fact["n"]))
        changed |= {(kind, fact["n"], names.get(column, column)) for column in fact["new"]}
    model = tables.get(event.record_table or "")
    return EventView(
        n=event.n,
        code=event.code,
        action=event.action,
        record=RecordKey(str(model.__record__), event.record_n) if model and event.record_n else None,
        values=told_values(event.action, event.values),
        origin=event.origin,
        by=event.by.code if event.by else "",
        at=event.at,
        changed=frozenset(changed),
        made=frozenset(made),
    )


def told_values(action: str, values: dict[str, Any]) -> dict[str, object]:
    """An event's JSON values as values again, by the kind of the form's field."""
    kinds: dict[str, str] = {}
    if action in registry.actions:
        kinds = {field.name: field.kind for field in declared_fields(registry[action].form)}
    return {name: restored(kinds.get(name, "text"), value) for name, value in values.items()}


def restored(kind: str, value: Any) -> object:
    """A stored JSON value as the value it was, by the kind of its field."""
    if isinstance(value, dict) and "n" in value and "type" in value:
        return RecordKey(value["type"], value["n"]) if value["type"] else value.get("code")
    if value is None:
        return None
    if kind in ("money", "percent"):
        return Decimal(value)
    if kind == "date":
        return datetime.fromisoformat(value).date()
    if kind == "datetime":
        return datetime.fromisoformat(value)
    return value


def _names(model: type[InSpace]) -> dict[str, str]:
    """Column names to vocabulary names: `company_id` to `company`."""
    mapper = inspect(model)
    return {
        column.name: name
        for name, relation in mapper.relationships.items()
        for column in relation.local_columns
        if column.name == f"{name}_id"
    }
