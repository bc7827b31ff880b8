"""`record: {is: deal, where: {amount: $lead.budget}, count: 1}`: the state, whoever made it.

In `expect` the work must be the trainee's: a field it reads was changed, or the record made, in this take.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from sandbox.scenarios.checking import Checking, Named
from sandbox.scenarios.conditions.base import Condition, Counting, Court, Part, Verdict
from sandbox.scenarios.conditions.predicates import Predicate, Tried, compared, read_predicates, tries
from sandbox.scenarios.expressions import evaluate
from sandbox.scenarios.messages import Json, Message, label, listed, title
from sandbox.scenarios.naming import in_where
from sandbox.scenarios.source import Loc
from sandbox.scenarios.values import RecordKey, Reference
from sandbox.scenarios.vocabulary import find_field
from sandbox.scenarios.words import RecordWords
from sandbox.scenarios.world import RecordView


@dataclass(frozen=True)
class RecordCondition(Condition):
    """Records of a type, or one record, whose fields hold what they should."""

    word: ClassVar[str] = "record"
    type: str
    one: Reference | None
    predicates: tuple[Predicate, ...]
    by: str | None
    counting: Counting
    call: str | None

    def calls(self) -> Mapping[str, str]:
        return {self.call: self.type} if self.call else {}

    def judge(self, court: Court) -> Verdict:
        candidates = self._candidates(court)
        if self.one and not candidates:
            return self._gone(court)
        try_on = tries(self.predicates, court, court.now)
        tried = [(record, try_on(record.get)) for record in candidates]
        full = [record for record, one in tried if one.all_hold]
        saw = {"satisfied": [record.n for record in full], "of": len(tried)}
        if not self.counting.holds(len(full)):
            return self._unmet(tried, full, saw, court)
        if not self._is_own_work(full, court):
            return self._not_own(full, saw, court)
        touched = Touched(court, self._by(court))
        chosen = max(full, key=lambda record: (touched.last(record), record.n), default=None)
        key = RecordKey(chosen.type, chosen.n) if chosen else None
        bindings = {self.call: key} if self.call and key else {}
        fits = tuple(_key(record) for record in full)
        return Verdict(True, None, key, bindings, saw, self._parts(True, court), fits)

    def _candidates(self, court: Court) -> list[RecordView]:
        if not self.one:
            return [record for record in court.world.records(self.type) if not record.deleted]
        key = evaluate(self.one, court.bindings, court.world, court.now)
        record = court.world.record(*key) if isinstance(key, RecordKey) else None
        return [record] if record and not record.deleted else []

    def _gone(self, court: Court) -> Verdict:
        key = evaluate(self.one, court.bindings, court.world, court.now)
        if self.counting.holds(0):
            return Verdict(True, saw={"satisfied": [], "of": 0}, parts=self._parts(True, court))
        saw = {"satisfied": [], "of": 0, "deleted": True}
        if not isinstance(key, RecordKey) or court.world.record(*key) is None:
            message = Message("absent", {"type": self._named().as_json()})
            return Verdict(False, message, None, {}, saw, self._parts(False, court))
        message = Message("deleted", {"record": title(key, court.title(key))})
        return Verdict(False, message, key, {}, saw, self._parts(False, court))

    def _by(self, court: Court) -> str:
        """Whose work it must be."""
        return self.by or ("trainee" if court.own_work else "anyone")

    def _is_own_work(self, full: list[RecordView], court: Court) -> bool:
        if self._by(court) == "anyone":
            return True
        touched = Touched(court, self._by(court))
        # where none must be left, somebody must have seen to that
        records = full or (court.world.records(self.type) if self.counting.least == 0 else [])
        return any(touched.reads(record, self.predicates) for record in records)

    def _not_own(self, full: list[RecordView], saw: dict[str, Json], court: Court) -> Verdict:
        parts = (*self._parts(True, court), Part(Message("part.own"), False))
        saw = {**saw, "own_work": False}
        if not full:
            return Verdict(
                False, Message("not_yours.bare", {"type": self._named().as_json()}), None, {}, saw, parts
            )
        message = Message("not_yours", {"record": title(_key(full[-1]), full[-1].title)})
        return Verdict(False, message, _key(full[-1]), {}, saw, parts)

    def _unmet(
        self,
        tried: list[tuple[RecordView, Tried]],
        full: list[RecordView],
        saw: dict[str, Json],
        court: Court,
    ) -> Verdict:
        if self.counting.most is not None and len(full) > self.counting.most:
            return self._too_many(full, saw, court)
        near = self._nearest(tried, court)
        if near:
            record, best = near
            told = "near.record.right" if best.count else "near.record"
            gaps = compared(best.right(), best.differs())
            message = Message(told, {"record": title(_key(record), record.title), **gaps})
            saw, parts = {**saw, "near": record.n}, self._ticks(best)
        else:
            record, message, parts = None, self._none(court), self._parts(False, court)
        if full:
            gaps = {"type": label(self._what()), "found": len(full), "wanted": self.counting.wanted()}
            message = Message("few", {**gaps, "near": message.as_json()})
        return Verdict(False, message, _key(record) if record else None, {}, saw, parts)

    def _nearest(
        self, tried: list[tuple[RecordView, Tried]], court: Court
    ) -> tuple[RecordView, Tried] | None:
        """The record that satisfies most; where own work is asked for, not just any record of the company."""
        touched = Touched(court, "trainee")

        def is_worth_naming(record: RecordView, one: Tried) -> bool:
            if self.one or not court.own_work:
                return bool(self.one or one.count)
            related = touched.worked(record) or one.leads_right
            return related and 2 * one.count >= len(one.tests) - (len(one.tests) == 1)

        worthy = [pair for pair in tried if not pair[1].all_hold and is_worth_naming(*pair)]
        return max(
            worthy,
            key=lambda pair: (pair[1].count, touched.worked(pair[0]), touched.last(pair[0]), pair[0].n),
            default=None,
        )

    def _too_many(self, full: list[RecordView], saw: dict[str, Json], court: Court) -> Verdict:
        touched = Touched(court, "trainee")
        listing = sorted(full, key=touched.last, reverse=True)[:5]
        gaps = {
            "type": label(self._what()),
            "found": len(full),
            "wanted": self.counting.wanted(),
            "records": {"list": [title(_key(one), one.title) for one in listing], "joined": ", "},
        }
        told = "many" if self.counting.most else "many.none"
        return Verdict(False, Message(told, gaps), _key(listing[0]), {}, saw, self._parts(False, court))

    def _none(self, court: Court) -> Message:
        gaps = {"type": self._named().as_json()}
        told = [part.message for part in self._parts(False, court) if part.message != self._named()]
        if not told:
            return Message("none.record.bare", gaps)
        return Message("none.record", {**gaps, "expected": listed(told, ", ")})

    def _parts(self, met: bool, court: Court) -> tuple[Part, ...]:
        """The tick-boxes while nothing is near, or everything is right."""
        fields = [one.part(met, court, court.now) for one in self.predicates if one is not self._kind()]
        return (*self._naming(met, bool(fields)), *fields)

    def _ticks(self, tried: Tried) -> tuple[Part, ...]:
        """The tick-boxes of a record that came near."""
        kind = self._kind()
        fields = [one.part(met, tried.court, tried.now) for one, _, met in tried.tests if one is not kind]
        is_so = all(met for one, _, met in tried.tests if one is kind)
        return (*self._naming(is_so, bool(fields)), *fields)

    def _naming(self, met: bool, is_told_more: bool) -> tuple[Part, ...]:
        """What it is; of a record known by name its fields say enough."""
        return () if self.one and is_told_more else (Part(self._named(), met),)

    def _named(self) -> Message:
        return Message("part.record", {"type": label(self._what())})

    def _what(self) -> str:
        """What people call it: an activity by its kind."""
        kind = self._kind()
        return f"{self.type}.kind={kind.comparison.args[0]}" if kind else self.type

    def _kind(self) -> Predicate | None:
        """The predicate that says which kind of a thing it is."""
        told = (one for one in self.predicates if one.path == "kind" and one.comparison.word == "equals")
        return next(told, None)


class Touched:
    """Which rows somebody's work of this take changed or made, and when last."""

    def __init__(self, court: Court, by: str) -> None:
        self._court = court
        self._fields: set[tuple[str, int, str]] = set()
        self._last: dict[tuple[str, int], int] = {}
        self._made: set[tuple[str, int]] = set()
        for event in court.events(by):
            self._fields |= event.changed
            self._made |= event.made
            rows = {(type_, n) for type_, n, _ in event.changed} | event.made
            self._last.update(dict.fromkeys(rows, event.n))

    def reads(self, record: RecordView, predicates: tuple[Predicate, ...]) -> bool:
        """Whether this work made the record, or changed a field that the predicates read on it."""
        if (record.type, record.n) in self._made or (record.type, record.n, "deleted") in self._fields:
            return True
        return any(row in self._fields for predicate in predicates for row in self._rows(record, predicate))

    def worked(self, record: RecordView) -> bool:
        """Whether this work touched the record at all."""
        return (record.type, record.n) in self._last

    def last(self, record: RecordView) -> int:
        """The number of the last event of this work on the record; 0 for none."""
        return self._last.get((record.type, record.n), 0)

    def _rows(self, record: RecordView, predicate: Predicate) -> Iterator[tuple[str, int, str]]:
        for path in predicate.reads or (predicate.path,):
            at: RecordView | None = record
            while at is not None and path:
                yield at.type, at.n, path
                head, _, path = path.partition(".")
                yield at.type, at.n, head
                target = at.get(head)
                at = self._court.world.record(*target) if isinstance(target, RecordKey) else None


def read(words: RecordWords, moment: bool, checking: Checking, loc: Loc) -> RecordCondition | None:
    """The condition as the file writes it, held against the type of its records."""
    one = checking.record(words.is_, (), (*loc, "is")) if words.is_.startswith("$") else None
    if words.is_.startswith("$"):
        field = checking.kind_of(one) if one else None
        type_ = field.types[0] if field and field.types else None
    else:
        type_ = checking.type_(words.is_, (*loc, "is"))
    if type_ is None:
        return None
    known = checking.vocabulary.types[type_].fields if type_ in checking.vocabulary.types else {}
    predicates = read_predicates(
        words.where,
        lambda path: find_field(checking.vocabulary, type_, path),
        type_,
        known,
        checking,
        (*loc, "where"),
    )
    counting = Counting(words.count, words.at_least, words.at_most)
    if words.call:
        if counting.most == 0:
            checking.fault((*loc, "call"), f"nothing can be called what must not be there{in_where(loc)}")
        checking.name(words.call, Named(type_), (*loc, "call"))
    line = checking.source.place(loc)[0]
    return RecordCondition(moment, line, type_, one, predicates, words.by, counting, words.call)


def _key(record: RecordView) -> RecordKey:
    return RecordKey(record.type, record.n)
