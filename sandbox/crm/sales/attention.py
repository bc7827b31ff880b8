"""What in an open deal asks for a hand, and when it should close: one meaning for list and review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, exists, or_

from sandbox.crm.communications.models import Activity
from sandbox.crm.lists import Filter
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.pipelines import Stage
from sandbox.spaces import current_space
from sandbox.web.formatting import month_year

STALE, LATE, NO_STEP = "stale", "late", "no_step"
FLAGS = (STALE, LATE, NO_STEP)
BEFORE, AFTER, UNDATED = "before", "after", "none"
MONTHS = 6


def flag_words() -> list[tuple[str, str]]:
    """Codes and words of what asks for a hand."""
    return [
        (STALE, _("stale")),
        (LATE, _("close date has passed")),
        (NO_STEP, _("nothing planned ahead")),
    ]


def flag_clause(code: str) -> Any:
    """The clause for open deals of which `code` is true; the query must be joined to the stages."""
    space = current_space()
    if code == STALE:
        # as Deal.is_stale: more than so many whole days in the stage
        days = timedelta(days=space.company.rules.stale_deal_days + 1)
        return and_(Stage.type == "open", Deal.stage_since <= space.now() - days)
    if code == LATE:
        return and_(Stage.type == "open", Deal.close_date < space.today())
    ahead = exists().where(
        Activity.deal_id == Deal.id,
        Activity.done_at.is_(None),
        Activity.cancelled_at.is_(None),
        Activity.due_at >= space.now(),
    )
    return and_(Stage.type == "open", ~ahead)


def attention_filter() -> Filter:
    """By what asks for a hand."""
    return Filter(
        "attention",
        _("Asks for a hand"),
        flag_words(),
        lambda codes: or_(*(flag_clause(code) for code in codes)),
    )


def months_ahead(today: date) -> list[date]:
    """The first days of this month and of those after it that a forecast shows one by one."""
    first = today.year * 12 + today.month - 1
    return [date(place // 12, place % 12 + 1, 1) for place in range(first, first + MONTHS + 1)]


def month_words() -> list[tuple[str, str]]:
    """Codes and words of the times at which deals should close, in their order."""
    months = months_ahead(current_space().today())[:-1]
    named = [(f"{month:%Y-%m}", month_year(month)) for month in months]
    return [(BEFORE, _("earlier months")), *named, (AFTER, _("later")), (UNDATED, _("no date"))]


def month_clause(code: str) -> Any:
    """The clause for deals that should close then."""
    months = months_ahead(current_space().today())
    if code == UNDATED:
        return Deal.close_date.is_(None)
    if code == BEFORE:
        return Deal.close_date < months[0]
    if code == AFTER:
        return Deal.close_date >= months[-1]
    begins = date.fromisoformat(f"{code}-01")
    return and_(Deal.close_date >= begins, Deal.close_date < _after(begins, months))


def month_of(day: date | None, months: Sequence[date]) -> str:
    """The code of the time that a close date falls into."""
    if day is None:
        return UNDATED
    if day < months[0]:
        return BEFORE
    return AFTER if day >= months[-1] else f"{day:%Y-%m}"


def month_filter() -> Filter:
    """By the month in which a deal should close."""
    return Filter(
        "closes", _("Closes"), month_words(), lambda codes: or_(*(month_clause(code) for code in codes))
    )


def _after(month: date, months: Sequence[date]) -> date:
    return next(one for one in months if one > month)
