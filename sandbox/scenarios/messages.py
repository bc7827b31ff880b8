"""Messages as data: a sentence's id and its values, JSON throughout, told in a language only when read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sandbox.scenarios.kinds import KINDS
from sandbox.scenarios.values import RecordKey, Span, Text

Json = Any


@dataclass(frozen=True)
class Message:
    """A sentence of `language/`, with what stands in its gaps; the values are JSON already."""

    id: str
    values: Mapping[str, Json] = field(default_factory=dict)

    def as_json(self) -> dict[str, Json]:
        """The message as evidence keeps it."""
        return {"message": self.id, "values": dict(self.values)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Json]) -> "Message":
        """The message that evidence kept."""
        return cls(kept["message"], kept["values"])


def label(code: str) -> Json:
    """A gap for the name of a type, field, action or choice."""
    return {"label": code}


def title(key: RecordKey, words: str) -> Json:
    """A gap for a record, by the title it had when it was judged."""
    return {"record": [key.type, key.n], "title": words}


def typed(key: RecordKey, words: str) -> Json:
    """A gap for a record with what it is: deal “Cards”."""
    return {**title(key, words), "typed": True}


def told(en: str, ru: str) -> Json:
    """A gap for words of the file in both languages, as they stand."""
    return {"text": {"en": en, "ru": ru}}


def either(gaps: list[Json]) -> Json:
    """A gap for several values of which one is enough."""
    return {"list": gaps, "joined": "or"}


def state(code: str, is_so: bool) -> Json:
    """A gap for a field that is so or not: not done yet."""
    return {"state": code, "is": is_so}


def listed(parts: list[Message], joined: str = "; ") -> Json:
    """A gap for several messages in a row."""
    return {"list": [part.as_json() for part in parts], "joined": joined}


def shown(value: object, kind: str, code: str, titles: Mapping[RecordKey, str] | None = None) -> Json:
    """A gap for a value of a field, to be formatted as the reader's language does."""
    if isinstance(value, Text):
        return {"en": value.en, "ru": value.ru}
    if isinstance(value, Span):
        return {"span": [value.amount, value.unit]}
    if isinstance(value, RecordKey):
        return title(value, (titles or {}).get(value, f"{value.type} {value.n}"))
    if isinstance(value, date):
        return {"kind": "datetime" if hasattr(value, "hour") else "date", "value": value.isoformat()}
    return {"kind": kind, "value": KINDS[kind].shown(value), "code": code}
