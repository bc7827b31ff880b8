"""A scenario as checked objects, and how its words become them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps

from sandbox.scenarios.checking import Checking, Named
from sandbox.scenarios.conditions import Condition, read_condition
from sandbox.scenarios.faults import ScenarioFaults
from sandbox.scenarios.given import Given, read_given
from sandbox.scenarios.moves import Do, Move, Open, read_moves
from sandbox.scenarios.needs import read_needs
from sandbox.scenarios.source import Loc, Source
from sandbox.scenarios.values import Text
from sandbox.scenarios.vocabulary import Vocabulary
from sandbox.scenarios.words import ConditionWords, MistakeWords, Part, ScenarioWords, StepWords


@dataclass(frozen=True)
class Step:
    """One step of the work; `index` counts from 0, people count from 1."""

    index: int
    title: Text | None
    say: Text
    do: tuple[Move, ...]
    expect: tuple[Condition, ...]
    hints: tuple[Text, ...]
    after: tuple[int, ...]
    """Indexes of the steps that must be done before."""
    digest: str
    line: int

    @property
    def guidance_only(self) -> bool:
        """A step of `open` alone: ticked by the page that was seen, not scored, absent from exams."""
        return not self.expect


@dataclass(frozen=True)
class Try:
    """How the proof makes a mistake: after so many steps, these moves."""

    after: int
    do: tuple[Move, ...]


@dataclass(frozen=True)
class Mistake:
    """A wrong turn worth a sentence."""

    index: int
    when: Condition
    say: Text
    critical: bool
    try_: Try | None
    line: int


@dataclass(frozen=True)
class Scenario:
    """A scenario that can be played wherever its vocabulary is spoken."""

    slug: str
    file: str
    title: Text
    area: str
    role: str
    process: str
    operation: str
    level: str
    minutes: int
    needs: tuple[str, ...]
    story: Text
    given: tuple[Given, ...]
    steps: tuple[Step, ...]
    keep: tuple[Condition, ...]
    mistakes: tuple[Mistake, ...]
    digest: str
    names: Mapping[str, str]
    """Every name of the file with the type of its record."""
    source: Source = field(repr=False, compare=False)
    words: ScenarioWords = field(repr=False, compare=False)


def read_scenario(source: Source, words: ScenarioWords, vocabulary: Vocabulary, slug: str) -> Scenario:
    """The file's words as checked objects; ScenarioFaults with everything that does not hold."""
    checking = Checking(source, vocabulary)
    title = checking.text(words.title, ("title",))
    if vocabulary.roles and words.role not in vocabulary.roles:
        checking.unknown(("role",), "job role", words.role, vocabulary.roles)
    read_needs(words.needs, checking)
    given = read_given(words.given, checking)
    story = checking.text(words.story, ("story",))
    keep = _conditions(words.keep, checking, ("keep",))
    steps = _read_steps(words.steps, checking)
    mistakes = tuple(
        mistake
        for at, one in enumerate(words.mistakes)
        if (mistake := _read_mistake(at, one, checking, len(steps)))
    )
    if checking.faults:
        raise ScenarioFaults(checking.faults)
    return Scenario(
        slug=slug,
        file=source.name,
        title=title,
        area=words.area,
        role=words.role,
        process=words.process,
        operation=words.operation,
        level=words.level,
        minutes=words.minutes,
        needs=tuple(words.needs),
        story=story,
        given=given,
        steps=steps,
        keep=keep,
        mistakes=mistakes,
        digest=digest_of(words),
        names={name: named.type for name, named in checking.names.items()},
        source=source,
        words=words,
    )


def digest_of(words: Part) -> str:
    """SHA-256 of what the words say: comments, order of words and layout do not count."""
    said = words.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return sha256(dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _read_steps(raw: list[StepWords], checking: Checking) -> tuple[Step, ...]:
    made: dict[str, Named] = {}  # what moves make is known to later moves, never to texts or conditions
    return tuple(_read_step(at, words, checking, made) for at, words in enumerate(raw))


def _read_step(at: int, words: StepWords, checking: Checking, made: dict[str, Named]) -> Step:
    loc: Loc = ("steps", at)
    title = checking.text(words.title, (*loc, "title")) if words.title else None
    say = checking.text(words.say, (*loc, "say"))
    hints = tuple(checking.text(hint, (*loc, "hints", n)) for n, hint in enumerate(words.hints))
    with checking.scope():
        known = dict(checking.names)
        checking.names = {**made, **checking.names}
        do = read_moves(words.do, checking, (*loc, "do"))
        made.update({name: named for name, named in checking.names.items() if name not in known})
    expect = _conditions(words.expect, checking, (*loc, "expect"))
    for n, number in enumerate(words.after):
        if number > at:
            told = f'"after" in step {at + 1}: expected the number of an earlier step'
            checking.fault((*loc, "after", n), told)
    if not words.do:
        checking.fault(loc, f'step {at + 1} has nothing in "do": nobody could be shown how it is done')
    elif not words.expect and any(isinstance(move, Do) for move in do):
        checking.fault(loc, f'step {at + 1} does something, and "expect" is missing: it could never tick')
    after = tuple(number - 1 for number in words.after)
    line = checking.source.place(loc)[0]
    return Step(at, title, say, do, expect, hints, after, digest_of(words), line)


def _read_mistake(at: int, words: MistakeWords, checking: Checking, steps: int) -> Mistake | None:
    loc: Loc = ("mistakes", at)
    with checking.scope():
        when = read_condition(words.when, checking, (*loc, "when"))
        say = checking.text(words.say, (*loc, "say"))
        do = read_moves(words.try_.do, checking, (*loc, "try", "do")) if words.try_ else ()
    if words.try_ and words.try_.after > steps:
        checking.fault((*loc, "try", "after"), f'"after" in mistake {at + 1}: there are only {steps} steps')
    if when is None:
        return None
    trial = Try(words.try_.after, do) if words.try_ else None
    return Mistake(at, when, say, words.critical, trial, checking.source.place(loc)[0])


def _conditions(raw: list[ConditionWords], checking: Checking, loc: Loc) -> tuple[Condition, ...]:
    read = (read_condition(words, checking, (*loc, at)) for at, words in enumerate(raw))
    return tuple(condition for condition in read if condition)


__all__ = ["Do", "Mistake", "Open", "Scenario", "Step", "Try", "digest_of", "read_scenario"]
