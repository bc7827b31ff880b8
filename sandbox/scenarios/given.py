"""The records a scenario lays out: how the file describes them, and their values drawn from a seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from random import Random
from typing import Any, Protocol

from sandbox.scenarios.checking import Checking, Named
from sandbox.scenarios.faults import nearest
from sandbox.scenarios.kinds import KINDS
from sandbox.scenarios.kinds.number import as_decimal
from sandbox.scenarios.likeness import alike
from sandbox.scenarios.naming import in_where
from sandbox.scenarios.readable import names_for_text
from sandbox.scenarios.source import Loc
from sandbox.scenarios.texts import names_in, render_text
from sandbox.scenarios.times import point
from sandbox.scenarios.values import Binding, Expression, Moment, RecordKey, Reference, Text
from sandbox.scenarios.vocabulary import Field
from sandbox.scenarios.words import GivenWords

MAKINGS = ("fake", "like", "one_of", "between", "step")

LARGEST = 10**12
"""No field of a record holds a larger number."""

ME = "me"
"""The name of the colleague the trainee plays; always there."""


class Fakes(Protocol):
    """Makes believable values, seeded and in the company's language."""

    def make(self, word: str) -> object:
        """A value for `fake: company`, `fake: phone`, …"""


@dataclass(frozen=True)
class Fake:
    """`{fake: company}`."""

    word: str


@dataclass(frozen=True)
class Between:
    """`{between: [300000, 900000], step: 10000}`."""

    low: Decimal
    high: Decimal
    step: Decimal


@dataclass(frozen=True)
class Like:
    """`{like: $lead.company}`: not the same, but near."""

    of: Reference


@dataclass(frozen=True)
class OneOf:
    """`{one_of: [website, exhibition]}`."""

    values: tuple[Expression, ...]


@dataclass(frozen=True)
class GivenField:
    """One field of a given record and how it comes by its value."""

    name: str
    kind: str
    value: Fake | Between | Like | OneOf | Expression


@dataclass(frozen=True)
class Given:
    """One record of `given:`."""

    name: str
    type: str
    fields: tuple[GivenField, ...]
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class GivenRecord:
    """A record to be made, with plain values; one that leads to another given is a Reference to its name."""

    name: str
    type: str
    values: Mapping[str, object] = field(default_factory=dict)


def lay_out(
    given: Sequence[Given], fakes: Fakes, random: Random, now: datetime, language: str
) -> list[GivenRecord]:
    """Draws the values of every given record, each after those it leads to."""
    laid: dict[str, GivenRecord] = {}
    for one in given:
        values: dict[str, object] = {}
        laid[one.name] = GivenRecord(one.name, one.type, values)
        for described in one.fields:
            values[described.name] = _draw(described, laid, fakes, random, now, language)
    return list(laid.values())


def _draw(
    described: GivenField,
    laid: Mapping[str, GivenRecord],
    fakes: Fakes,
    random: Random,
    now: datetime,
    language: str,
) -> object:
    value, kind = described.value, described.kind
    if isinstance(value, OneOf):
        value = random.choice(value.values)
    if isinstance(value, Fake):
        return KINDS[kind].read(fakes.make(value.word), None)
    if isinstance(value, Between):
        steps = int((value.high - value.low) / value.step)
        return value.low + value.step * random.randint(0, steps)
    if isinstance(value, Like):
        return alike(_stated(value.of, laid), kind, language, random)
    if isinstance(value, Text):
        return render_text(value, language, names_for_text(_provisional(laid)), now)
    if isinstance(value, Moment):
        exact = point(value, now)
        return exact.date() if kind == "date" else exact
    return _stated(value, laid) if isinstance(value, Reference) and value.path else value


def _stated(reference: Reference, laid: Mapping[str, GivenRecord]) -> object:
    value: object = reference
    for step in reference.path.split("."):
        name = value.name if isinstance(value, Reference) else ""
        value = laid[name].values[step] if name in laid else None
    return value


def _provisional(laid: Mapping[str, GivenRecord]) -> dict[str, Binding]:
    """Names for texts while no record has its number yet."""
    keys = {name: RecordKey(one.type, -at) for at, (name, one) in enumerate(laid.items(), 1)}
    return {
        name: Binding(
            one.type,
            keys[name].n,
            {
                path: keys.get(value.name, value) if isinstance(value, Reference) else value
                for path, value in one.values.items()
            },
        )
        for name, one in laid.items()
    }


def read_given(raw: Mapping[str, GivenWords], checking: Checking) -> tuple[Given, ...]:
    """Given records as the file writes them, sorted so that each comes after those it leads to."""
    checking.names[ME] = Named("colleague")
    for name, words in raw.items():
        if checking.type_(words.is_, ("given", name, "is")):
            checking.name(name, Named(words.is_, frozenset(words.fields)), ("given", name))
    found = {}
    for name, words in raw.items():
        if words.is_ in checking.vocabulary.types:
            fields = _read_fields(name, words, checking)
            needs = frozenset(one for described in fields for one in _names_of(described.value))
            found[name] = Given(name, words.is_, fields, needs & set(raw))
    return _sorted(found, checking)


def _sorted(found: Mapping[str, Given], checking: Checking) -> tuple[Given, ...]:
    sorter = TopologicalSorter({name: sorted(one.needs - {name}) for name, one in found.items()})
    try:
        return tuple(found[name] for name in sorter.static_order() if name in found)
    except CycleError as fault:
        circle = " → ".join(fault.args[1])
        checking.fault(("given", fault.args[1][0]), f"given records need each other in a circle: {circle}")
        return ()


def _read_fields(name: str, words: GivenWords, checking: Checking) -> tuple[GivenField, ...]:
    known = checking.vocabulary.types[words.is_].fields
    found = []
    for path, raw in words.fields.items():
        loc: Loc = ("given", name, path)
        described = known.get(path)
        if described is None:
            message = f'unknown field "{path}" of {words.is_}{in_where(loc)}'
            checking.fault(loc, message, nearest(path, [*known, "is"]), key=True)
            continue
        value = _read_value(raw, described, checking, loc)
        for reference in (one for one in _references(value) if one.path):
            if reference.name == name and not isinstance(value, Text):
                checking.fault(loc, f'given "{name}" needs itself{in_where(loc)}')
            head = reference.path.partition(".")[0]
            named = checking.names.get(reference.name)
            if named and head not in named.stated:
                checking.fault(loc, f'given "{reference.name}" does not state {head}{in_where(loc)}')
        found.append(GivenField(path, described.kind, value))
    return tuple(found)


def _read_value(raw: object, described: Field, checking: Checking, loc: Loc) -> object:
    if not isinstance(raw, dict) or set(raw) <= {"en", "ru"}:
        return checking.value(raw, described, loc)
    words = set(raw)
    if words == {"fake"}:
        fakes = checking.vocabulary.fakes
        if fakes and raw["fake"] not in fakes:
            checking.unknown((*loc, "fake"), "fake", raw["fake"], fakes)
        return Fake(str(raw["fake"]))
    if words == {"like"}:
        of = raw["like"]
        reference = checking.reference(of, (*loc, "like")) if isinstance(of, str) and of[:1] == "$" else None
        if reference is None or not reference.path:
            checking.fault((*loc, "like"), f'"like"{in_where(loc)}: expected a field such as $lead.company')
            return None
        return Like(reference)
    if words == {"one_of"} and isinstance(raw["one_of"], list) and raw["one_of"]:
        values = enumerate(raw["one_of"])
        return OneOf(tuple(checking.value(one, described, (*loc, "one_of", at)) for at, one in values))
    if "between" in words and words <= {"between", "step"}:
        return _read_between(raw, described, checking, loc)
    strange = sorted(words - set(MAKINGS)) or sorted(words)
    checking.unknown((*loc, strange[0]), "word", strange[0], MAKINGS, key=True)
    return None


def _read_between(raw: dict[str, Any], described: Field, checking: Checking, loc: Loc) -> Between | None:
    ends = raw["between"] if isinstance(raw["between"], list) else []
    numbers = [as_decimal(one) for one in [*ends, raw.get("step", 1)]]
    if KINDS[described.kind].family != "numbers" or len(numbers) != 3 or None in numbers:
        checking.fault(loc, f'"between"{in_where(loc)}: expected two numbers, for a field that holds one')
        return None
    low, high, step = (number or Decimal(0) for number in numbers)
    if low > high or step <= 0:
        checking.fault(loc, f'"between"{in_where(loc)}: expected the lower number first and a step above 0')
        return None
    if max(abs(low), abs(high)) > LARGEST:
        checking.fault(loc, f'"between"{in_where(loc)}: expected numbers up to {LARGEST}')
        return None
    return Between(low, high, step)


def _references(value: object) -> list[Reference]:
    if isinstance(value, Like):
        return [value.of]
    if isinstance(value, OneOf):
        return [one for each in value.values for one in _references(each)]
    if isinstance(value, Text):
        printed = [one for words in (value.en, value.ru) for one in names_in(words)]
        return [Reference(name, path) for name, path in printed]
    return [value] if isinstance(value, Reference) else []


def _names_of(value: object) -> set[str]:
    return {one.name for one in _references(value)}
