"""Passings as the report, the page of a lead and the inbox ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import case, func, or_
from sqlalchemy.orm import joinedload

from sandbox.crm.columns import (
    Column,
    badge_column,
    code_column,
    day_column,
    link_column,
    macro,
    person_column,
)
from sandbox.crm.communications.timeline import Story
from sandbox.crm.lists import Filter, Listed, choices, code_filter, listed
from sandbox.crm.places import lists
from sandbox.crm.sales.handovers.models import ACCEPTED, RETURNED, WAITING, Handover
from sandbox.crm.sales.handovers.words import BADGES, clock_of, handover_states
from sandbox.crm.sales.leads import Lead
from sandbox.extensions import db
from sandbox.spaces import current_space, every


@dataclass(frozen=True)
class Answers:
    """What sales said to the leads it was given; `late` counts those without an answer in time."""

    passed: int
    waiting: int
    accepted: int
    returned: int
    in_time: int
    late: int

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return self.accepted + self.returned

    @property
    def accepted_share(self) -> Decimal | None:
        """How many of the answered ones were accepted, as a share."""
        return Decimal(self.accepted) / self.answered if self.answered else None

    @property
    def in_time_share(self) -> Decimal | None:
        """How many of the answers came in time, as a share."""
        return Decimal(self.in_time) / self.answered if self.answered else None


@lists(Handover)
def list_handovers() -> Listed:
    """The page of passings that the address asks for, the latest first."""
    states = dict(handover_states())
    columns = (
        link_column(_("Lead"), "lead", css="main"),
        badge_column(
            _("State"), "status", Handover.status, lambda one: (states[one.status], *BADGES[one.status])
        ),
        Column(_("Clock"), "due", Handover.answer_by, cells=_clocks, card=True),
        person_column(_("Seller"), "to", css="aside"),
        person_column(_("Passed by"), "from_"),
        code_column(_("Reason"), "reason", Handover.reason, choices("return_reasons"), css="minor", edits=""),
        day_column(_("Passed on"), "created", "created_at", Handover.created_at, css="last nowrap"),
    )
    filters = (
        code_filter("status", _("State"), Handover.status, handover_states()),
        code_filter("reason", _("Reason"), Handover.reason, choices("return_reasons")),
        Filter("time", _("In time"), [("in_time", _("answered in time")), ("late", _("late"))], _in_time),
    )
    options = (joinedload(Handover.lead), joinedload(Handover.to), joinedload(Handover.from_))
    return listed(
        every(Handover), Handover, columns=columns, filters=filters, sort="-created", options=options
    )


def answers() -> Answers:
    """What sales said to all that marketing passed on, out of one question."""

    def number(clause: Any) -> Any:
        return func.sum(case((clause, 1), else_=0))

    row = db.session.execute(
        every(Handover).with_only_columns(
            func.count(),
            *(number(Handover.status == status) for status in (WAITING, ACCEPTED, RETURNED)),
            *(number(_in_time([code])) for code in ("in_time", "late")),
        )
    ).one()
    return Answers(*(value or 0 for value in row))


def _clocks(_found: Listed) -> Any:
    light = macro("components/record.html", "activity_light")

    def cell(one: Handover) -> Any:
        clock = clock_of(one)
        return light(clock.kind, clock.words)

    return cell


def reasons_given() -> list[tuple[str, str, int]]:
    """How often each reason of the company was given for a return, the most frequent first."""
    counted = every(Handover).where(Handover.status == RETURNED)
    sums = counted.with_only_columns(Handover.reason, func.count()).group_by(Handover.reason)
    found = {row[0]: row[1] for row in db.session.execute(sums)}
    given = [(code, str(words), found.get(code, 0)) for code, words in choices("return_reasons")]
    return sorted((one for one in given if one[2]), key=lambda one: -one[2])


def told_of_handovers(record: Any) -> Story | None:
    """What the story of a lead tells of the answers of sales."""
    if not isinstance(record, Lead):
        return None
    return Story(Handover, [one.n for one in record.handovers], ("handover.accepted", "handover.returned"))


def _in_time(codes: list[str]) -> Any:
    now = current_space().now()
    came = Handover.answered_at <= Handover.answer_by
    late = or_(
        Handover.answered_at > Handover.answer_by,
        (Handover.answered_at.is_(None)) & (Handover.answer_by < now),
    )
    clauses = {"in_time": came, "late": late}
    return or_(*(clauses[code] for code in codes))
