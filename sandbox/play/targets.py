"""A move as something to find on the page: coach, demo and browser proof light and press the same."""

from __future__ import annotations

from typing import Any

from sandbox.ledger import registry
from sandbox.ledger.offers import address_of
from sandbox.play.performing import record_of, typed
from sandbox.scenarios import Bindings, Do, Open, RecordKey, Scenario, World, place, resolve
from sandbox.scenarios.values import Text
from sandbox.spaces import current_space, fetch


def target_of(move: Open | Do, bindings: Bindings, world: World) -> dict[str, Any]:
    """Where a move is done, in words of the DOM contract.

    `open`: the key of the record to be opened, its address and what finds it in the search; for an action
    also `action`, the `record` its button belongs to, `fields` with what is typed or chosen in each, and
    `names` with the words that find the records among them; `free` are those that everybody writes in words
    of their own.
    """
    company = current_space().company
    if isinstance(move, Open):
        where = place(move, bindings)
        return _page(where) if isinstance(where, str) else _record(where)
    performed = resolve(move, bindings, world, company.language, company.currency)
    declared = registry[performed.action]
    record = record_of(performed.on)
    target = _record(performed.on) if performed.on else {"open": None, "href": None, "find": None}
    return {
        **target,
        "action": performed.action,
        "record": record.key if record is not None else None,
        "address": address_of(declared, record),
        "fields": dict(typed(performed.action, performed.values)),
        "names": {
            name: _name(record_of(value))
            for name, value in performed.values.items()
            if isinstance(value, RecordKey)
        },
        "free": [name for name, value in move.values.items() if isinstance(value, Text)],
    }


def pending(scenario: Scenario, step: int, done: list[tuple[str, RecordKey | None]]) -> list[Open | Do]:
    """The moves of a step that have not been made yet, in order; `done` are actions with their records."""
    left = list(done)
    waiting: list[Open | Do] = []
    for move in scenario.steps[step].do:
        made = next((one for one in left if isinstance(move, Do) and one[0] == move.action), None)
        if made is not None:
            left.remove(made)
        else:
            waiting.append(move)
    return waiting


def _record(key: RecordKey) -> dict[str, Any]:
    row = fetch(registry.records()[key.type], key.n)
    href = f"/s/{current_space().id}/{row.__table__.name}/{row.n}"
    return {"open": row.key, "href": href, "find": _name(row)}


def _name(row: Any) -> str:
    """What a person would type to find the row; of a lead its name, for its title names the firm too."""
    return str(getattr(row, "name", None) or getattr(row, "title", ""))


def _page(name: str) -> dict[str, Any]:
    return {"open": None, "href": f"/s/{current_space().id}/{name}", "find": None}
