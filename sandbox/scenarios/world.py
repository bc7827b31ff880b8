"""What the judge may ask about a space: its records, and what was done in this take and what it kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sandbox.scenarios.values import RecordKey


class RecordView(Protocol):
    """One record as the judge sees it."""

    @property
    def type(self) -> str:
        """The name of its type."""

    @property
    def n(self) -> int:
        """Its number in the space."""

    @property
    def title(self) -> str:
        """How people call it."""

    @property
    def deleted(self) -> bool:
        """Whether it was deleted."""

    def get(self, path: str) -> object:
        """The value of a field; `company.name` follows references; None where there is nothing."""


@dataclass(frozen=True)
class EventView:
    """What one action did. Fields go by the vocabulary's names (`company`, never `company_id`)."""

    n: int
    code: str
    action: str
    record: RecordKey | None
    values: Mapping[str, object]
    origin: str
    at: datetime
    by: str = ""
    changed: frozenset[tuple[str, int, str]] = frozenset()
    made: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True)
class RefusalView:
    """An action that a rule turned down; `n` is the number of the last event before it."""

    n: int
    action: str
    record: RecordKey | None
    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    origin: str = "trainee"


class World(Protocol):
    """A space, as far as a scenario needs it."""

    @property
    def currency(self) -> str:
        """The code of the company's currency; empty where there is none."""

    def records(self, type_: str) -> Iterable[RecordView]:
        """Every record of a type, deleted ones too."""

    def record(self, type_: str, n: int) -> RecordView | None:
        """One record, also a deleted one."""

    def events(self) -> Sequence[EventView]:
        """Events of the current take and of what it kept, oldest first."""

    def refusals(self) -> Sequence[RefusalView]:
        """Refusals of the same, oldest first."""

    def now(self) -> datetime:
        """The space's now: aware, in the company's zone."""


@dataclass
class PlainRecord:
    """A record on a dict."""

    type: str
    n: int
    values: dict[str, object]
    world: "PlainWorld"
    deleted: bool = False

    @property
    def title(self) -> str:
        """Its name or title."""
        return str(
            next(filter(None, map(self.values.get, ("title", "name", "subject"))), f"{self.type} {self.n}")
        )

    def get(self, path: str) -> object:
        """The value of a field, following references."""
        head, _, rest = path.partition(".")
        if path in self.values or not rest:
            return self.values.get(path)
        target = self.values.get(head)
        found = self.world.record(*target) if isinstance(target, RecordKey) else None
        return found.get(rest) if found else None


class PlainWorld:
    """A world on plain dicts, for tests and tools; `act` does what an action would and keeps the event."""

    currency = ""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._records: dict[RecordKey, PlainRecord] = {}
        self._events: list[EventView] = []
        self._refusals: list[RefusalView] = []

    def records(self, type_: str) -> list[PlainRecord]:
        """Every record of a type."""
        return [record for key, record in self._records.items() if key.type == type_]

    def record(self, type_: str, n: int) -> PlainRecord | None:
        """One record."""
        return self._records.get(RecordKey(type_, n))

    def events(self) -> list[EventView]:
        """Every event, oldest first."""
        return list(self._events)

    def refusals(self) -> list[RefusalView]:
        """Every refusal, oldest first."""
        return list(self._refusals)

    def now(self) -> datetime:
        """The hour the world was made for."""
        return self._now

    def lay(self, type_: str, **values: object) -> RecordKey:
        """Puts a record there as the scenario's givens do, without an event."""
        key = RecordKey(type_, 1 + max((one.n for one in self._records), default=0))
        self._records[key] = PlainRecord(type_, key.n, values, self)
        return key

    def act(
        self,
        action: str,
        event: str,
        on: RecordKey | None = None,
        values: Mapping[str, object] | None = None,
        *,
        sets: Mapping[str, object] | None = None,
        makes: tuple[str, Mapping[str, object]] | None = None,
        deletes: bool = False,
        origin: str = "trainee",
    ) -> RecordKey | None:
        """Sets fields of the record, makes another, deletes; leaves one event; gives what it made."""
        changed = set()
        made = None
        if on and (sets or deletes):
            self._records[on].values.update(sets or {})
            self._records[on].deleted |= deletes
            changed = {(on.type, on.n, name) for name in (*(sets or {}), *(["deleted"] if deletes else []))}
        if makes:
            made = self.lay(makes[0], **makes[1])
        subject = on or made
        n = 1 + max((one.n for one in self._events), default=0)
        self._events.append(
            EventView(
                n,
                event,
                action,
                subject,
                dict(values or {}),
                origin,
                self._now,
                "",
                frozenset(changed),
                frozenset([made] if made else []),
            )
        )
        return made

    def refuse(self, action: str, code: str, on: RecordKey | None = None) -> None:
        """Keeps that a rule turned an action down."""
        n = max((one.n for one in self._events), default=0)
        self._refusals.append(RefusalView(n, action, on, code))
