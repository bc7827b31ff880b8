"""A form that somebody else has overtaken: what each wrote, and what becomes of the fields one left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.kernel.errors import Stale
from sandbox.ledger.feed import sentence, shown
from sandbox.ledger.fields import json_value
from sandbox.ledger.forms import ActionForm
from sandbox.ledger.images import encode
from sandbox.ledger.perform import events_on
from sandbox.spaces import InSpace

MOST_TOLD = 5
OWN = "custom"


@dataclass(frozen=True)
class Conflict:
    """A field that somebody else changed: what was typed and what stands there now, in words.

    `left` says that the person had not touched it: the form holds the other's value from now on.
    """

    label: str
    yours: str | None
    now: str | None
    left: bool


def settle(form: ActionForm, stale: Stale) -> list[Conflict]:
    """Each field that was changed meanwhile; one that the person left alone takes over what stands there.

    A three-way comparison: what the form was drawn with, what was typed, what the record holds now. So what
    is sent a second time overwrites only what the person has really changed, and has seen.
    """
    found = []
    for field, before, typed, now in _changed(form, stale):
        left = typed == before
        yours = _in_words(json_value(field.data), field)
        if left:
            field.raw_data = None
            field.process(None, now)
        found.append(Conflict(str(field.label.text), yours, _in_words(json_value(now), field), left))
    return found


def meanwhile(stale: Stale, since: int) -> list[str]:
    """What was done to the record since its version `since`, in sentences, the latest last."""
    return [sentence(event) for event in events_on(stale.record, since)][-MOST_TOLD:]


def _changed(form: ActionForm, stale: Stale) -> Iterator[tuple[Any, Any, Any, Any]]:
    """The fields that were changed, each with the value before, the one typed and the one that stands."""
    table = stale.record.__table__
    for name, field in form._fields.items():
        # an action's field may fill a field of the record that has another name
        attribute = getattr(field, "sets", "") or name
        if attribute.startswith(f"{OWN}."):
            code = attribute.removeprefix(f"{OWN}.")
            before = ((stale.changed.get(OWN) or (None, None))[0] or {}).get(code)
            now = (stale.record.custom or {}).get(code)
            if OWN in stale.changed and before != now:
                yield field, before, json_value(field.data), now
            continue
        column = attribute if attribute in stale.changed else f"{attribute}_id"
        if column in stale.changed:
            typed = field.data.id if isinstance(field.data, InSpace) else field.data
            stored = encode(table.c[column], None if typed == "" else typed)
            yield field, stale.changed[column][0], stored, getattr(stale.record, attribute, None)


def _in_words(value: Any, field: Any) -> str | None:
    return None if value in (None, "") else shown(value, field)
