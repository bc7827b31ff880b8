"""What the board reads: people by job role with their clearances, and the sentence that sums them up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select

from sandbox.people import Person, people_seen_by, roles
from sandbox.people.job_roles import title_of
from sandbox.training.clearances import DEMO_WORLD, REAL_WORLD
from sandbox.training.counting import mode_words, verdict_kind, verdict_words, why
from sandbox.training.runs import Run
from sandbox.training.standing import PersonStanding, Standing, all_tracks
from sandbox.training.tracks import Operation
from sandbox.web.languages import current_language

NEEDED = Fraction(9, 10)  # R >= 0.90 and every critical clearance. Source: the readiness model, 2.6.


@dataclass(frozen=True)
class RoleBoard:
    """The people of one job role, and the operations that the role does."""

    code: str
    title: str
    operations: tuple[Operation, ...]
    people: tuple[PersonStanding, ...]

    @property
    def covered(self) -> int:
        """How many people hold every critical clearance and enough of the rest."""
        return sum(1 for one in self.people if is_covered(one))


@dataclass(frozen=True)
class RunTold:
    """One run of an operation, and why it counted or not."""

    run: Run
    scenario: str
    mode: str
    verdict: str
    kind: str
    why: str
    used: bool


def readable_people(viewer: Person) -> Select[Person]:
    """The active trainees that this person may read about."""
    return people_seen_by(viewer).where(Person.role == roles.TRAINEE, Person.is_active)


def is_covered(one: PersonStanding) -> bool:
    """Whether coverage is enough and every critical clearance holds; the control run is still apart."""
    if one.covered is None or one.covered < NEEDED:
        return False
    return all(standing.state.covers for standing in one.critical)


def roles_of(everybody: Iterable[PersonStanding]) -> list[RoleBoard]:
    """The people by job role, in the order of the roles' titles; without a job role last."""
    by_role: dict[str, list[PersonStanding]] = {}
    for one in everybody:
        by_role.setdefault(one.person.job_role or "", []).append(one)
    boards = [
        RoleBoard(
            code, title_of(code) or _("Without a job role"), all_tracks().operations_of(code), tuple(people)
        )
        for code, people in by_role.items()
    ]
    return sorted(boards, key=lambda board: (not board.operations, board.title))


def finding(boards: list[RoleBoard]) -> str:
    """The sentence with which the page opens; no data is never read as readiness."""
    people = [one for board in boards for one in board.people]
    if not people:
        return _("No data: there are no trainees yet.")
    judged = [one for one in people if one.covered is not None]
    if not any(one.runs for one in judged):
        return _("No data: nobody has run a scenario yet.")
    covered = sum(1 for one in judged if is_covered(one))
    if covered == len(people):
        return _("Everyone may do the work of their job role alone. The control run is still to come.")
    if covered:
        return ngettext(
            "Not yet: %(covered)d of %(num)d person may do the work of their job role alone.",
            "Not yet: %(covered)d of %(num)d people may do the work of their job role alone.",
            len(people),
            covered=covered,
        )
    return _("Not yet: nobody may do all the work of their job role alone.")


def first_missing(one: PersonStanding) -> tuple[Standing, str] | None:
    """The clearance that is nearest and what it still needs; None when all hold."""
    rest = [standing for standing in one.standings.values() if standing.missing and not standing.state.valid]
    rest = rest or [standing for standing in one.standings.values() if standing.heat == "ending"]
    nearest = max(rest, key=_nearness, default=None)
    return (nearest, nearest.missing) if nearest is not None else None


def _nearness(standing: Standing) -> tuple[Fraction, bool, bool, bool]:
    ladder = standing.state.ladder
    return ladder.alone, ladder.tried, ladder.see, standing.critical


def runs_told(standing: Standing, person: Person) -> list[RunTold]:
    """Every run of the operation, newest first, with the reason why it counted or not."""
    timed, used = standing.operation.timed, set(standing.state.used_runs)
    counts = DEMO_WORLD if person.is_demo else REAL_WORLD
    told = []
    for run in sorted(standing.runs, key=lambda one: (one.finished_at or one.started_at, one.attempt)):
        foreign = run.origin not in counts
        told.append(
            RunTold(
                run=run,
                scenario=standing.operation.title.in_(current_language()),
                mode=mode_words(run.mode),
                verdict=_("not counted") if foreign else verdict_words(run, timed=timed),
                kind="" if foreign else verdict_kind(run, timed=timed),
                why=_("It belongs to the demo history.")
                if foreign
                else why(run, timed=timed, used=run.attempt in used),
                used=run.attempt in used,
            )
        )
    return told[::-1]


def evidence_up_to(everybody: Iterable[PersonStanding]) -> date | None:
    """The day of the last run on which the page rests; None where there is none."""
    return max((run.day for one in everybody for run in one.runs), default=None)
