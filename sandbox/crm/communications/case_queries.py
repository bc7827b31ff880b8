"""Cases as pages ask for them: the list, the light of a clock, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext, ngettext, pgettext
from markupsafe import Markup
from sqlalchemy import ColumnElement, and_, case, null, or_, select
from sqlalchemy.orm import joinedload

from sandbox.crm.bulk.ways import Way, in_bulk
from sandbox.crm.columns import (
    Column,
    badge_column,
    badge_macro,
    code_column,
    day_column,
    light_column,
    link_column,
    own_columns,
    person_column,
    title_column,
)
from sandbox.crm.communications.asking import place, places_of
from sandbox.crm.communications.cases import CLOSED, IN_WORK, NEW, Case
from sandbox.crm.communications.hours import worked_between
from sandbox.crm.communications.models import Activity
from sandbox.crm.communications.queries import Light
from sandbox.crm.communications.questions import Waiting
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.filters import own_filters
from sandbox.crm.lists import Filter, Listed, choices, code_filter, listed, owner_filter
from sandbox.crm.places import lists
from sandbox.crm.putting_away import among
from sandbox.crm.sight import is_closed
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space, every
from sandbox.web.formatting import moment

BADGES = {NEW: ("info", "circle-plus"), IN_WORK: ("warn", "progress"), CLOSED: ("ok", "circle-check")}
# A closed case is due no more, and stands last.
DUE_AT = case(
    (Case.status == CLOSED, null()), (Case.answered_at.is_(None), Case.respond_by), else_=Case.resolve_by
)
_HOUR = 60


def case_statuses() -> Iterable[tuple[str, Any]]:
    """Codes and words of the states of a case."""
    return [(NEW, lazy_pgettext("case", "new")), (IN_WORK, _l("in work")), (CLOSED, _l("closed"))]


def clock_of(one: Case) -> Light:
    """The clock that runs: until the answer, then until the solution."""
    if not one.is_open:
        return Light("planned", _("closed %(when)s", when=moment(one.closed_at)))
    now = current_space().now()
    what = _("Solution") if one.answered else pgettext("clock", "Answer")
    if one.due_at < now:
        late = worked_between(one.due_at, now)
        return Light("overdue", _("%(what)s overdue by %(time)s", what=what, time=worked(late)))
    left = worked_between(now, one.due_at)
    kind = "today" if left < timedelta(hours=4) else "planned"
    return Light(kind, _("%(what)s within %(time)s", what=what, time=worked(left)))


def worked(span: timedelta) -> str:
    """A span of working time: under two hours in minutes, else in hours."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 2 * _HOUR:
        return ngettext("%(num)d working minute", "%(num)d working minutes", minutes)
    return ngettext("%(num)d working hour", "%(num)d working hours", minutes // _HOUR)


in_bulk(Case, Way("case.take"), Way("task.set"))


@lists(Case)
def list_cases() -> Listed:
    """The page of cases that the address asks for."""
    states, priorities = dict(case_statuses()), dict(choices("case_priorities"))
    columns = (
        title_column(_("Case"), Case),
        link_column(_("Company"), "company"),
        code_column(_("Type"), "type", Case.type, choices("case_types"), css="minor", edits=""),
        Column(
            _("Priority"),
            "priority",
            css="aside",
            cells=_priorities,
            value=lambda one: priorities.get(one.priority),
        ),
        badge_column(
            _("State"),
            "status",
            Case.status,
            lambda one: (states[one.status], *BADGES[one.status]),
            css="minor",
        ),
        light_column(_clocks, _("Clock"), key="due", by=DUE_AT),
        person_column(_("Owner"), edits=""),
        day_column(_("Created"), "created", "created_at", Case.created_at, offered=True),
        *own_columns("case", Case),
    )
    filters = (
        owner_filter(Case, g.colleague),
        code_filter("status", _("State"), Case.status, list(case_statuses())),
        code_filter("type", _("Type"), Case.type, choices("case_types")),
        code_filter("priority", _("Priority"), Case.priority, choices("case_priorities")),
        _when(),
        *own_filters("case", Case),
    )
    options: tuple[Any, ...] = (joinedload(Case.owner), joinedload(Case.company).load_only(Company.name))
    return listed(among(Case), Case, columns=columns, filters=filters, sort="due", options=options)


def _clocks(rows: Sequence[Case]) -> dict[int, Light]:
    return {one.id: clock_of(one) for one in rows}


def _priorities(_found: Listed) -> Any:
    """A case's priority, and that it was escalated."""
    words, badge = dict(choices("case_priorities")), badge_macro()
    escalated = badge(_("escalated"), "warn", "arrow-up-circle")
    with_badge = Markup("{} {}")

    def cell(one: Case) -> Any:
        priority = words.get(one.priority, "")
        return with_badge.format(priority, escalated) if one.escalated else priority

    return cell


def cases_waiting(me: Colleague) -> list[Waiting]:
    """The open cases of a colleague whose clock has run out or does so today, and those taken to them."""
    found = every(Case).where(urgent()).options(joinedload(Case.company), joinedload(Case.escalated_to))
    return [_waiting(one, me) for one in db.session.scalars(found, places_of(me))]


def said_on_cases(record: Any) -> ColumnElement[bool] | None:
    """What was said on the cases of a customer belongs into the customer's timeline."""
    if not isinstance(record, Company | Contact) or is_closed(Case):
        return None
    theirs = getattr(Case, f"{record.__record__}_id") == record.id
    return Activity.case_id.in_(select(Case.id).where(theirs, Case.deleted_at.is_(None)))


def urgent() -> ColumnElement[bool]:
    """The clause for cases that wait for whoever asks."""
    mine = and_(Case.owner_id == place("me"), place("soon") > DUE_AT)
    return and_(
        Case.status != CLOSED, Case.deleted_at.is_(None), or_(mine, Case.escalated_to_id == place("me"))
    )


def _waiting(one: Case, me: Colleague) -> Waiting:
    return Waiting("case", one, one, one.subject, one.created_at, text=clock_of(one).words, due=one.due_at)


def _when() -> Filter:
    now: datetime = current_space().now()

    def clause(codes: list[str]) -> Any:
        overdue = and_(Case.status != CLOSED, now > DUE_AT)
        return or_(*(overdue if code == "overdue" else Case.escalated_at.is_not(None) for code in codes))

    options = [("overdue", _("overdue")), ("escalated", _("escalated"))]
    return Filter("when", _("Warning"), options, clause)
