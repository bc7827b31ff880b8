"""The page of one run: a debrief for the person who ran it, the evidence for whoever judges it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Response, abort

from sandbox.extensions import db
from sandbox.people import may_see
from sandbox.seeding.practice import company_for
from sandbox.training import debrief
from sandbox.training.blueprint import blueprint
from sandbox.training.counting import mode_words, verdict_kind, verdict_words, why
from sandbox.training.models import Attempt
from sandbox.training.next_work import Task, first_of, tasks_of
from sandbox.training.reader import me
from sandbox.training.runs import Run
from sandbox.training.runs_of import project_today, run_of
from sandbox.training.standing import PersonStanding, Standing, all_tracks, standing_in, standing_of
from sandbox.training.wording import won_words
from sandbox.web.access import allow, signed_in
from sandbox.web.respond import page


@blueprint.get("/attempts/<int:attempt>")
@allow(signed_in)
def attempt(attempt: int) -> Response:
    """What was right, each step against the norm, mistakes, help, and what follows for a clearance."""
    one = db.session.get(Attempt, attempt)
    if one is None or not may_see(me(), one.person):
        abort(404)
    run, today = run_of(one), project_today()
    operation = all_tracks().operations.get(one.operation)
    timed = operation.timed if operation else True
    whole = standing_of(one.person, today)
    standing = whole.standings.get(one.operation)
    if standing is None and operation is not None:
        standing = standing_in(one.person, operation, list(whole.runs), today)
    told = debrief.debrief_of(one, run)
    is_mine = one.person_id == me().id
    following = _following(one, whole, today) if is_mine else None
    used = standing is not None and one.id in standing.state.used_runs
    without = [other for other in whole.runs if other.attempt != one.id]
    before = standing_in(one.person, operation, without, today) if operation and used else None
    # of the runs that a clearance was won with, the last one has won it
    if standing and before and not before.state.valid and one.id != _last_of(standing, whole.runs):
        before = None
    return page(
        "training/debrief.html",
        told=told,
        attempt=one,
        run=run,
        is_mine=is_mine,
        finding_words=debrief.finding(told, timed=timed, mine=is_mine),
        facts=debrief.four(told),
        mode=mode_words(one.mode),
        standing=standing,
        won=won_words(standing.state, before.state) if standing and before else "",
        verdict=verdict_words(run, timed=timed),
        verdict_kind=verdict_kind(run, timed=timed),
        why=why(run, timed=timed, used=used),
        following=following,
    )


def _last_of(standing: Standing, runs: Sequence[Run]) -> int | None:
    """The run by which a clearance was completed."""
    used = [run for run in runs if run.attempt in standing.state.used_runs and run.finished_at]
    return max(used, key=lambda run: (run.finished_at, run.attempt)).attempt if used else None


def _following(one: Attempt, whole: PersonStanding, today: date) -> Task | None:
    """The next task of the reader that is another one than this."""
    tasks = tasks_of(one.person, whole, company_for(one.person), today)
    return first_of([task for task in tasks if task.slug != one.scenario])
