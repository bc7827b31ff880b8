"""What the coach's panel says and lights, worked out from the attempt for the page that is being drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select

from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.scenarios import (
    Progress,
    Scenario,
    StepState,
    names_for_text,
    render_text,
    say,
)
from sandbox.scenarios.values import Text
from sandbox.spaces.access import WORK
from sandbox.training import lights
from sandbox.training.judging import (
    attempt_in,
    bindings_of,
    moments_of,
    progress_of,
    scenario_in,
    world_of,
)
from sandbox.training.models import Attempt, Evidence
from sandbox.training.runs import run_seconds
from sandbox.training.vocabulary import vocabulary_for
from sandbox.web.languages import current_language

RUNGS = (("hint", "bulb"), ("tell", "message-2"), ("show", "focus-2"), ("do", "wand"))


@dataclass
class Rung:
    """One rung of the ladder of help, as a button."""

    code: str
    label: str
    icon: str
    url: str
    used: bool
    off: bool = False


@dataclass
class StepShown:
    """One step as the panel lists it."""

    number: int
    title: str
    state: str
    note: str | None = None
    conditions: list[tuple[str, bool]] = field(default_factory=list)


@dataclass
class CoachPanel:
    """All that the panel shows; `target` is what its script lights, and only where `lit` is true.

    `astray`: the step's work was done and does not hold, so that the way on leads back to its beginning.
    `left` counts the steps that are open while work that is judged is among them; `watched` names whose run
    one only looks at. `mistakes` are sentences, each with whether it was made since the last tick.
    """

    attempt: Attempt
    mode: str
    title: str
    story: str
    seconds: int
    norm: int
    steps: list[StepShown]
    step: int
    rungs: list[Rung]
    told: list[tuple[str, str]]
    near_miss: str | None
    mistakes: list[tuple[str, bool]]
    target: dict[str, Any] | None
    why: str
    astray: bool
    left: int
    watched: str | None
    lit: bool
    template: str = "training/_coach.html"

    @property
    def done(self) -> bool:
        """Whether every step has ticked, so that only the finish is left."""
        return all(step.state == "done" for step in self.steps)

    @property
    def is_exam(self) -> bool:
        """A control run shows the story and the clock alone."""
        return self.mode == "exam"

    @property
    def address(self) -> str:
        """Where the panel's buttons lead."""
        return f"/s/{self.attempt.space_id}/coach"


@dataclass
class OverPanel:
    """What stands in the panel's place once a run was judged, or left: its data can be looked at, no more."""

    attempt: Attempt
    mode: str
    title: str
    template: str = "training/_coach_over.html"

    @property
    def ran_out(self) -> bool:
        """Whether nobody pressed Finish before the time was over."""
        return self.attempt.ran_out


class Speaker:
    """Texts of a scenario for one attempt: interface language is the person's, the data stays as it is."""

    def __init__(self, attempt: Attempt, world: Any, bindings: Any) -> None:
        self.world, self.language = world, "ru" if current_language() == "ru" else "en"
        self.names = names_for_text(bindings, world)
        self.company = attempt.space.company
        self.vocabulary = vocabulary_for(self.company)

    def text(self, text: Text) -> str:
        """One text of the file with its gaps filled."""
        return render_text(text, self.language, self.names, self.world.now(), self.company.currency)

    def message(self, message: Any, *, remedy: bool = True) -> str:
        """One finding of the judge as a sentence, with what to do about it."""
        return say(message, self.language, self.vocabulary, self.company.currency, remedy=remedy)


def panel() -> CoachPanel | OverPanel | None:
    """The panel of the attempt of the current space; None where there is none."""
    space = g.get("space")
    if space is None or space.kind not in ("attempt", "demo"):
        return None
    attempt = attempt_in(space.id)
    if attempt is None or (attempt.is_showing and not attempt.is_open):
        return None
    if attempt.is_open:
        return panel_of(attempt)
    speaker = Speaker(attempt, world_of(attempt), bindings_of(attempt))
    return OverPanel(attempt, attempt.mode, speaker.text(scenario_in(attempt).title))


def panel_of(attempt: Attempt) -> CoachPanel:
    """The panel of an open attempt, to be asked inside its space."""
    scenario, world, bindings = scenario_in(attempt), world_of(attempt), bindings_of(attempt)
    progress = progress_of(attempt) or Progress()
    speaker = Speaker(attempt, world, bindings)
    current = progress.current
    helped = help_in(attempt, current.index if current else None)
    watched = g.get("space_mode", WORK) != WORK
    return CoachPanel(
        attempt=attempt,
        mode=attempt.mode,
        title=speaker.text(scenario.title),
        story=speaker.text(scenario.story),
        seconds=int(run_seconds(attempt.mode, attempt.started_at, machine_now(), events=moments_of(attempt))),
        norm=int(attempt.norm_seconds),
        steps=[_step(scenario, state, speaker, current) for state in progress.steps],
        step=current.index + 1 if current else len(scenario.steps),
        rungs=_rungs(attempt, helped, current),
        told=_told(scenario, current, helped, speaker),
        near_miss=_near_miss(attempt, current, speaker, world),
        mistakes=_mistakes(scenario, progress, speaker),
        target=None if watched else lights.target(scenario, progress, world, bindings, speaker.text),
        why=_first_sentence(speaker.text(scenario.steps[current.index].say)) if current else "",
        astray=lights.is_astray(scenario, progress, world, bindings),
        left=_left(scenario, progress),
        watched=attempt.person.display_name if watched else None,
        lit=not watched and (attempt.mode == "learn" or "show" in helped),
    )


def _left(scenario: Scenario, progress: Progress) -> int:
    """How many steps are open; none where only something was not opened, which nobody judges."""
    still = [state for state in progress.steps if not state.ticked]
    return len(still) if any(scenario.steps[state.index].expect for state in still) else 0


def _step(scenario: Scenario, state: StepState, speaker: Speaker, current: StepState | None) -> StepShown:
    step = scenario.steps[state.index]
    is_now = current is not None and state.index == current.index
    words = speaker.text(step.say)
    parts = [part for verdict in state.verdicts for part in verdict.parts] if is_now else []
    return StepShown(
        number=state.index + 1,
        title=speaker.text(step.title) if step.title else words,
        state="done" if state.ticked else "now" if is_now else "",
        note=words if is_now and step.title else None,
        conditions=[(speaker.message(part.message), part.met) for part in parts],
    )


def _rungs(attempt: Attempt, helped: set[str], current: StepState | None) -> list[Rung]:
    labels = {"hint": _("Hint"), "tell": _("Tell me"), "show": _("Show me"), "do": _("Do it")}
    return [
        Rung(
            code=code,
            label=labels[code],
            icon=icon,
            url=f"/s/{attempt.space_id}/coach/help/{code}",
            used=code in helped,
            off=current is None,
        )
        for code, icon in RUNGS
    ]


def _told(
    scenario: Scenario, current: StepState | None, helped: set[str], speaker: Speaker
) -> list[tuple[str, str]]:
    if current is None:
        return []
    hints = scenario.steps[current.index].hints
    said = []
    if "hint" in helped and hints:
        said.append((_("A hint"), speaker.text(hints[0])))
    if "tell" in helped:
        words = hints[-1] if len(hints) > 1 else scenario.steps[current.index].say
        said.append((_("How it is done"), speaker.text(words)))
    return said


def _near_miss(attempt: Attempt, current: StepState | None, speaker: Speaker, world: Any) -> str | None:
    """What differs, once the person has done something since the last tick."""
    progress = progress_of(attempt)
    if current is None and progress is not None and attempt.mode != "exam":
        return _undone(progress, speaker)
    if attempt.mode == "exam" or current is None or not current.verdicts:
        return None
    last = max((state.ticked_at or 0 for state in progress.steps), default=0) if progress else 0
    if not any(event.n > last and event.origin == "trainee" for event in world.rows()):
        return None
    unmet = next((verdict for verdict in current.verdicts if not verdict.met and verdict.message), None)
    # a mistake that was just told has a way on of its own: two of them would contradict each other
    told = progress is not None and any(made.at > last for made in progress.mistakes)
    return speaker.message(unmet.message, remedy=not told) if unmet else None


def _undone(progress: Progress, speaker: Speaker) -> str | None:
    """What was done and holds no more: a step stays ticked, but the finish asks for it."""
    held = (verdict for state in progress.steps for verdict in state.verdicts)
    broken = next((verdict for verdict in held if not verdict.met and verdict.message), None)
    return speaker.message(broken.message) if broken else None


def _mistakes(scenario: Scenario, progress: Progress, speaker: Speaker) -> list[tuple[str, bool]]:
    """What each mistake is about, and whether it was made since the last tick."""
    last = max((state.ticked_at or 0 for state in progress.steps), default=0)
    return [(speaker.text(scenario.mistakes[made.index].say), made.at > last) for made in progress.mistakes]


def _first_sentence(words: str) -> str:
    """The first sentence of a step: what a callout has room for."""
    return re.sub(r"[:;]$", ".", re.split(r"(?<=[.!?:;])\s", words, maxsplit=1)[0])


def help_in(attempt: Attempt, step: int | None) -> set[str]:
    """The rungs that were taken at a step in this take."""
    query = select(Evidence.data).where(
        Evidence.attempt_id == attempt.id,
        Evidence.kind == "help",
        Evidence.take == attempt.take,
        Evidence.step == step,
    )
    return {data["rung"] for data in db.session.scalars(query)}
