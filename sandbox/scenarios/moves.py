"""The walkthrough: pages to open, actions to perform; never anything of the page's making."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.scenarios.checking import Checking, Named
from sandbox.scenarios.expressions import evaluate, find
from sandbox.scenarios.faults import nearest
from sandbox.scenarios.naming import in_where
from sandbox.scenarios.readable import names_for_text
from sandbox.scenarios.source import Loc
from sandbox.scenarios.texts import render_text
from sandbox.scenarios.times import point
from sandbox.scenarios.values import Bindings, Expression, Moment, RecordKey, Reference, Text
from sandbox.scenarios.vocabulary import Action
from sandbox.scenarios.world import World


@dataclass(frozen=True)
class Open:
    """Open a record or a page."""

    target: Reference | str
    line: int


@dataclass(frozen=True)
class Do:
    """Perform an action: on a record, with values for its form; what it makes may be given a name."""

    action: str
    on: Reference | None
    values: Mapping[str, Expression]
    kinds: Mapping[str, str]
    call: str | None
    line: int


Move = Open | Do


@dataclass(frozen=True)
class Performed:
    """A move with plain values, ready to be performed or typed."""

    action: str
    on: RecordKey | None
    values: Mapping[str, object]
    call: str | None


def place(move: Open, bindings: Bindings) -> RecordKey | str:
    """The record or the page a move opens; Unbound when its name is not there yet."""
    if isinstance(move.target, str):
        return move.target
    found = find(move.target, bindings)
    return found.key


def resolve(move: Do, bindings: Bindings, world: World, language: str, currency: str = "") -> Performed:
    """The move with plain values in the company's language; Unbound when a name is not there yet."""
    on = evaluate(move.on, bindings, world, world.now()) if move.on else None
    values = {
        name: _concrete(value, move.kinds[name], bindings, world, language, currency)
        for name, value in move.values.items()
    }
    return Performed(move.action, on if isinstance(on, RecordKey) else None, values, move.call)


def _concrete(
    value: Expression, kind: str, bindings: Bindings, world: World, language: str, currency: str
) -> object:
    if isinstance(value, Text):
        return render_text(value, language, names_for_text(bindings, world), world.now(), currency)
    if isinstance(value, Moment):
        exact = point(value, world.now())
        return exact.date() if kind == "date" else exact
    return evaluate(value, bindings, world, world.now())


def read_moves(raw: list[dict[str, Any]], checking: Checking, loc: Loc) -> tuple[Move, ...]:
    """Moves as the file writes them; what one makes may be named and used by the next."""
    return tuple(_read_all(raw, checking, loc))


def _read_all(raw: list[dict[str, Any]], checking: Checking, loc: Loc) -> Iterator[Move]:
    for at, one in enumerate(raw):
        here = (*loc, at)
        if len(one) != 1:
            checking.fault(here, f"expected one action{in_where(here)}, as in call.log: {{on: $lead}}")
            continue
        code, inside = next(iter(one.items()))
        move = (
            _read_open(inside, checking, (*here, code))
            if code == "open"
            else _read_do(str(code), inside, checking, (*here, code))
        )
        if move:
            yield move


def _read_open(raw: object, checking: Checking, loc: Loc) -> Open | None:
    line = checking.source.place(loc)[0]
    if isinstance(raw, str) and raw.startswith("$"):
        if "." in raw:
            checking.fault(loc, f"only a record can be opened{in_where(loc)}: a name such as $lead")
            return None
        target = checking.record(raw, (), loc)
        return Open(target, line) if target else None
    pages = checking.vocabulary.pages
    if not isinstance(raw, str) or (pages and raw not in pages):
        checking.unknown(loc, "page", raw, pages)
        return None
    return Open(raw, line)


def _read_do(code: str, raw: object, checking: Checking, loc: Loc) -> Do | None:
    action = checking.vocabulary.actions.get(code)
    if action is None:
        checking.unknown(loc, "action", code, [*checking.vocabulary.actions, "open"], key=True)
        return None
    if not isinstance(raw, dict):
        checking.fault(loc, f'"{code}"{in_where(loc)}: expected its fields, as in {{on: $lead}}')
        return None
    told = {str(name): value for name, value in raw.items()}
    on = _read_on(action, told.pop("on", None), checking, loc)
    call = _read_call(action, told.pop("call", None), checking, loc)
    values, kinds = {}, {}
    for name, value in told.items():
        field = action.fields.get(name)
        if field is None:
            known = [*action.fields, "on", "call"]
            message = f'unknown field "{name}" of {code}{in_where(loc)}'
            checking.fault((*loc, name), message, nearest(name, known), key=True)
            continue
        values[name], kinds[name] = checking.value(value, field, (*loc, name)), field.kind
    for name, field in action.fields.items():
        if field.required and name not in told:
            checking.fault(loc, f'"{name}" of {code} is missing{in_where(loc)}', key=True)
    return Do(code, on, values, kinds, call, checking.source.place(loc)[0])


def _read_on(action: Action, raw: object, checking: Checking, loc: Loc) -> Reference | None:
    if raw is None:
        if action.on:
            checking.fault(loc, f'"on" of {action.code} is missing{in_where(loc)}', key=True)
        return None
    if not action.on:
        checking.fault((*loc, "on"), f'{action.code} is done on no record{in_where(loc)}; leave out "on"')
        return None
    return checking.record(raw, action.on, (*loc, "on"))


def _read_call(action: Action, raw: object, checking: Checking, loc: Loc) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str) or not raw.isidentifier():
        checking.fault((*loc, "call"), f'"call"{in_where(loc)}: expected a name')
        return None
    if action.makes is None:
        told = f"{action.code} makes nothing that could be called {raw}{in_where(loc)}"
        checking.fault((*loc, "call"), told)
        return None
    checking.name(raw, Named(action.makes), (*loc, "call"))
    return raw
