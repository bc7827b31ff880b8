"""Why a run counted or did not, as a sentence: the readiness model, 2.1, in words."""

from __future__ import annotations

from flask_babel import gettext as _

from sandbox.training.runs import EXAM, FINISHED, LEARN, OPEN, Run, counted, score


def mode_words(mode: str) -> str:
    """A mode's name."""
    return {"learn": _("Learning"), "practice": _("Practice"), "exam": _("Control run")}[mode]


def verdict_kind(run: Run, *, timed: bool = True) -> str:
    """How the verdict is shown: `ok` a pass, `bad` a counted failure, empty when the run is not counted."""
    return {1: "ok", 0: "bad", None: ""}[score(run, timed=timed)]


def verdict_words(run: Run, *, timed: bool = True) -> str:
    """One or two words for the verdict."""
    y = score(run, timed=timed)
    if y is None:
        return _("open") if run.finished_at is None else _("not counted")
    return _("clean run") if y else _("counted as failed")


def why(run: Run, *, timed: bool = True, used: bool = False) -> str:
    """The sentence that says why; `used` tells that the clearance rests on this run."""
    if not counted(run):
        return _not_counted(run)
    if score(run, timed=timed) == 0:
        return _("%(reason)s Clean runs are counted anew from here.", reason=_failed(run))
    if used:
        return _("Everything was right, without help and in time. It is among the runs that count now.")
    if run.stale_since is not None:
        return _(
            "Everything was right, but the scenario has changed since; it does not count toward a new "
            "clearance."
        )
    return _("Everything was right, without help and in time.")


def _not_counted(run: Run) -> str:
    if run.mode == LEARN:
        return _("A learning run shows the way; it neither earns nor revokes.")
    if run.status == OPEN:
        return _("The run is still open.")
    if run.helped:
        return _("Help was taken, so the run neither earns nor revokes.")
    if run.mode == EXAM:
        return _("It was left before anything was changed.")
    return _("It was left before the finish.")


def _failed(run: Run) -> str:
    if run.critical_mistake:
        return _("A critical mistake was made. It counts whatever came after it.")
    if run.status != FINISHED:
        return _("A control run left after its first change counts as failed.")
    if not run.all_conditions_hold:
        return _("Not everything was right at the finish.")
    return _("It took more than twice the norm.")
