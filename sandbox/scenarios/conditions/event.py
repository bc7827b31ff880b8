"""`event: {is: call.logged, on: $lead, outcome: reached}`: something was done, by the trainee unless told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sandbox.scenarios.checking import Checking, Named
from sandbox.scenarios.conditions.base import Condition, Counting, Court, Part, Verdict
from sandbox.scenarios.conditions.predicates import Predicate, Tried, compared, read_predicates, try_all
from sandbox.scenarios.expressions import evaluate
from sandbox.scenarios.messages import Message, label, typed
from sandbox.scenarios.naming import in_where
from sandbox.scenarios.source import Loc
from sandbox.scenarios.values import RecordKey, Reference
from sandbox.scenarios.vocabulary import event_codes
from sandbox.scenarios.words import EventWords
from sandbox.scenarios.world import EventView


@dataclass(frozen=True)
class EventCondition(Condition):
    """Events of a code, on a record, with values."""

    word: ClassVar[str] = "event"
    code: str
    action: str
    on: Reference | None
    predicates: tuple[Predicate, ...]
    by: str
    counting: Counting
    call: str | None
    type: str | None

    def calls(self) -> Mapping[str, str]:
        return {self.call: self.type} if self.call and self.type else {}

    def judge(self, court: Court) -> Verdict:
        on = evaluate(self.on, court.bindings, court.world, court.now) if self.on else None
        wanted = on if isinstance(on, RecordKey) else None
        events = [event for event in court.events(self.by) if event.code == self.code]
        tried = [(event, self._try(event, court)) for event in events]
        full = [event for event, one in tried if one.all_hold and wanted in (None, event.record)]
        met = self.counting.holds(len(full))
        saw: dict[str, object] = {
            "events": [event.n for event in events],
            "satisfied": [event.n for event in full],
        }
        if met:
            last = full[-1].record if full else None
            bindings = {self.call: last} if self.call and last else {}
            parts = tuple(Part(part.message, True) for part in self._parts(wanted, court))
            fits = tuple(event.record for event in full if event.record)
            return Verdict(True, None, last, bindings, saw, parts, fits)
        if full or (not events and self.counting.is_told and self.counting.least > 1):
            return self._miscounted(len(full), full, saw, court, wanted)
        if not tried:
            return self._nothing(wanted, saw, court)
        near = max(tried, key=lambda pair: (pair[1].count + (pair[0].record == wanted), pair[0].n))
        return self._nearly(*near, wanted, saw, court)

    def _try(self, event: EventView, court: Court) -> Tried:
        return try_all(self.predicates, event.values.get, court, event.at.astimezone(court.now.tzinfo))

    def _nearly(
        self, event: EventView, one: Tried, on: RecordKey | None, saw: dict[str, object], court: Court
    ) -> Verdict:
        """The event that satisfies most, with what is right and what differs."""
        parts, right, differs = list(one.parts()), one.right(), one.differs()
        if on:
            told = typed(on, court.title(on))
            parts.insert(0, Part(Message("part.on", {"record": told}), event.record == on))
            if event.record == on:
                right.insert(0, Message("record_field"))
            else:
                differs.insert(0, Message("differs.on", {"expected": told}))
        message = Message(
            "near.event.right" if right else "near.event",
            {
                "action": label(self.action),
                "record": self._record(event.record, court),
                **compared(right, differs),
            },
        )
        parts.insert(0, Part(self._named(), True))
        return Verdict(False, message, event.record, {}, {**saw, "near": event.n}, tuple(parts))

    def _parts(self, on: RecordKey | None, court: Court) -> tuple[Part, ...]:
        """The tick-boxes while nothing is done."""
        of = [Part(Message("part.on", {"record": typed(on, court.title(on))}), False)] if on else []
        fields = [predicate.part(False, court, court.now) for predicate in self.predicates]
        return (Part(self._named(), False), *of, *fields)

    def _nothing(self, on: RecordKey | None, saw: dict[str, object], court: Court) -> Verdict:
        gaps = {"action": label(self.action)}
        tried = [one for one in court.world.refusals() if one.action == self.action]
        refused = [one for one in tried if one.n >= court.since]
        if refused and (on is None or refused[-1].record == on):
            message = Message("none.event.refused", gaps)
            saw = {**saw, "refused": refused[-1].code}
        elif on:
            message = Message("none.event.on", {**gaps, "record": typed(on, court.title(on))})
        else:
            message = Message("none.event", gaps)
        return Verdict(False, message, on, {}, saw, self._parts(on, court))

    def _miscounted(
        self, found: int, full: list[EventView], saw: dict[str, object], court: Court, on: RecordKey | None
    ) -> Verdict:
        many = self.counting.most is not None and found > self.counting.most
        gaps = {"action": label(self.action), "found": found, "wanted": self.counting.wanted()}
        record = full[-1].record if full else on
        message = Message("many.event" if many else "few.event", gaps)
        return Verdict(False, message, record, {}, saw, self._parts(on, court))

    def _named(self) -> Message:
        return Message("part.event", {"action": label(self.action)})

    def _record(self, key: RecordKey | None, court: Court) -> object:
        return typed(key, court.title(key)) if key else Message("a_record").as_json()


def read(words: EventWords, moment: bool, checking: Checking, loc: Loc) -> EventCondition | None:
    """The condition as the file writes it, held against the action that leaves the event."""
    codes = event_codes(checking.vocabulary)
    if words.is_ not in codes:
        checking.unknown((*loc, "is"), "event", words.is_, codes)
        return None
    action = codes[words.is_]
    on = checking.record(words.on, action.on, (*loc, "on")) if words.on is not None else None
    if words.on is not None and not action.on:
        checking.fault((*loc, "on"), f'"{words.is_}"{in_where(loc)} happens on no record; leave out "on"')
    own = [field.alias or name for name, field in EventWords.model_fields.items()]
    known = [*action.fields, *own]
    inline = read_predicates(words.fields, action.fields.get, action.code, known, checking, loc)
    told = read_predicates(
        words.where, action.fields.get, action.code, action.fields, checking, (*loc, "where")
    )
    made = action.makes if not action.on else None
    type_ = made or (checking.names[on.name].type if on and on.name in checking.names else None)
    type_ = type_ or (action.on[0] if action.on else action.makes)
    condition = EventCondition(
        moment,
        checking.source.place(loc)[0],
        words.is_,
        action.code,
        on,
        (*inline, *told),
        words.by,
        Counting(words.count, words.at_least, words.at_most),
        words.call,
        type_,
    )
    if words.call and type_:
        checking.name(words.call, Named(type_), (*loc, "call"))
    return condition
