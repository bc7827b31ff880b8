"""A run told from its evidence: what was right, the time of each step, mistakes, help, what follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from sandbox.extensions import db
from sandbox.ledger import registry
from sandbox.scenarios import Message, Progress, Scenario
from sandbox.scenarios.conditions.refusal import RefusalCondition
from sandbox.spaces import inside
from sandbox.training.coach import Speaker
from sandbox.training.judging import bindings_of, moments_of, scenario_in, world_of
from sandbox.training.models import Attempt, Evidence
from sandbox.training.runs import Run, counted, run_seconds, score


@dataclass
class StepTold:
    """One step: its time against its share of the norm, and what held in it at the end."""

    number: int
    title: str
    done: bool
    """Whether it ticked; a step that only opens something, also when the work went past it."""
    seconds: int | None
    norm: int
    helps: list[str] = field(default_factory=list)
    conditions: list[tuple[str, bool]] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)
    at: datetime | None = None
    guidance: bool = False
    """Only to open something: the page's script tells of it, so that without script nobody knows."""

    @property
    def is_right(self) -> bool:
        """Whether it was done and all of its conditions held at the end."""
        return self.done and not self.differs and all(met for _words, met in self.conditions)


@dataclass
class Turned:
    """Something a rule turned down."""

    action: str
    sentence: str
    at: datetime


@dataclass
class Debrief:
    """All that the page of a run tells."""

    attempt: Attempt
    run: Run
    title: str
    steps: list[StepTold]
    keep: list[tuple[str, bool]]
    mistakes: list[tuple[str, bool]]
    refusals: list[Turned]
    rungs: list[tuple[str, int]]
    is_judged: bool
    events: int

    @property
    def longest(self) -> int:
        """The longest step in seconds, the scale of the bars."""
        return max((one.seconds or 0 for one in self.steps), default=0)

    @property
    def steps_right(self) -> int:
        """The steps that were done and whose conditions all held at the end."""
        return sum(1 for one in self.steps if one.is_right)


def debrief_of(attempt: Attempt, run: Run) -> Debrief:
    """Read the evidence of an attempt and tell it in the reader's language."""
    rows = list(
        db.session.scalars(select(Evidence).where(Evidence.attempt_id == attempt.id).order_by(Evidence.id))
    )
    with inside(attempt.space):
        scenario = scenario_in(attempt)
        speaker = Speaker(attempt, world_of(attempt), bindings_of(attempt))
        judged = (attempt.result or {}).get("conditions", [])
        kept = (attempt.result or {}).get("keep", [])
        return Debrief(
            attempt=attempt,
            run=run,
            title=speaker.text(scenario.title),
            steps=_steps(attempt, scenario, speaker, rows, judged),
            keep=[(_words(one, speaker), one["met"]) for one in kept if one["message"]],
            mistakes=_mistakes(scenario, speaker, rows),
            refusals=[
                Turned(_action_title(row.data["action"]), str(row.data.get("sentence", "")), row.at)
                for row in rows
                if row.kind == "refusal" and not _is_told(row, scenario, rows)
            ],
            rungs=_rungs(rows),
            is_judged=bool(judged or kept),
            events=sum(1 for row in rows if row.kind == "event"),
        )


def finding(told: Debrief, *, timed: bool = True, mine: bool = True) -> str:
    """The sentence with which the page opens."""
    run, steps = told.run, len(told.steps)
    if run.finished_at is None:
        done = sum(1 for one in told.steps if one.done)
        return _("Still at work: %(done)s of %(all)s steps are done.", done=done, all=steps)
    if told.attempt.status == "abandoned":
        return _("The run was left before the finish.")
    if not run.all_conditions_hold and told.attempt.ran_out:
        return _("The time ran out: %(right)s of %(all)s steps are right.", right=told.steps_right, all=steps)
    if not run.all_conditions_hold:
        return _not_right(told, steps)
    if run.mode == "learn" and not mine:
        return _("A learning run: every step was lit by the coach, and every step is right.")
    if run.mode == "learn":
        return _("You have seen it done: every step is right. Now try it without the light.")
    if not counted(run):
        return _("Every step is right. Help kept the run from counting.")
    if score(run, timed=timed) == 1:
        return _("Every step is right, and the run counts.")
    if run.critical_mistake:
        return _("Every step is right at the end, but a critical mistake was made on the way.")
    return _("Every step is right, but it took more than twice the norm.")


def _not_right(told: Debrief, steps: int) -> str:
    if told.steps_right == steps:
        return _("Every step is right, but something else was changed that had to stay as it was.")
    return _(
        "%(right)s of %(all)s steps are right. See below what differs.", right=told.steps_right, all=steps
    )


def four(told: Debrief) -> list[dict[str, Any]]:
    """The four facts: right, time, help, mistakes."""
    run = told.run
    late = run.seconds is not None and run.seconds > run.norm_seconds
    critical = sum(is_critical for _words, is_critical in told.mistakes)
    helps = sum(count for _name, count in told.rungs)
    return [
        {
            "label": _("Right at the finish"),
            "value": _("%(right)s of %(all)s", right=told.steps_right, all=len(told.steps))
            if told.is_judged
            else _("not judged"),
            "note": _right_note(told) if told.is_judged else None,
            "kind": "ok" if run.all_conditions_hold else "bad",
            "icon": "check" if run.all_conditions_hold else "x",
        },
        {
            "label": _("Time"),
            "value": _clock(run.seconds) if run.seconds is not None else "–",
            "note": _("norm %(time)s", time=_clock(run.norm_seconds)),
            "kind": "warn" if late else "ok",
            "icon": "hourglass" if late else "check",
        },
        {
            "label": _("Help used"),
            "value": str(helps) if helps else _("none"),
            # of several kinds the list stands below, among what to keep in mind
            "note": told.rungs[0][0] if len(told.rungs) == 1 else None,
            "kind": "",
            "icon": None,
        },
        {
            "label": _("Mistakes"),
            "value": str(len(told.mistakes)) if told.mistakes else _("none"),
            "note": (_("critical: %(num)s", num=critical) if critical else _("not critical"))
            if told.mistakes
            else None,
            "kind": "bad" if critical else "warn",
            "icon": "alert-triangle",
        },
    ]


def _right_note(told: Debrief) -> str:
    if told.run.all_conditions_hold:
        return _("all steps")
    if told.steps_right < len(told.steps):
        return _("not all steps")
    return _("something else was changed")


def _clock(seconds: float | None) -> str:
    whole = int(round(seconds or 0))
    return f"{whole // 60}:{whole % 60:02}"


def _steps(
    attempt: Attempt, scenario: Scenario, speaker: Speaker, rows: list[Evidence], judged: list[dict[str, Any]]
) -> list[StepTold]:
    ticked = {row.step: row for row in rows if row.kind == "tick" and row.step is not None}
    progress = Progress.from_json(attempt.progress) if attempt.progress else Progress()
    done = {state.index for state in progress.steps if state.ticked}
    last = max(done, default=-1)
    # a control run shows no way: what only shows it takes no time of its own there
    shown = {one.index for one in scenario.steps if not (one.guidance_only and attempt.mode == "exam")}
    spent = _seconds(attempt, {step: row for step, row in ticked.items() if step in done & shown})
    norm = int(attempt.norm_seconds / max(1, len(scenario.steps)))
    told: list[StepTold] = []
    for step in scenario.steps:
        if step.guidance_only and attempt.mode == "exam":
            continue
        row = ticked.get(step.index)
        seen = [one for one in judged if one["step"] == step.index]
        seen = seen or (row.data.get("saw", []) if row else [])
        told.append(
            StepTold(
                number=len(told) + 1,
                title=speaker.text(step.title or step.say),
                done=step.index in done or (step.guidance_only and step.index < last),
                seconds=spent.get(step.index),
                norm=norm,
                helps=[words for words, _count in _rungs([one for one in rows if one.step == step.index])],
                conditions=[part for one in seen for part in _parts(one, speaker)],
                differs=[_words(one, speaker) for one in seen if not one["met"] and one["message"]],
                at=row.at if row and step.index in done else None,
                guidance=not step.expect,
            )
        )
    return told


def _seconds(attempt: Attempt, ticked: dict[int, Evidence]) -> dict[int, int]:
    """The seconds of each step, from the tick before it; together they are no more than those of the run."""
    events = moments_of(attempt)
    spent, before = {}, 0.0
    for step, row in sorted(ticked.items(), key=lambda pair: (pair[1].at, pair[0])):
        so_far = run_seconds(attempt.mode, attempt.started_at, row.at, events=events)
        spent[step], before = int(so_far - before), so_far
    return spent


def _parts(one: dict[str, Any], speaker: Speaker) -> list[tuple[str, bool]]:
    """The tick-boxes, but for one that the sentence on what differs says word for word."""
    said = (one["message"] or {}).get("message") == "none.tick"
    return [
        (speaker.message(Message.from_json(message), remedy=False), met)
        for message, met in one["parts"]
        if met or not said
    ]


def _words(one: dict[str, Any], speaker: Speaker) -> str:
    """What differs; what to do about it is the coach's to say, while it still can be done."""
    return speaker.message(Message.from_json(one["message"]), remedy=False) if one["message"] else ""


def _is_told(refusal: Evidence, scenario: Scenario, rows: list[Evidence]) -> bool:
    """Whether a mistake of the scenario says it already, in words for this very work."""
    made = (scenario.mistakes[row.data["index"]].when for row in rows if row.kind == "mistake")
    return any(
        isinstance(when, RefusalCondition)
        and when.action == refusal.data["action"]
        and when.because in (None, refusal.data["code"])
        for when in made
    )


def _mistakes(scenario: Scenario, speaker: Speaker, rows: list[Evidence]) -> list[tuple[str, bool]]:
    made = {row.data["index"]: bool(row.data["critical"]) for row in rows if row.kind == "mistake"}
    return [
        (speaker.text(scenario.mistakes[index].say), critical)
        for index, critical in made.items()
        if index < len(scenario.mistakes)
    ]


def _rungs(rows: list[Evidence]) -> list[tuple[str, int]]:
    used: dict[str, int] = {}
    for row in rows:
        if row.kind == "help":
            rung = str(row.data.get("rung", ""))
            used[rung] = used.get(rung, 0) + 1
    return [(_rung_words(rung, count), count) for rung, count in used.items()]


def _rung_words(rung: str, count: int) -> str:
    if rung == "hint":
        return ngettext("%(num)d hint", "%(num)d hints", count)
    if rung == "rewind":
        return ngettext("%(num)d step back", "%(num)d steps back", count)
    if rung == "tell":
        return ngettext("explained once", "explained %(num)d times", count)
    if rung == "show":
        return ngettext("place shown once", "place shown %(num)d times", count)
    if rung == "do":
        return ngettext("%(num)d step done for you", "%(num)d steps done for you", count)
    if rung == "demo":
        return ngettext("demo played once", "demo played %(num)d times", count)
    if rung == "answer-now":
        return _("answer brought forward")
    return rung


def _action_title(code: str) -> str:
    return str(registry[code].title) if code in registry.actions else code
