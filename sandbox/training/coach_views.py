"""Starting a run, and the buttons of the coach's panel; each answers with the page the person is on."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, abort, flash, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from sandbox.extensions import db, is_writing
from sandbox.kernel.errors import Refused
from sandbox.people import Person
from sandbox.play.performing import FormRefused
from sandbox.scenarios import Unbound
from sandbox.seeding.practice import company_for
from sandbox.spaces.access import in_space
from sandbox.training import attempts, judging
from sandbox.training.blueprint import blueprint
from sandbox.training.coach import RUNGS, Speaker, help_in
from sandbox.training.models import MODES, Attempt
from sandbox.training.vocabulary import vocabulary_for
from sandbox.training.walking import walk_step
from sandbox.training.whereabouts import place_of
from sandbox.web.access import allow, signed_in
from sandbox.web.local_address import local_address
from sandbox.web.respond import asks_part, page, see_other
from sandbox.web.unit_of_work import unit_of_work


@blueprint.post("/start")
@allow(signed_in)
def start() -> Response:
    """Begin a run of a scenario on fresh data and go to where the work is.

    `instead` names an open run of one's own that is left for the new one.
    """
    mode, scenario = request.form.get("mode", "learn"), request.form.get("scenario", "")
    if mode not in MODES:
        abort(404)
    with unit_of_work():
        person = db.session.get_one(Person, current_user.id)
        left = db.session.get(Attempt, request.form.get("instead", 0, type=int))
        if left is not None and left.person_id == person.id and left.is_open:
            attempts.abandon(left, restarted=True)
        company = company_for(person)
        attempt = attempts.just_begun(person, scenario, mode, company)
        attempt = attempt or attempts.begin(person, scenario, mode, company)
        space_id = attempt.space_id
    return see_other(f"/s/{space_id}/deals")


@blueprint.post("/s/<int:space>/coach/help/<rung>")
@allow(in_space)
def help_with(space: int, rung: str) -> Response:
    """Take one rung of the ladder of help; the last one does the step for the person."""
    if rung not in [code for code, _icon in RUNGS]:
        abort(404)
    attempt = _open_attempt()
    if attempt.mode == "exam":
        raise Refused("exam", _("A control run has no help. Finish it, and practise the step afterwards."))
    with unit_of_work():
        attempt = _open_attempt()
        progress = judging.progress_of(attempt)
        current = progress.current if progress else None
        if current is None:
            return _back()
        if rung not in help_in(attempt, current.index):  # a second press tells nothing new
            attempts.help_used(attempt, rung, current.index)
        if rung == "do":
            _do_step(attempt, current.index)
            destination, title = _as_seen(place_of(attempt)), _title(attempt, current.index)
    if rung == "do":
        flash(_("Done for you: %(step)s.", step=title), "ok")
        return see_other(destination)  # where it was done: there one sees what has become of it
    # What is only said changes nothing on the page, and a form that is open there stays as it was typed.
    return _panel() if asks_part() else _back()


@blueprint.post("/s/<int:space>/coach/seen")
@allow(in_space)
def seen(space: int) -> Response:
    """The coach's script reports which record or page is open: a tick of a step that only opens something."""
    kind, n = request.form.get("type", ""), request.form.get("n", type=int)
    with unit_of_work():
        attempt = _open_attempt()
        scenario_types = vocabulary_for(attempt.space.company).types
        named = next((word for word, one in scenario_types.items() if one.plural == kind), None)
        if named and n:
            judging.note(attempt, "seen", type=named, n=n)
            db.session.flush()
            judging.judge(attempt)
    return _back()


@blueprint.post("/s/<int:space>/coach/rewind")
@allow(in_space)
def rewind(space: int) -> Response:
    """Go back to a step: what was done after it is undone, in the records and in the coach together."""
    with unit_of_work():
        attempt = _open_attempt()
        if attempt.mode == "exam":
            raise Refused("exam", _("A control run has no way back. Finish it, and practise afterwards."))
        step = request.form.get("step", 0, type=int)
        progress = judging.progress_of(attempt)
        if progress is None or not 0 <= step < len(progress.steps):
            abort(404)
        attempts.rewind(attempt, step, by=attempts.me_in(attempt))
        destination = _as_seen(place_of(attempt))
    flash(
        _("Back at the beginning of step %(number)s: what was done since is undone.", number=step + 1), "ok"
    )
    return see_other(destination)


@blueprint.post("/s/<int:space>/coach/demo")
@allow(in_space)
def demo(space: int) -> Response:
    """Play the scenario in a space of its own; the way back leads to the page the person is on."""
    with unit_of_work():
        attempt = _open_attempt()
        if attempt.mode == "exam":
            raise Refused("exam", _("A control run has no demo. Finish it, and watch the demo afterwards."))
        progress = judging.progress_of(attempt)
        current = progress.current if progress else None
        attempts.help_used(attempt, "demo", current.index if current else None)
        shown = attempts.begin(attempt.person, attempt.scenario, "learn", attempt.company, demo_of=attempt)
        judging.note(shown, "demo", back=_here())
        space_id = shown.space_id
    return see_other(f"/s/{space_id}/deals")


@blueprint.post("/s/<int:space>/coach/pause")
@allow(in_space)
def pause(space: int) -> Response:
    """Stop the clock and go home; the run waits."""
    with unit_of_work():
        attempt = _open_attempt()
        if attempt.mode == "exam":
            raise Refused("exam", _("A control run cannot be paused: it is one sitting by the clock."))
        attempts.pause(attempt)
    return see_other(url_for("people.welcome"))


@blueprint.post("/s/<int:space>/coach/resume")
@allow(in_space)
def resume(space: int) -> Response:
    """Go on where the run was left."""
    with unit_of_work():
        attempt = _open_attempt()
        attempts.resume(attempt)
        destination = place_of(attempt)
    return see_other(destination)


@blueprint.get("/s/<int:space>/coach")
@allow(in_space)
def go_on(space: int) -> Response:
    """To the record that was worked on last; outside a run to the deals."""
    attempt = judging.attempt_in(g.space.id)
    return see_other(place_of(attempt) if attempt is not None else f"/s/{space}/deals")


@blueprint.get("/s/<int:space>/coach/restart")
@allow(in_space)
def ask_restart(space: int) -> Response:
    """Asked before a run is left in which something was done; where none runs, on to the work."""
    if judging.attempt_in(g.space.id) is None:
        return see_other(f"/s/{space}/deals")
    _open_attempt()
    return page("training/restart.html")


@blueprint.post("/s/<int:space>/coach/restart")
@allow(in_space)
def restart(space: int) -> Response:
    """Leave this run and begin a fresh one on other data."""
    with unit_of_work():
        attempt = _open_attempt()
        attempts.abandon(attempt, restarted=True)
        fresh = attempts.begin(attempt.person, attempt.scenario, attempt.mode, attempt.company)
        space_id = fresh.space_id
    return see_other(f"/s/{space_id}/deals")


@blueprint.get("/s/<int:space>/coach/finish")
@allow(in_space)
def ask_finish(space: int) -> Response:
    """Asked before a run is judged with steps still open; where none runs, on to the work."""
    if judging.attempt_in(g.space.id) is None:
        return see_other(f"/s/{space}/deals")
    _open_attempt()
    return page("training/finish.html")


@blueprint.post("/s/<int:space>/coach/finish")
@allow(in_space)
def finish(space: int) -> Response:
    """Have the run judged as it stands."""
    with unit_of_work():
        attempt = _open_attempt()
        if attempt.is_showing:
            attempts.abandon(attempt, restarted=False)
            return see_other(attempts.way_back(attempt))
        attempts.conclude(attempt)
        attempt_id = attempt.id
    return see_other(f"/attempts/{attempt_id}")


def _open_attempt() -> Attempt:
    attempt = judging.attempt_in(g.space.id, lock=is_writing())
    if attempt is None:
        abort(404)
    if not attempt.is_open:
        raise Refused("attempt_over", _("This attempt is over. Start a new one; it brings fresh data."))
    return attempt


def _do_step(attempt: Attempt, index: int) -> None:
    """Do a step for the person: from its beginning, because moves are not made to be repeated."""
    attempts.rewind(attempt, index, by=attempts.me_in(attempt), asked=False)
    try:
        walk_step(attempt, index)
    except (FormRefused, Unbound) as fault:
        raise Refused(
            "cannot_do",
            _("This step cannot be done from here. Go back to an earlier step, then try again."),
            fault=str(fault),
        ) from fault


def _title(attempt: Attempt, index: int) -> str:
    title = judging.scenario_in(attempt).steps[index].title
    speaker = Speaker(attempt, judging.world_of(attempt), judging.bindings_of(attempt))
    return speaker.text(title) if title else _("step %(number)s", number=index + 1)


def _panel() -> Response:
    """The coach's panel alone, drawn anew."""
    return page("layout/only_coach.html")


def _back() -> Response:
    """To the page the person is on, drawn anew with what the coach now says."""
    return see_other(_here())


def _here() -> str:
    """The page the person is on, with the list's filters or the place in a list that stand in its query."""
    here = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    address = f"{here.path}?{here.query}" if here.query else here.path
    return local_address(address, f"/s/{g.space.id}/deals")


def _as_seen(page: str) -> str:
    """The page, as the person sees it where they are on it already."""
    here = _here()
    return here if urlsplit(here).path == page else page
