"""Where people stand: the clearance of each person for each operation of their job role, and the coverage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sandbox.people import Person
from sandbox.training.catalogue import FOLDER
from sandbox.training.clearances import (
    DEMO_WORLD,
    EXPIRED,
    EXPIRING,
    HELD,
    NONE,
    REAL_WORLD,
    REVOKED,
    SEEN,
    ClearanceState,
    K,
    clearance,
    coverage,
)
from sandbox.training.runs import DEMO, Run
from sandbox.training.runs_of import project_today, runs_of
from sandbox.training.tracks import Operation, Tracks, load_tracks
from sandbox.training.wording import missing_sentence, state_words
from sandbox.web.languages import current_language

HEAT = {NONE: "none", SEEN: "seen", HELD: "alone", EXPIRING: "ending", EXPIRED: "ending", REVOKED: "revoked"}


@dataclass(frozen=True)
class Standing:
    """One person's clearance for one operation, with all runs of the operation."""

    operation: Operation
    state: ClearanceState
    critical: bool
    runs: tuple[Run, ...]

    @property
    def title(self) -> str:
        """The operation in the reader's language."""
        return self.operation.title.in_(current_language())

    @property
    def words(self) -> str:
        """Where the person stands, in a few words."""
        return state_words(self.state)

    @property
    def missing(self) -> str:
        """What the next clearance or renewal needs; empty when nothing does."""
        return missing_sentence(self.state)

    @property
    def more(self) -> str:
        """The same where it says more than `words` do."""
        return "" if self.missing.rstrip(".") == self.words else self.missing

    @property
    def heat(self) -> str:
        """The kind of cell of the heat map."""
        if self.state.state in (EXPIRED, REVOKED) and self.state.passes_toward_k:
            return "runs"
        return HEAT.get(self.state.state, "runs")

    @property
    def heat_text(self) -> str:
        """What stands in the cell: days left, or clean runs of those needed."""
        if self.state.valid:
            return str(self.state.days_left)
        if self.heat == "ending":
            return "0"
        return f"{self.state.passes_toward_k}/{self.state.k}"


@dataclass(frozen=True)
class PersonStanding:
    """One person with a standing for each operation of the job role, in the order of the file of tracks."""

    person: Person
    standings: dict[str, Standing]
    covered: Fraction | None
    covered_weight: int
    total_weight: int
    runs: tuple[Run, ...]

    @property
    def held(self) -> list[Standing]:
        """The operations that the person may do alone today."""
        return [one for one in self.standings.values() if one.state.valid]

    @property
    def critical(self) -> list[Standing]:
        """The critical operations of the job role."""
        return [one for one in self.standings.values() if one.critical]

    @property
    def has_demo(self) -> bool:
        """Whether anything here comes from the demo history, which is labelled so."""
        return any(run.origin == DEMO for run in self.runs)


def all_tracks() -> Tracks:
    """The operations and tracks as their file stands."""
    return load_tracks(FOLDER / "tracks.yaml")


def standings(people: Iterable[Person], today: date | None = None) -> list[PersonStanding]:
    """Where each of these people stands on the day, in the order given; three queries for all of them.

    The demo history counts for the accounts of the demo alone.
    """
    everybody, day = list(people), today or project_today()
    tracks, runs = all_tracks(), runs_of(everybody)
    return [_standing_of(person, runs.get(person.id, []), tracks, day) for person in everybody]


def standing_of(person: Person, today: date | None = None) -> PersonStanding:
    """Where one person stands."""
    return standings([person], today)[0]


def standing_in(person: Person, operation: Operation, runs: list[Run], today: date) -> Standing:
    """The standing for one operation, whether or not the job role has it."""
    role = person.job_role or ""
    state = clearance(
        runs,
        operation.code,
        today=today,
        k=operation.k(role) if role in operation.roles else K,
        timed=operation.timed,
        origins=DEMO_WORLD if person.is_demo else REAL_WORLD,
    )
    mine = tuple(run for run in runs if run.operation == operation.code)
    return Standing(operation, state, operation.critical(role), mine)


def _standing_of(person: Person, runs: list[Run], tracks: Tracks, today: date) -> PersonStanding:
    role = person.job_role or ""
    found = {one.code: standing_in(person, one, runs, today) for one in tracks.operations_of(role)}
    weights = tracks.weights(role)
    covered = coverage({code: one.state for code, one in found.items()}, weights)
    held = sum(weights[code] for code, one in found.items() if one.state.covers)
    return PersonStanding(person, found, covered, held, sum(weights.values()), tuple(runs))
