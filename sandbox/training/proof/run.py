"""One run of a scenario for the proof: on a space of its own, of which nothing is left in the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.kernel.errors import Refused
from sandbox.ledger import registry
from sandbox.ledger.fields import json_value
from sandbox.people import Person, add_person, roles
from sandbox.play.performing import FormRefused, play, record_of
from sandbox.scenarios import Binding, Do, FinishVerdict, Open, Progress, RecordKey, Scenario, place, resolve
from sandbox.scenarios.expressions import Unbound
from sandbox.scenarios.moves import Performed
from sandbox.spaces import Colleague, inside
from sandbox.training import attempts, judging
from sandbox.training.models import Attempt
from sandbox.web.unit_of_work import unit_of_work

Changes = Mapping[str, object]


class Stopped(Exception):
    """A move that could not be made: `code` names who turned it down, and `why` says it."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why


class _RolledBack(Exception):
    """The run is over, and nothing of it stays."""


class Run:
    """An attempt that the proof plays."""

    def __init__(self, scenario: Scenario, attempt: Attempt, me: Colleague) -> None:
        self.scenario = scenario
        self.attempt = attempt
        self.me = me
        self._made: dict[str, Binding] = {}

    @property
    def progress(self) -> Progress:
        """How far the run is, as it was judged after the last event."""
        return judging.progress_of(self.attempt) or Progress()

    @property
    def bindings(self) -> dict[str, Binding]:
        """What the names of the file stand for by now, with what moves have named."""
        return {**self._made, **judging.bindings_of(self.attempt)}

    def step(self, index: int, changes: Mapping[int, Changes] | None = None) -> None:
        """Make the moves of a step; `changes` are other values for the move at an index; raises Stopped."""
        for at, move in enumerate(self.scenario.steps[index].do):
            self.make(move, (changes or {}).get(at))

    def make(self, move: Do | Open, changes: Changes | None = None) -> None:
        """Make one move as a person would; raises Stopped when it cannot be made."""
        try:
            if isinstance(move, Open):
                self._open(place(move, self.bindings))
            else:
                self._perform(changed(self.resolved(move), changes or {}))
        except Unbound as fault:
            raise Stopped("unbound", f"nothing is named {fault.name} yet") from None

    def resolved(self, move: Do) -> Performed:
        """The move with the values that it has by now; Unbound when a name stands for nothing yet."""
        company = self.attempt.space.company
        world = judging.world_of(self.attempt)
        return resolve(move, self.bindings, world, company.language, company.currency)

    def finish(self) -> FinishVerdict:
        """Press Finish."""
        return attempts.conclude(self.attempt)

    def _open(self, where: RecordKey | str) -> None:
        told = {"page": where} if isinstance(where, str) else {"type": where.type, "n": where.n}
        judging.note(self.attempt, "seen", **told)
        db.session.flush()
        judging.judge(self.attempt)

    def _perform(self, move: Performed) -> None:
        at = self.attempt.space.now()
        try:
            with db.session.begin_nested():
                done = play(move, by=self.me, at=at, person_id=self.attempt.person_id)
        except FormRefused as fault:
            raise Stopped(
                "the form", "; ".join(str(one) for many in fault.errors.values() for one in many)
            ) from None
        except Refused as refusal:
            values = {name: _told(value) for name, value in move.values.items()}
            judging.note_refusal(self.attempt, registry[move.action], record_of(move.on), values, refusal)
            raise Stopped(refusal.code, str(refusal.message)) from None
        db.session.flush()
        if move.call and done.record is not None:
            self._made[move.call] = Binding(str(done.record.__record__), done.record.n)


def changed(move: Performed, changes: Changes) -> Performed:
    """A move with other values; `on` is the record it is made on."""
    values = {**move.values, **{name: value for name, value in changes.items() if name != "on"}}
    on = changes.get("on", move.on)
    return replace(move, on=on if isinstance(on, RecordKey) else None, values=values)


@contextmanager
def run_of(scenario: Scenario, company: str, seed: int, *, nasty: float = 0.0) -> Iterator[Run]:
    """A run that has just begun, in a unit of work that is rolled back at the end of the block.

    `nasty` is the share of difficult names among what is made up, 0 to 1.
    """
    try:
        with unit_of_work():
            attempt = attempts.start(_nobody(), scenario, "exam", company, seed=seed, nasty=nasty)
            with inside(attempt.space):
                yield Run(scenario, attempt, attempts.me_in(attempt))
            raise _RolledBack
    except _RolledBack:
        pass


def _nobody() -> Person:
    """Who plays for the proof: a person who is gone when the run is."""
    now = machine_now()
    email = f"proof-{now.timestamp()}@proof.example"
    nobody = "-"  # no hash: nobody signs in with it
    return add_person(name="Proof", email=email, password_hash=nobody, role=roles.TRAINEE, at=now)


def _told(value: object) -> object:
    if isinstance(value, RecordKey):
        return {"type": value.type, "n": value.n}
    return json_value(value)
