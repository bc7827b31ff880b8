"""Doing an action: permission, version, rules, change, event, listeners, in one transaction."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.extensions import db
from sandbox.kernel.errors import Stale
from sandbox.ledger.acting import Draft, acting
from sandbox.ledger.fields import json_value
from sandbox.ledger.models import Event
from sandbox.ledger.questions import listeners_after, listeners_during
from sandbox.ledger.registry import Action, registry
from sandbox.spaces import BLOCK, Colleague, InSpace, current_space, every, first

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """What an action left: the record it was about, and its event."""

    record: InSpace | None
    event: Event


def perform(
    code: str,
    on: InSpace | None,
    values: dict[str, Any],
    *,
    by: Colleague,
    at: datetime | None = None,
    origin: str = "trainee",
    person_id: int | None = None,
    version: int | None = None,
) -> Done:
    """Do the action inside a unit of work; raises Refused by a rule, Stale when `version` is another.

    `values` are the form's fields by name. `at` is the space's time unless given.
    """
    declared = registry[code]
    declared.permit(by, rights_of(by))
    told = {name: json_value(value) for name, value in values.items()}
    moment = at or current_space().now()
    with acting(declared, on=on, by=by, at=moment, origin=origin, person_id=person_id, values=told) as draft:
        if on is not None:
            db.session.refresh(on)
            if version is not None and declared.guards_version and on.version != version:
                raise _stale(on, version)
        made = _call(declared, on, values, by, moment)
        if isinstance(made, InSpace) and (on is None or declared.makes is not None):
            db.session.flush()  # the record gets its number, for the listeners and for the event's values
            if on is None:
                draft.record = made
            else:
                draft.values.setdefault("made", json_value(made))
        for listener in listeners_during(declared.event):
            listener(draft.record, draft)
    _tell_listeners(draft)
    return Done(made if isinstance(made, InSpace) else on, draft.event())


def rights_of(colleague: Colleague) -> set[str]:
    """The rights of a colleague's job role, from the company file; none for a role it does not know."""
    role = current_space().company.roles.get(colleague.job_role)
    return set(role.rights) if role else set()


def may(by: Colleague, declared: Action) -> bool:
    """Whether a colleague's job role may do this action."""
    return declared.is_allowed(by, rights_of(by))


def events_on(record: InSpace, after: int = 0) -> list[Event]:
    """The events with numbers above `after` that changed a record's own row, oldest first."""
    after = min(max(after, 0), BLOCK)
    followed = _followed_back(record, after)
    return _searched(record, after) if followed is None else followed


def _followed_back(record: InSpace, after: int) -> list[Event] | None:
    """The same from version to version, each event telling the one before: a large company has too many to
    read; None where an undo put an older version back, so that the way misses `after`."""
    base, number, row = record.id - record.n, record.version, (record.__table__.name, record.n)
    found: list[Event] = []
    while number > after:
        event = first(every(Event).where(Event.id == base + number))
        facts = event.facts if event is not None else []
        fact = next((one for one in facts if (one["table"], one["n"]) == row), None)
        if event is None or fact is None:
            return None
        found.insert(0, event)
        number = (fact["old"] or {}).get("version") or 0
    return found if number == after else None


def _searched(record: InSpace, after: int) -> list[Event]:
    query = every(Event).where(Event.id > record.id - record.n + after).order_by(Event.id)
    table, n = record.__table__.name, record.n
    return [
        found
        for found in db.session.scalars(query)
        if any(fact["table"] == table and fact["n"] == n for fact in found.facts)
    ]


def _call(declared: Action, on: Any, values: dict[str, Any], by: Colleague, at: datetime) -> Any:
    if declared.creates:
        return declared.function(**values, by=by, at=at)
    return declared.function(on, **values, by=by, at=at)


def _stale(record: InSpace, version: int) -> Stale:
    changed: dict[str, tuple[Any, Any]] = {}
    who = ""
    for found in events_on(record, version):
        who = found.by.name if found.by else who
        for fact in found.facts:
            if fact["table"] == record.__table__.name and fact["n"] == record.n and fact["new"]:
                for name, value in fact["new"].items():
                    before = changed[name][0] if name in changed else (fact["old"] or {}).get(name)
                    changed[name] = (before, value)
    changed.pop("version", None)
    return Stale(record, changed, who)


def _tell_listeners(draft: Draft) -> None:
    for listener in listeners_after():
        try:
            with db.session.begin_nested():
                listener(draft.written)
        except Exception:
            log.exception("a listener failed after %s", draft.action.code)
