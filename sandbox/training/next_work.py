"""What a person does next: an open run, else the first assignment or task of their track that is not done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from sandbox.extensions import db
from sandbox.people import Person
from sandbox.scenarios import Progress, Scenario
from sandbox.training.assigning import assignments_of
from sandbox.training.clearances import NEEDS_PASSES
from sandbox.training.models import Attempt
from sandbox.training.proofs import offered
from sandbox.training.standing import PersonStanding, Standing, all_tracks, standing_in
from sandbox.web.languages import current_language


@dataclass(frozen=True)
class Task:
    """One scenario as a row of the person's list."""

    slug: str
    title: str
    icon: str
    minutes: int
    standing: Standing
    due: date | None
    assigned: bool
    open_attempt: Attempt | None
    step_titles: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether the person may do it alone and nothing runs out this week."""
        return self.standing.state.valid and self.standing.heat == "alone"

    @property
    def mode(self) -> str:
        """The mode that comes next: see it, then try it."""
        return "practice" if self.standing.state.ladder.see or self.standing.state.ladder.tried else "learn"

    @property
    def in_control_run(self) -> bool:
        """Whether a control run is open: its steps, and which of them are right, are told nowhere."""
        return self.open_attempt is not None and self.open_attempt.mode == "exam"

    @property
    def verb(self) -> str:
        """The word on the row's button."""
        if self.standing.heat == "ending":
            return _("Renew")
        return _("Try") if self.mode == "practice" else _("See")

    @property
    def story(self) -> str:
        """What comes of doing it now, in one sentence."""
        if self.mode == "learn":
            return _("Begin by seeing it done. The coach lights every place, and help is free.")
        missing = self.standing.state.missing
        if missing is not None and missing.reason == NEEDS_PASSES and missing.need - missing.have == 1:
            return _("One more clean run today, and you may do this alone.")
        return self.standing.missing or _("Do it once more on fresh data to keep it fresh.")

    @property
    def steps(self) -> int:
        """How many steps it has."""
        return len(self.step_titles)

    @property
    def steps_told(self) -> list[tuple[str, str]]:
        """Each step with where it stands: `done`, `now`, or nothing yet."""
        progress = self._progress
        done = {state.index for state in progress.steps if state.ticked} if progress else set()
        now = progress.current.index if progress and progress.current else None
        return [
            ("done" if n in done else "now" if n == now else "", title)
            for n, title in enumerate(self.step_titles)
        ]

    @property
    def steps_done(self) -> int:
        """How many steps of the open run have ticked."""
        return sum(1 for state, _title in self.steps_told if state == "done")

    @property
    def current_step(self) -> int:
        """The number of the step at which the open run stands, from 1."""
        progress = self._progress
        return progress.current.index + 1 if progress and progress.current else max(self.steps, 1)

    @property
    def _progress(self) -> Progress | None:
        kept = self.open_attempt.progress if self.open_attempt else None
        return Progress.from_json(kept) if kept else None


def tasks_of(person: Person, standing: PersonStanding, company: str, today: date) -> list[Task]:
    """The scenarios of the person's tracks and assignments that the company can play, in order."""
    tracks, playable = all_tracks(), offered(company)
    given = {one.scenario: one.due for one in assignments_of(person)}
    opened = open_attempts(person)
    wanted = [slug for track in tracks.tracks_of(person.job_role or "") for slug in track.scenarios]
    wanted = list(dict.fromkeys([*wanted, *given, *opened]))
    found = []
    for slug in wanted:
        scenario, operation = playable.get(slug), tracks.operation_of(slug)
        if scenario is None or operation is None:
            continue
        where = standing.standings.get(operation.code)
        where = where or standing_in(person, operation, list(standing.runs), today)
        found.append(_task(scenario, where, given, opened.get(slug)))
    return found


def open_attempts(person: Person) -> dict[str, Attempt]:
    """The runs that the person has begun and not ended, the latest of each scenario."""
    query = select(Attempt).where(Attempt.person_id == person.id, Attempt.status == "open")
    return {one.scenario: one for one in db.session.scalars(query.order_by(Attempt.id))}


def first_of(tasks: list[Task]) -> Task | None:
    """The run begun last, else the earliest due, else the first of the track; None when all is done."""
    begun = [task for task in tasks if task.open_attempt]
    if begun:
        return max(begun, key=lambda task: task.open_attempt.id if task.open_attempt else 0)
    rest = [task for task in tasks if not task.done]
    return min(rest, key=lambda task: (not task.assigned, task.due or date.max), default=None)


def _titles(scenario: Scenario) -> Iterator[str]:
    """What each step is called; one whose title names its records, or that has none, by its number."""
    for number, step in enumerate(scenario.steps, 1):
        title = step.title.in_(current_language()) if step.title is not None else ""
        yield title if title and "{" not in title else _("Step %(number)s", number=number)


def _task(
    scenario: Scenario, standing: Standing, given: Mapping[str, date | None], attempt: Attempt | None
) -> Task:
    title = scenario.title.in_(current_language())
    return Task(
        slug=scenario.slug,
        title=standing.title if "{" in title else title,
        icon=standing.operation.icon,
        minutes=scenario.minutes,
        standing=standing,
        due=given.get(scenario.slug),
        assigned=scenario.slug in given,
        open_attempt=attempt,
        step_titles=tuple(_titles(scenario)),
    )
