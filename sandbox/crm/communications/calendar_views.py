"""The pages of the calendar, and meetings as files and as a feed for other programs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, request, url_for
from flask_babel import gettext as _

from sandbox.crm.communications import calendar
from sandbox.crm.communications.calendar_keys import is_secret_of, secret_of
from sandbox.crm.communications.icalendar import MIME, calendar_file
from sandbox.crm.communications.models import Activity, kind_label
from sandbox.crm.communications.queries import ICONS
from sandbox.crm.record_page import buttons_of, led_back
from sandbox.extensions import db
from sandbox.kernel.errors import NotFound
from sandbox.ledger.fields import YEARS
from sandbox.ledger.offers import offer_to_create
from sandbox.spaces import Colleague, Space, current_space, every, fetch
from sandbox.spaces.access import in_space
from sandbox.spaces.reach import enter
from sandbox.web.access import allow, anyone
from sandbox.web.formatting import month_year, weekday
from sandbox.web.respond import here_address, page

blueprint = Blueprint("calendar", __name__, url_prefix="/s/<int:space>")
VIEWS = ("month", "week", "agenda")
AGENDA_DAYS = 14


@blueprint.get("/calendar")
@allow(in_space)
def show(space: int) -> Response:
    """A month, a week or the next days of a colleague."""
    view = request.args.get("view", "week")
    view = view if view in VIEWS else "week"
    day, who = _day(), _who()
    first, count = _span(view, day)
    days = calendar.days_of(who, first, count) if who is not None else []
    plan = offer_to_create("meeting.arrange")
    mine = who is not None and g.colleague is not None and who.id == g.colleague.id
    return page(
        "communications/calendar.html",
        view=view,
        day=day,
        days=days,
        weeks=[days[at : at + calendar.WEEK] for at in range(0, len(days), calendar.WEEK)],
        hours=calendar.hours_of(days) if days else [],
        who=who,
        people=db.session.scalars(every(Colleague).order_by(Colleague.name)).all(),
        views=_views(view, day, who),
        title=month_year(day)
        if view == "month"
        else f"{weekday(first)} – {weekday(days[-1].date)}"
        if days
        else "",
        previous=_address(view, _step(view, day, -1), who),
        next=_address(view, _step(view, day, 1), who),
        today=current_space().today(),
        today_address=_address(view, current_space().today(), who),
        plan=led_back(plan, here_address()) if plan is not None else None,
        feed=url_for("calendar.feed", space=space, secret=secret_of(who), _external=True)
        if mine and who is not None
        else None,
        renew=_renew() if mine else None,
        icons=ICONS,
        kind_label=kind_label,
        buttons_of=lambda one: buttons_of(one, here_address()),
    )


@blueprint.get("/activities/<int:n>/meeting.ics")
@allow(in_space)
def meeting_file(space: int, n: int) -> Response:
    """One meeting, or a task by its hour, as a file that any calendar program opens."""
    meeting = fetch(Activity, n)
    if meeting.due_at is None:
        abort(404)
    return _file([meeting], meeting.title, f"meeting-{n}.ics")


@blueprint.get("/calendar/<secret>.ics")
@allow(anyone)
def feed(space: int, secret: str) -> Response:
    """All meetings of a colleague, for a calendar program: the secret address is its only key."""
    number = secret.partition("-")[0]
    here = db.session.get(Space, space) if 0 < space < 2**31 else None
    if here is None or here.kind == "template" or here.status == "purged" or not number.isdecimal():
        abort(404)
    enter(here)
    try:
        who = fetch(Colleague, int(number[:10]))
    except NotFound:
        abort(404)
    if not is_secret_of(who, secret):
        abort(404)
    answer = _file(calendar.meetings_of(who), who.name, "calendar.ics")
    answer.headers["Cache-Control"] = "private, max-age=300"
    return answer


def _file(meetings: list[Activity], name: str, file: str) -> Response:
    text = calendar_file(meetings, name, request.host_url.rstrip("/"))
    return Response(text, mimetype=MIME, headers={"Content-Disposition": f'attachment; filename="{file}"'})


def _day() -> date:
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return current_space().today()
    return day if YEARS.start < day.year < YEARS.stop - 1 else current_space().today()


def _who() -> Colleague | None:
    number = request.args.get("who", type=int)
    if number is None or not 0 < number < 10**9:
        return g.colleague
    try:
        return fetch(Colleague, number)
    except NotFound:
        return g.colleague


def _span(view: str, day: date) -> tuple[date, int]:
    if view == "month":
        return calendar.month_of(day)
    return (calendar.monday_of(day), calendar.WEEK) if view == "week" else (day, AGENDA_DAYS)


def _step(view: str, day: date, way: int) -> date:
    if view == "month":
        return calendar.month_later(day, way)
    return day + way * timedelta(days=calendar.WEEK if view == "week" else AGENDA_DAYS)


def _address(view: str, day: date, who: Colleague | None) -> str:
    asked = {"view": view, "day": day.isoformat(), **({"who": str(who.n)} if who is not None else {})}
    return f"{request.path}?{urlencode(asked)}"


def _views(view: str, day: date, who: Colleague | None) -> list[dict[str, Any]]:
    words = {"month": _("Month"), "week": _("Week"), "agenda": _("Agenda")}
    return [{"label": words[code], "url": _address(code, day, who), "active": code == view} for code in VIEWS]


def _renew() -> Any:
    offer = offer_to_create("calendar.renew")
    return led_back(offer, here_address()) if offer is not None else None
