"""A move performed through the actions: the values go through the same form as a person's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from sandbox.ledger import registry
from sandbox.ledger.fields import ActionField
from sandbox.ledger.perform import Done, perform
from sandbox.scenarios.moves import Performed
from sandbox.scenarios.values import RecordKey
from sandbox.spaces import Colleague, InSpace, every, fetch, first


class FormRefused(Exception):
    """The form turned the values down: field name to sentences."""

    def __init__(self, action: str, errors: dict[str, list[str]]) -> None:
        super().__init__(f"{action}: {errors}")
        self.action = action
        self.errors = errors


def record_of(key: RecordKey | None) -> InSpace | None:
    """The row that a scenario's key stands for."""
    return fetch(registry.records()[key.type], key.n) if key is not None else None


def typed(action: str, values: Mapping[str, object]) -> MultiDict[str, str]:
    """What a person would type or choose in the action's form to give these values."""
    blank = registry[action].form()
    posted: MultiDict[str, str] = MultiDict()
    for name, value in values.items():
        if value is None:
            continue
        field: Any = blank._fields[name]
        if isinstance(value, RecordKey):
            value = record_of(value)
        elif getattr(field, "kind", "") == "reference" and isinstance(value, str):
            value = first(every(field.model).where(field.model.code == value)) or value
        posted[name] = field.text_of(value) if isinstance(field, ActionField) else str(value)
    return posted


def play(
    move: Performed,
    *,
    by: Colleague,
    at: datetime,
    origin: str = "trainee",
    person_id: int | None = None,
) -> Done:
    """Perform a move inside a unit of work; raises FormRefused, or what the action raises."""
    on = record_of(move.on)
    declared = registry[move.action]
    defaults = declared.form.empty(on, by=by, at=at)
    posted = typed(move.action, {**_standing(defaults), **move.values})
    form = declared.form.filled(posted)
    if not form.validate():
        raise FormRefused(move.action, {name: list(found) for name, found in form.errors.items() if name})
    return perform(move.action, on, form.values(), by=by, at=at, origin=origin, person_id=person_id)


def _standing(form: Any) -> dict[str, object]:
    """What the form holds when it opens: a person leaves it as it is unless the move says otherwise."""
    return {name: field.data for name, field in form._fields.items() if field.data not in (None, "")}
