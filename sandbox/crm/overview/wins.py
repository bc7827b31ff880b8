"""What was won, month by month: this month so far beside those before it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sandbox.crm.overview.cards import Card
from sandbox.crm.sales.deals import Deal
from sandbox.extensions import db
from sandbox.ledger.perform import rights_of
from sandbox.spaces import Colleague, current_space, every

MONTHS = 6


def look(me: Colleague) -> dict[str, Any]:
    """The sums of the deals that were won in the last months: one's own, or everybody's where one leads the
    others or has won nothing yet."""
    own = None if "lead" in rights_of(me) else _won(Deal.owner_id == me.id)
    is_everybody = own is None or not any(count for _sum, count in own.values())
    found = _won() if own is None or is_everybody else own
    months = list(found)
    return {
        "rows": [(month, *found[month], month == months[-1]) for month in months],
        "most": max(total for total, _count in found.values()),
        "now": found[months[-1]],
        "before": found[months[-2]][0],
        "is_everybody": is_everybody,
    }


def _won(*clauses: Any) -> dict[date, tuple[Decimal, int]]:
    """What was won in each of the last months, and in how many deals."""
    space = current_space()
    months = last_months(space.today())
    begins = datetime.combine(months[0], time.min, space.zone).astimezone(UTC)
    query = every(Deal).where(Deal.won_at >= begins, *clauses).with_only_columns(Deal.won_at, Deal.amount)
    sums, counts = dict.fromkeys(months, Decimal(0)), dict.fromkeys(months, 0)
    for won_at, amount in db.session.execute(query):
        # a month is that of the company's own clock, so it is told here and not by the database
        month = won_at.astimezone(space.zone).date().replace(day=1) if won_at else None
        if month is not None and month in sums:
            sums[month] += amount or Decimal(0)
            counts[month] += 1
    return {month: (sums[month], counts[month]) for month in months}


def last_months(today: date) -> list[date]:
    """The first days of the last months, this one the last of them."""
    place = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(place - MONTHS + 1, place + 1)]


CARD = Card("wins", frozenset({"sell", "lead"}), look)
