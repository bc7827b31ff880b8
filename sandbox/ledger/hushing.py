"""Whose name old events must not tell any more: the person's data was taken off, and events never change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from sandbox.ledger.feed import masked_sentence, sentence
from sandbox.ledger.models import Event
from sandbox.ledger.questions import Question
from sandbox.ledger.registry import registry
from sandbox.spaces.mixin import record_type

# Asked with numbers by table; answered with the records whose names are gone: table, number, since when.
names_gone = Question("names_gone")


class Hushed:
    """A page of events as they may be told now; one question for all of them."""

    def __init__(self, events: Iterable[Event]) -> None:
        asked: dict[str, set[int]] = defaultdict(set)
        for event in events:
            for table, n in _named_by(event):
                asked[table].add(n)
        found = names_gone.ask(asked) if asked else []
        self._gone: dict[tuple[str, int], datetime] = {(table, n): since for table, n, since in found}

    def is_about_gone(self, event: Event) -> bool:
        """Whether the event's own record lost its name after it."""
        since = self._gone.get((event.record_table or "", event.record_n or 0))
        return since is not None and event.at < since

    def sentence(self, event: Event) -> str:
        """Who did what, without a name that is gone."""
        if self.is_about_gone(event) and event.action in registry.actions:
            return masked_sentence(event)
        return sentence(event, self.values(event))

    def title(self, event: Event) -> str | None:
        """The record's title, without a name that is gone."""
        return _("Masked person") if self.is_about_gone(event) else event.record_title

    def values(self, event: Event) -> dict[str, Any]:
        """What the event was done with; nothing of it where the record itself lost its name."""
        if self.is_about_gone(event):
            return {}
        return {name: self._value(value, event) for name, value in event.values.items()}

    def _value(self, value: Any, event: Event) -> Any:
        key = _key_of(value)
        since = self._gone.get(key) if key else None
        return value if since is None or event.at >= since else {**value, "title": _("Masked person")}


def _named_by(event: Event) -> Iterable[tuple[str, int]]:
    if event.record_table and event.record_n:
        yield event.record_table, event.record_n
    for value in event.values.values():
        key = _key_of(value)
        if key:
            yield key


def _key_of(value: Any) -> tuple[str, int] | None:
    """The table and number of a record that a value names."""
    if not isinstance(value, dict) or not isinstance(value.get("n"), int):
        return None
    try:
        return record_type(str(value.get("type"))).__table__.name, value["n"]
    except LookupError:
        return None
