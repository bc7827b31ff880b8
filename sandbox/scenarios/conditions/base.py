"""What every condition shares: the court it is judged in, and the verdict it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sandbox.scenarios.expressions import Unbound
from sandbox.scenarios.messages import Json, Message, told
from sandbox.scenarios.readable import names_for_text, title_of
from sandbox.scenarios.texts import render_text
from sandbox.scenarios.values import Binding, Bindings, RecordKey, Text
from sandbox.scenarios.world import EventView, World


@dataclass(frozen=True)
class Part:
    """One tick-box of a condition."""

    message: Message
    met: bool


@dataclass(frozen=True)
class Verdict:
    """What came of judging one condition."""

    met: bool
    message: Message | None = None
    """What is wrong, then what to do; None when nothing is."""
    record: RecordKey | None = None
    """The record that satisfied it, or came nearest."""
    bindings: Mapping[str, RecordKey] = field(default_factory=dict)
    """What `call:` named."""
    saw: Mapping[str, Any] = field(default_factory=dict)
    """What it saw, JSON through and through, for the evidence."""
    parts: tuple[Part, ...] = ()
    fits: tuple[RecordKey, ...] = ()
    """Every record that satisfied it."""

    def as_json(self) -> dict[str, Any]:
        """The verdict as evidence keeps it."""
        return {
            "met": self.met,
            "message": self.message.as_json() if self.message else None,
            "record": list(self.record) if self.record else None,
            "bindings": {name: list(key) for name, key in self.bindings.items()},
            "saw": dict(self.saw),
            "parts": [[part.message.as_json(), part.met] for part in self.parts],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Verdict":
        """The verdict that evidence kept."""
        return cls(
            kept["met"],
            Message.from_json(kept["message"]) if kept["message"] else None,
            RecordKey(*kept["record"]) if kept["record"] else None,
            {name: RecordKey(*key) for name, key in kept["bindings"].items()},
            kept["saw"],
            tuple(Part(Message.from_json(message), met) for message, met in kept["parts"]),
        )


@dataclass(frozen=True)
class Court:
    """A world, the names known so far, and how strictly work must be the trainee's own."""

    world: World
    bindings: Bindings
    own_work: bool = False
    since: int = 0

    @property
    def now(self) -> datetime:
        """The space's now."""
        return self.world.now()

    def events(self, by: str) -> list[EventView]:
        """Events of the take by this origin, after the steps that must come before."""
        return [
            event
            for event in self.world.events()
            if event.n > self.since and (by == "anyone" or event.origin == by)
        ]

    def title(self, key: RecordKey) -> str:
        """How people call a record."""
        return title_of(key, self.bindings, self.world)

    def knowing(self, bindings: Mapping[str, RecordKey]) -> "Court":
        """The same court with more names."""
        return replace(self, bindings={**self.bindings, **bind(bindings)})


@dataclass(frozen=True)
class Counting:
    """How many there must be."""

    count: int | None = None
    at_least: int | None = None
    at_most: int | None = None

    @property
    def least(self) -> int:
        """The fewest that satisfy; one, when the file says nothing."""
        if self.count is not None:
            return self.count
        return self.at_least if self.at_least is not None else (1 if self.at_most is None else 0)

    @property
    def most(self) -> int | None:
        """The most that satisfy; None for any number."""
        return self.count if self.count is not None else self.at_most

    @property
    def is_told(self) -> bool:
        """Whether the file says a number at all."""
        return (self.count, self.at_least, self.at_most) != (None, None, None)

    def holds(self, found: int) -> bool:
        """Whether so many are right."""
        return found >= self.least and (self.most is None or found <= self.most)

    def wanted(self) -> dict[str, Any]:
        """The number as a gap of a sentence."""
        if self.count is not None or self.least == self.most:
            return Message("exactly", {"count": self.least}).as_json()
        if self.most is None:
            return Message("or_more", {"count": self.least}).as_json()
        return Message("or_fewer", {"count": self.most}).as_json()


@dataclass(frozen=True)
class Condition:
    """One thing that is so or not."""

    moment: bool
    line: int
    tick: Text | None = field(default=None, kw_only=True)
    """The author's words for its tick-box, instead of those made from its parts."""

    def judge(self, court: Court) -> Verdict:
        """Whether it holds in this court, and what is wrong when it does not."""
        raise NotImplementedError

    def calls(self) -> Mapping[str, str]:
        """The names it gives, each with the type of its record."""
        return {}

    def leaves(self) -> Sequence["Condition"]:
        """The plain conditions in it; itself when it is one."""
        return (self,)


def bind(records: Mapping[str, RecordKey]) -> dict[str, Binding]:
    """Names for records that were not laid out by the file."""
    return {name: Binding(key.type, key.n) for name, key in records.items()}


def judge_in(condition: Condition, court: Court) -> Verdict:
    """The verdict on a condition; one that speaks of a name not there yet is simply not met."""
    try:
        verdict = condition.judge(court)
    except Unbound:
        message = Message("unbound")
        verdict = Verdict(False, message, saw={"unbound": True}, parts=(Part(message, False),))
    return _in_own_words(verdict, condition.tick, court) if condition.tick else verdict


def _in_own_words(verdict: Verdict, tick: Text, court: Court) -> Verdict:
    """The verdict with one tick-box, worded by the author; so is the sentence where nothing came near."""
    text = _filled(tick, court)
    parts = (Part(Message("tick", {"text": text}), verdict.met),)
    if verdict.message and verdict.message.id in _NOTHING_NEAR:
        return replace(verdict, parts=parts, message=Message("none.tick", {"text": text}))
    if verdict.message and verdict.message.id in _TOO_MANY:
        gaps = {"text": text, "records": verdict.message.values["records"]}
        return replace(verdict, parts=parts, message=Message("many.tick", gaps))
    return replace(verdict, parts=parts)


def _filled(tick: Text, court: Court) -> Json:
    names = names_for_text(court.bindings, court.world)
    in_both = (render_text(tick, one, names, court.now, court.world.currency) for one in ("en", "ru"))
    return told(*in_both)


# Sentences that say no more than what is wanted: the author's words say it better.
_NOTHING_NEAR = frozenset({"none.event", "none.event.on", "none.record", "none.record.bare"})
_TOO_MANY = frozenset({"many", "many.none"})
