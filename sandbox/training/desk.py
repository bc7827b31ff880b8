"""What a trainer needs to know of their people: who may do what, who is at work, what is overdue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from sandbox.extensions import db
from sandbox.people import Person
from sandbox.scenarios import Progress
from sandbox.training.models import Assignment, Attempt, Evidence
from sandbox.training.runs import left_for_a_day
from sandbox.training.standing import PersonStanding, all_tracks
from sandbox.training.tracks import Operation
from sandbox.web.languages import current_language

STUCK_MINUTES = 5


@dataclass(frozen=True)
class AtWork:
    """One open run: who, on what, at which step, and for how long nothing has happened."""

    attempt: Attempt
    title: str
    step: int
    steps: int
    minutes: int
    helps: int
    refused: str

    @property
    def paused(self) -> bool:
        """Whether the person stopped the clock."""
        return self.attempt.paused_at is not None

    @property
    def stuck(self) -> bool:
        """Whether nothing has happened for so long that somebody should look."""
        return not self.paused and self.minutes >= STUCK_MINUTES


def at_work(people: Iterable[Person], now: datetime) -> list[AtWork]:
    """The open runs of these people in which something happened within a day, the longest still first."""
    query = (
        select(Attempt)
        .options(joinedload(Attempt.person))
        .where(Attempt.status == "open", Attempt.person_id.in_([one.id for one in people]))
    )
    attempts = list(db.session.scalars(query))
    ids = [one.id for one in attempts]
    last = _latest(ids)
    helps, refused = _of_take(attempts, "help"), _of_take(attempts, "refusal")
    found = []
    for attempt in attempts:
        since = last.get(attempt.id, attempt.started_at)
        if left_for_a_day(since, now):
            continue
        step, steps = _where(attempt)
        refusals = refused.get(attempt.id, [])
        found.append(
            AtWork(
                attempt=attempt,
                title=title_of(attempt),
                step=step,
                steps=steps,
                minutes=int((now - since).total_seconds() // 60),
                helps=len(helps.get(attempt.id, [])),
                refused=str(refusals[-1].data.get("sentence", "")) if refusals else "",
            )
        )
    return sorted(found, key=lambda one: (one.paused, -one.minutes))


@dataclass(frozen=True)
class Given:
    """An assignment as the trainer reads it: done when its person may do the operation alone."""

    assignment: Assignment
    done: bool
    words: str

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done before `today`."""
        due = self.assignment.due
        return not self.done and due is not None and due < today


def given(assignment: Assignment, everybody: Iterable[PersonStanding]) -> Given:
    """The same answer as the person's own page gives; outside the job role one clean run will do."""
    mine = next(one for one in everybody if one.person.id == assignment.person_id)
    operation = all_tracks().operation_of(assignment.scenario)
    standing = mine.standings.get(operation.code) if operation else None
    if standing is not None:
        return Given(assignment, standing.state.valid, standing.words)
    clean = any(
        run.scenario == assignment.scenario
        and run.all_conditions_hold
        and run.mode != "learn"
        and run.finished_at is not None
        and run.finished_at >= assignment.given_at
        for run in mine.runs
    )
    return Given(assignment, clean, _("done") if clean else _("not yet"))


def title_of(attempt: Attempt) -> str:
    """The operation that the attempt counts for, in the reader's language."""
    operation = all_tracks().operations.get(attempt.operation)
    return operation.title.in_(current_language()) if operation else attempt.operation


def operations_for(everybody: list[PersonStanding]) -> list[Operation]:
    """The columns of the heat map: the operations of the people's job roles, in the order of the file."""
    wanted = {code for one in everybody for code in one.standings}
    return [one for one in all_tracks().operations.values() if one.code in wanted]


def finding(everybody: list[PersonStanding], working: list[AtWork], overdue: int) -> str:
    """The sentence with which the desk opens: the most urgent thing that is so."""
    if not everybody:
        return _("There is nobody in your groups yet.")
    stuck = sum(1 for one in working if one.stuck)
    if stuck:
        return ngettext("%(num)d person may be stuck.", "%(num)d people may be stuck.", stuck)
    if overdue:
        return ngettext("%(num)d assignment is overdue.", "%(num)d assignments are overdue.", overdue)
    operation = _holding_back(everybody)
    if operation is None:
        return _("Everybody may do every task of their job role alone.")
    title = operation.title.in_(current_language())
    return _("“%(operation)s” holds the group back most.", operation=title)


def _holding_back(everybody: list[PersonStanding]) -> Operation | None:
    open_: dict[str, int] = {}
    for one in everybody:
        for code, standing in one.standings.items():
            if not standing.state.valid:
                open_[code] = open_.get(code, 0) + 1
    worst = max(open_, key=lambda code: open_[code], default=None)
    return all_tracks().operations[worst] if worst else None


def _where(attempt: Attempt) -> tuple[int, int]:
    progress = Progress.from_json(attempt.progress) if attempt.progress else Progress()
    steps = len(progress.steps)
    return (progress.current.index + 1 if progress.current else steps), steps


def _latest(ids: list[int]) -> dict[int, datetime]:
    query = select(Evidence.attempt_id, func.max(Evidence.at)).where(Evidence.attempt_id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Evidence.attempt_id))}


def _of_take(attempts: list[Attempt], kind: str) -> dict[int, list[Evidence]]:
    """The evidence of a kind by attempt, oldest first."""
    query = select(Evidence).where(
        Evidence.attempt_id.in_([one.id for one in attempts]), Evidence.kind == kind
    )
    found: dict[int, list[Evidence]] = {}
    for row in db.session.scalars(query.order_by(Evidence.id)):
        found.setdefault(row.attempt_id, []).append(row)
    return found
