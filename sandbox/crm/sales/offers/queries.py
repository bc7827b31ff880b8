"""Offers as lists and pages ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import and_, or_
from sqlalchemy.orm import joinedload, selectinload

from sandbox.crm.columns import (
    Column,
    badge_column,
    day_column,
    link_column,
    money_column,
    person_column,
    title_column,
)
from sandbox.crm.communications.timeline import Story
from sandbox.crm.filters import Span
from sandbox.crm.lists import Filter, Listed, listed, owner_filter
from sandbox.crm.places import lists
from sandbox.crm.putting_away import among
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.offers.models import ACCEPTED, EXPIRED, SENT, Offer
from sandbox.crm.sales.offers.words import BADGES, offer_states
from sandbox.extensions import db
from sandbox.ledger.questions import Reason
from sandbox.spaces import current_space, every, first
from sandbox.web.formatting import percent

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


def no_offers(deal: Deal) -> Iterator[Reason]:
    """A deal with offers stays: what was offered hangs on it."""
    if first(every(Offer).where(Offer.deal_id == deal.id)) is not None:
        yield Reason("has_offers", _("There are offers on this deal. Delete the drafts, or lose the deal."))


@lists(Offer)
def list_offers() -> Listed:
    """The page of offers that the address asks for, the newest first, with the sum of all that match."""
    today, states = current_space().today(), dict(offer_states())

    def stands(offer: Offer) -> tuple[Any, str, str]:
        state = offer.state(today)
        return (states[state], *BADGES[state])

    columns = (
        title_column(_("Offer"), Offer, by=Offer.series, sub=_for_whom),
        badge_column(_("State"), "state", None, stands),
        money_column(_("Total"), "total", Offer.total, css="aside", edits=""),
        Column(
            _("Discount"),
            "discount",
            num=True,
            css="minor",
            cell=lambda one: percent(one.widest_discount / 100, exact=True) if one.widest_discount else None,
            value=lambda one: one.widest_discount,
        ),
        day_column(
            _("Valid until"), "until", "valid_until", Offer.valid_until, css="minor", edits="valid_until"
        ),
        person_column(_("Owner"), edits=""),
        day_column(_("Created"), "created", "created_at", Offer.created_at, css="minor"),
        link_column(_("Deal"), "deal", offered=True),
    )
    state = Filter(
        "state", _("State"), offer_states(), lambda codes: or_(*(_stands(code, today) for code in codes))
    )
    options = (
        joinedload(Offer.deal).joinedload(Deal.company),
        joinedload(Offer.owner),
        selectinload(Offer.lines),
    )
    return listed(
        among(Offer),
        Offer,
        columns=columns,
        filters=(
            owner_filter(Offer, g.colleague),
            state,
            Span("total", _("Total"), Offer.total),
            Span("until", _("Valid until"), Offer.valid_until, "date"),
        ),
        sort="-created",
        options=options,
    )


def accepted_offers(deal: Deal) -> Iterator[Offer]:
    """What the customer has agreed to buy on a deal, with its lines: papers are made of them."""
    query = every(Offer).where(Offer.deal_id == deal.id, Offer.status == ACCEPTED)
    yield from db.session.scalars(query.options(selectinload(Offer.lines)))


def _for_whom(offer: Offer) -> str:
    company = offer.deal.company
    return f"{offer.deal.title}, {company.name}" if company else str(offer.deal.title)


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
