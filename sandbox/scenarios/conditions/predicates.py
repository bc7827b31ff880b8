"""What a field must hold: read from the file, tried on a value, told as a part and as a difference."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.scenarios.checking import Checking
from sandbox.scenarios.comparisons import COMPARISONS, Comparison, Equals
from sandbox.scenarios.conditions.base import Court, Part
from sandbox.scenarios.expressions import evaluate
from sandbox.scenarios.faults import nearest
from sandbox.scenarios.kinds import KINDS
from sandbox.scenarios.messages import Json, Message, either, label, listed, shown, state, typed
from sandbox.scenarios.naming import in_where
from sandbox.scenarios.source import Loc
from sandbox.scenarios.times import read_span
from sandbox.scenarios.values import Expression, RecordKey
from sandbox.scenarios.vocabulary import Field

Lookup = Callable[[str], Field | None]


@dataclass(frozen=True)
class Predicate:
    """One field and what it must hold."""

    path: str
    kind: str
    code: str
    comparison: Comparison
    reads: tuple[str, ...] = ()

    def test(self, court: Court, now: datetime) -> Callable[[object], bool]:
        """Tells of any number of values whether they are right; what they are held against is read once."""
        args, kind = self._args(court, now), KINDS[self.kind]
        return lambda value: self.comparison.holds(value, args, kind, now)

    def part(self, met: bool, court: Court, now: datetime) -> Part:
        """The tick-box of this field."""
        if (is_so := self._is_so()) is not None:
            return Part(Message("part.state", {"state": state(self.code, is_so)}), met)
        if records := self._speaking(court, now):
            return Part(Message("part.on", {"record": either([typed(*one) for one in records])}), met)
        gaps = {"field": label(self.code), "expected": self._told(court, now)}
        return Part(Message("part.field", gaps), met)

    def difference(self, value: object, court: Court, now: datetime) -> Message:
        """What the field holds against what it should."""
        if (is_so := self._is_so()) is not None:
            return Message("differs.state", {"state": state(self.code, is_so)})
        if self.path == "on" and (records := self._speaking(court, now)):
            return Message("differs.on", {"expected": either([typed(*one) for one in records])})
        if self.comparison.word == "filled" and self.comparison.args[0]:
            return Message("differs.empty", {"field": label(self.code)})
        actual = self._show(value, court)
        if self.comparison.word == "filled":
            return Message("differs.full", {"field": label(self.code), "actual": actual})
        return Message(
            "differs", {"field": label(self.code), "actual": actual, "expected": self._told(court, now)}
        )

    def held(self) -> Message:
        """The field in a list of what is right: a yes or no as it is said, not as it is called."""
        if (is_so := self._is_so()) is not None:
            return Message("part.state", {"state": state(self.code, is_so)})
        return Message("record_field" if self.path == "on" else "field.name", {"field": label(self.code)})

    def _is_so(self) -> bool | None:
        """For a plain yes or no: which of them it must be."""
        plain = self.kind == "bool" and self.comparison.word == "equals"
        told = self.comparison.args[0] if plain else None
        return told if isinstance(told, bool) else None

    def _speaking(self, court: Court, now: datetime) -> list[tuple[RecordKey, str]]:
        """The records it must lead to, where they say by themselves what the field is: its company, `on`."""
        if self.kind != "reference" or self.comparison.word not in ("equals", "one_of"):
            return []
        keys = [one for one in self._args(court, now) if isinstance(one, RecordKey)]
        speak = all(self.path.rpartition(".")[2] in ("on", key.type) for key in keys)
        return [(key, court.title(key)) for key in keys] if speak else []

    def _args(self, court: Court, now: datetime) -> tuple[object, ...]:
        return tuple(evaluate(arg, court.bindings, court.world, now) for arg in self.comparison.args)

    def _told(self, court: Court, now: datetime) -> Json:
        args = [self._show(arg, court) for arg in self._args(court, now)]
        word = self.comparison.word
        if word == "between":
            return Message(word, {"low": args[0], "high": args[1]}).as_json()
        if word == "filled":
            filled = "filled.text" if self.kind in ("text", "longtext") else "filled"
            return Message(filled if self.comparison.args[0] else "not_filled").as_json()
        if word in ("one_of", "contains"):
            return Message(word, {"value": either(args)}).as_json()
        return Message(word, {"value": args[0]}).as_json()

    def _show(self, value: object, court: Court) -> Json:
        titles = {value: court.title(value)} if isinstance(value, RecordKey) else None
        return shown(value, self.kind, self.code, titles)


@dataclass(frozen=True)
class Tried:
    """Predicates tried on one thing; sentences are made only where they are told: there are many things."""

    tests: tuple[tuple[Predicate, object, bool], ...]
    court: Court
    now: datetime

    @property
    def all_hold(self) -> bool:
        """Whether nothing differs."""
        return all(met for _, _, met in self.tests)

    @property
    def count(self) -> int:
        """How many hold."""
        return sum(met for _, _, met in self.tests)

    @property
    def leads_right(self) -> bool:
        """Whether a reference among the fields leads to the right record."""
        return any(met and predicate.kind == "reference" for predicate, _, met in self.tests)

    def parts(self) -> tuple[Part, ...]:
        """The tick-boxes of the fields."""
        return tuple(predicate.part(met, self.court, self.now) for predicate, _, met in self.tests)

    def right(self) -> list[Message]:
        """The fields that hold what they should."""
        return [predicate.held() for predicate, _, met in self.tests if met]

    def differs(self) -> list[Message]:
        """What the other fields hold against what they should."""
        return [
            predicate.difference(value, self.court, self.now)
            for predicate, value, met in self.tests
            if not met
        ]


def try_all(
    predicates: Iterable[Predicate], get: Callable[[str], object], court: Court, now: datetime
) -> Tried:
    """Tries every predicate on what `get` gives for its field."""
    return tries(predicates, court, now)(get)


def tries(
    predicates: Iterable[Predicate], court: Court, now: datetime
) -> Callable[[Callable[[str], object]], Tried]:
    """Tries the same predicates on one thing after another."""
    ready = [(predicate, predicate.test(court, now)) for predicate in predicates]

    def tried(get: Callable[[str], object]) -> Tried:
        values = ((predicate, test, get(predicate.path)) for predicate, test in ready)
        return Tried(tuple((predicate, value, test(value)) for predicate, test, value in values), court, now)

    return tried


def compared(right: list[Message], differs: list[Message]) -> dict[str, Json]:
    """What is right and what differs, as the gaps of a sentence."""
    return {"right": listed(right, ", "), "differs": listed(differs)}


def read_predicates(
    fields: Mapping[str, Any], lookup: Lookup, prefix: str, known: Iterable[str], checking: Checking, loc: Loc
) -> tuple[Predicate, ...]:
    """Predicates as the file writes them, each held against its field."""
    found = []
    for path, raw in fields.items():
        field = lookup(path)
        if field is None:
            of = in_where(loc)
            checking.fault(
                (*loc, path), f'unknown field "{path}" of {prefix}{of}', nearest(path, known), key=True
            )
            continue
        comparison = _comparison(raw, field, checking, (*loc, path))
        if comparison:
            found.append(Predicate(path, field.kind, f"{prefix}.{path}", comparison, field.reads))
    return tuple(found)


def _comparison(raw: object, field: Field, checking: Checking, loc: Loc) -> Comparison | None:
    if isinstance(raw, dict) and not set(raw) <= {"en", "ru"}:
        if len(raw) != 1:
            checking.fault(loc, f'"{field.name}"{in_where(loc)}: expected one comparison')
            return None
        word, inside = next(iter(raw.items()))
        if word not in COMPARISONS:
            checking.unknown((*loc, word), "comparison", word, COMPARISONS, key=True)
            return None
        cls, loc = COMPARISONS[word], (*loc, word)
    else:
        cls, inside = Equals, raw
    if field.kind not in cls.suits:
        if cls is Equals:
            told = "a free text is compared by filled or contains, never by equality"
        else:
            told = f'"{cls.word}" does not suit a value of the kind {field.kind}'
        checking.fault(loc, f'"{field.name}"{in_where(loc)}: {told}')
        return None
    args = _arguments(cls.takes, inside, field, checking, loc)
    return cls(args) if args is not None else None


def _arguments(
    takes: str, raw: object, field: Field, checking: Checking, loc: Loc
) -> tuple[Expression, ...] | None:
    """What stands behind a comparison's word, of the shape the comparison takes; None with a fault noted."""
    found: tuple[Expression, ...] = ()
    if takes == "flag":
        found, wanted = ((raw,) if isinstance(raw, bool) else ()), "true or false"
    elif takes == "span":
        span = read_span(raw) if isinstance(raw, str) else None
        found, wanted = ((span,) if span else ()), "a length of time such as 7 days"
    elif takes == "stems":
        found, wanted = _stems(raw), "a list of stems such as [quot, price]"
    elif takes == "value":
        return (checking.value(raw, field, loc),)
    else:
        values = raw if isinstance(raw, list) and (takes == "list" or len(raw) == 2) else []
        found = tuple(checking.value(one, field, (*loc, at)) for at, one in enumerate(values))
        wanted = "a list of values" if takes == "list" else "two values such as [1000, 2000]"
    if not found:
        checking.fault(loc, f'"{field.name}"{in_where(loc)}: expected {wanted}')
        return None
    return found


def _stems(raw: object) -> tuple[str, ...]:
    if isinstance(raw, dict) and set(raw) <= {"en", "ru"}:
        return tuple(stem for language in raw.values() for stem in _stems(language))
    stems = raw if isinstance(raw, list) else [raw]
    right = all(isinstance(stem, str) and len(stem.strip()) > 1 for stem in stems)
    return tuple(str(stem).strip() for stem in stems) if right else ()
