"""What a deal's card may say: an amount that means something, a close date on the right side of today."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _

from sandbox.crm.sales.deals import Deal
from sandbox.kernel.errors import Refused
from sandbox.spaces import current_space

CARD = ("zero_amount", "close_date_past", "close_date_ahead")


def insist_on_sense(deal: Deal, before: tuple[object, object], at: datetime) -> None:
    """Refuse an amount or a close date that was typed anew and makes no sense for the deal.

    `before` is the amount and the close date that stood there; what only grew old is not asked about, so that
    an overdue deal can still be edited. An empty amount is one that is not known yet: the stages ask for it.
    """
    amount, day = before
    if deal.amount is not None and deal.amount == 0 and deal.amount != amount and _counts_amounts(deal):
        raise Refused(
            "zero_amount",
            _("A deal of 0 is missing in every forecast. Type what is expected, or leave the amount empty."),
            field="amount",
        )
    if deal.close_date != day:
        if deal.is_open:
            _insist_on_ahead(deal.close_date, at)
        elif deal.status == "won":
            insist_on_come(deal.close_date, at)


def insist_on_come(day: date | None, at: datetime) -> None:
    """Refuse with `close_date_ahead` to close a deal on a day that is still to come."""
    if day is not None and day > _today(at):
        raise Refused(
            "close_date_ahead",
            _("A deal is won on the day on which it closes. Choose today or a day before."),
            field="close_date",
        )


def _insist_on_ahead(day: date | None, at: datetime) -> None:
    if day is not None and day < _today(at):
        raise Refused(
            "close_date_past",
            _("An open deal is expected to close in the time ahead. Choose today or a later day."),
            field="close_date",
        )


def _today(at: datetime) -> date:
    return at.astimezone(current_space().zone).date()


def _counts_amounts(deal: Deal) -> bool:
    """Whether the company asks for an amount at all: to win a deal, or to leave a stage."""
    stages = deal.pipeline.open_stages
    return "amount" in current_space().company.rules.win_needs or any("amount" in one.exit for one in stages)
