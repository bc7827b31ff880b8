"""Offers as lists and pages ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import Select, and_, func, or_
from sqlalchemy.orm import joinedload, selectinload

from sandbox.crm.communications.timeline import Story
from sandbox.crm.lists import Column, Filter, Listed, listed, owner_filter
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.offers.models import ACCEPTED, EXPIRED, SENT, Offer
from sandbox.crm.sales.offers.words import offer_states
from sandbox.extensions import db
from sandbox.spaces import current_space, every

# What an offer tells its deal: its turns, not every line of it.
TURNS = (
    "offer.created",
    "offer.revised",
    "offer.approval_requested",
    "offer.approved",
    "offer.returned",
    "offer.sent",
    "offer.accepted",
    "offer.declined",
)


def list_offers() -> Listed:
    """The page of offers that the address asks for, the newest first, with the sum of all that match."""
    columns = (
        Column(_("Offer"), "number", Offer.series),
        Column(_("State")),
        Column(_("Total"), "total", Offer.total, num=True, css="aside"),
        Column(_("Discount"), num=True, css="minor"),
        Column(_("Valid until"), "until", Offer.valid_until, css="minor"),
        Column(_("Owner"), css="minor"),
        Column(_("Created"), "created", Offer.created_at, css="minor"),
    )
    today = current_space().today()
    state = Filter(
        "state", _("State"), offer_states(), lambda codes: or_(*(_stands(code, today) for code in codes))
    )
    options = (
        joinedload(Offer.deal).joinedload(Deal.company),
        joinedload(Offer.owner),
        selectinload(Offer.lines),
    )
    return listed(
        every(Offer),
        Offer,
        columns=columns,
        filters=(owner_filter(Offer, g.colleague), state),
        sort="-created",
        options=options,
        totals=_sum,
    )


def accepted_offers(deal: Deal) -> Iterator[Offer]:
    """What the customer has agreed to buy on a deal, with its lines: papers are made of them."""
    query = every(Offer).where(Offer.deal_id == deal.id, Offer.status == ACCEPTED)
    yield from db.session.scalars(query.options(selectinload(Offer.lines)))


def versions_of(offer: Offer) -> list[Offer]:
    """All versions of an offer, the newest first."""
    query = every(Offer).where(Offer.series == offer.series)
    return list(db.session.scalars(query.order_by(Offer.edition.desc())))


def told_of_offers(record: Any) -> Story | None:
    """What a deal's timeline tells of its offers."""
    if not isinstance(record, Deal):
        return None
    return Story(Offer, [offer.n for offer in record.offers], TURNS)


def _stands(state: str, today: date) -> Any:
    if state == EXPIRED:
        return and_(Offer.status == SENT, Offer.valid_until < today)
    if state == SENT:
        return and_(Offer.status == SENT, Offer.valid_until >= today)
    return Offer.status == state


def _sum(query: Select[Any]) -> tuple[int, Any]:
    row = db.session.execute(
        query.with_only_columns(func.count(), func.sum(Offer.total), maintain_column_froms=True)
    ).one()
    return row[0], row[1] or 0
