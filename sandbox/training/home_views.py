"""The trainee's first page: what to do next, and how far they are."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import ngettext

from sandbox.kernel.clock import machine_now
from sandbox.seeding.practice import company_for
from sandbox.training.blueprint import blueprint
from sandbox.training.next_work import Task, first_of, tasks_of
from sandbox.training.reader import me
from sandbox.training.runs_of import project_today, project_zone
from sandbox.training.standing import standing_of
from sandbox.web.access import allow, signed_in
from sandbox.web.respond import page


@blueprint.get("/home")
@allow(signed_in)
def home() -> Response:
    """What to do next, the track with its ladder, and what runs out; always the reader's own.

    `?task=` takes another task of the list to the front, with all its ways to begin.
    """
    person, today = me(), project_today()
    standing = standing_of(person, today)
    tasks = tasks_of(person, standing, company_for(person), today)
    chosen = next((task for task in tasks if task.slug == request.args.get("task")), None)
    return page(
        "training/home.html",
        greeting=_greeting(person.first_name),
        summary=_summary(tasks),
        hero=chosen or first_of(tasks),
        tasks=tasks,
        standing=standing,
        ending=[task for task in tasks if task.standing.heat == "ending"],
        today=today,
    )


def _greeting(name: str) -> str:
    hour = machine_now().astimezone(ZoneInfo(project_zone())).hour
    if 5 <= hour < 12:
        return _("Good morning, %(name)s.", name=name)
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s.", name=name)
    return _("Good evening, %(name)s.", name=name)


def _summary(tasks: list[Task]) -> str:
    """The one sentence below the greeting."""
    begun = sum(1 for task in tasks if task.open_attempt)
    ending = sum(1 for task in tasks if task.standing.heat == "ending")
    rest = sum(1 for task in tasks if not task.done)
    if begun:
        return ngettext(
            "%(num)d task is waiting where you left it.",
            "%(num)d tasks are waiting where you left them.",
            begun,
        )
    if ending:
        return ngettext("%(num)d clearance is running out.", "%(num)d clearances are running out.", ending)
    if rest:
        return ngettext("%(num)d task to learn.", "%(num)d tasks to learn.", rest)
    if tasks:
        return _("You may do every task of your track alone.")
    return _("Nothing is planned for you yet.")
