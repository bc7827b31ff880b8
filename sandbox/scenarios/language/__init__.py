"""Tells a message in a person's language, with the vocabulary's labels."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import ModuleType

from babel.dates import format_datetime
from babel.numbers import format_decimal

from sandbox.scenarios.language import en, ru
from sandbox.scenarios.language.quotes import nest_quotes
from sandbox.scenarios.messages import Json, Message
from sandbox.scenarios.texts import show_day, show_money
from sandbox.scenarios.vocabulary import Vocabulary


def say(
    message: Message, language: str, vocabulary: Vocabulary, currency: str = "", *, remedy: bool = True
) -> str:
    """The message as a sentence, then what to do about it; amounts carry the currency when it is told."""
    speaker = _Speaker("ru" if language.startswith("ru") else "en", vocabulary, currency)
    sentence = nest_quotes(speaker.tell(message))
    to_do = speaker.words.REMEDIES.get(message.id, "") if remedy else ""
    return f"{sentence[:1].upper()}{sentence[1:]} {to_do}".rstrip()


class _Speaker:
    def __init__(self, language: str, vocabulary: Vocabulary, currency: str) -> None:
        self.language, self.vocabulary, self.currency = language, vocabulary, currency
        self.words: ModuleType = ru if language == "ru" else en

    def tell(self, message: Message) -> str:
        if message.id == "between" and message.values["low"].get("kind") == "date":
            ends = (date.fromisoformat(message.values[end]["value"]) for end in ("low", "high"))
            return str(self.words.days(*ends))
        if message.id in _LISTED:
            return _lowered(self.spoken(message))
        return self.spoken(message)

    def spoken(self, message: Message) -> str:
        gaps = {name: self.gap(value) for name, value in message.values.items()}
        # Two cards of one name are different values in the same words.
        twins = message.id == "differs" and gaps["actual"] == gaps["expected"]
        return str(self.words.SENTENCES["differs.twin" if twins else message.id] % gaps)

    def gap(self, value: Json) -> str:
        if not isinstance(value, Mapping):
            return self.plain(value)
        if "message" in value:
            return self.tell(Message.from_json(value))
        if "label" in value:
            return self.vocabulary.label(value["label"], self.language)
        if "state" in value:
            return self.state(value["state"], value["is"])
        if "text" in value:
            return str(value["text"][self.language]).rstrip(".")
        if "record" in value:
            return self.record(value["record"][0], value["title"], value.get("typed", False))
        if "list" in value:
            joined = self.words.OR if value["joined"] == "or" else str(value["joined"])
            return str(joined).join(self.gap(one) for one in value["list"])
        if "span" in value:
            amount, unit = value["span"]
            return str(self.words.SPANS[unit][self.words.plural(amount)] % amount)
        if "en" in value:
            return str(self.words.QUOTES % value[self.language])
        return self.field(value["kind"], value["value"], value.get("code", ""))

    def record(self, type_: str, title: str, typed: bool) -> str:
        quoted = str(self.words.QUOTES % title)
        return f"{_lowered(self.vocabulary.label(type_, self.language))} {quoted}" if typed else quoted

    def state(self, code: str, is_so: bool) -> str:
        known = self.vocabulary.state(code, is_so, self.language)
        return known or f"{self.vocabulary.label(code, self.language)}: {self.plain(is_so)}"

    def field(self, kind: str, value: Json, code: str) -> str:
        if value is None or value == "":
            return str(self.words.SENTENCES["empty"])
        if kind == "choice":
            return str(self.words.QUOTES % self.vocabulary.label(f"{code}={value}", self.language))
        if kind == "money":
            return show_money(Decimal(str(value)), self.language, self.currency)
        if kind == "number":
            return str(format_decimal(Decimal(str(value)), locale=self.language))
        if kind == "date":
            return show_day(date.fromisoformat(value), self.language)
        if kind == "datetime":
            moment = datetime.fromisoformat(value)
            return str(format_datetime(moment, "d MMMM, HH:mm", tzinfo=moment.tzinfo, locale=self.language))
        return self.plain(value) if kind in ("bool", "phone") else str(self.words.QUOTES % value)

    def plain(self, value: Json) -> str:
        if isinstance(value, bool):
            return str(self.words.SENTENCES["yes" if value else "no"])
        return str(value)


# What stands in the middle of a sentence, and so begins small.
_LISTED = frozenset(
    {
        "field.name",
        "part.on",
        "part.state",
        "part.field",
        "part.record",
        "differs",
        "differs.empty",
        "differs.full",
    }
)


def _lowered(words: str) -> str:
    """The words with a small first letter, but for an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
