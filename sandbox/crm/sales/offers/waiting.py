"""Offers whose discount waits for approval, for those whose own limit is wide enough."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import BigInteger, ColumnElement, and_, exists, or_, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from sandbox.columns import MINOR_UNITS
from sandbox.crm.communications.questions import Queue, Waiting
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.offers.models import WAITING, Offer, OfferLine
from sandbox.crm.sales.offers.rules import limit_of
from sandbox.extensions import db
from sandbox.ledger.perform import rights_of
from sandbox.spaces import Colleague, every
from sandbox.web.formatting import percent

_WHOLE = 100 * MINOR_UNITS


def offers_waiting(me: Colleague) -> Iterator[Queue]:
    """What a colleague may approve; what is above their own limit waits for somebody else."""
    if "lead" in rights_of(me):
        mine = _asked_of(me)
        yield Queue(Offer, "approval", mine, lambda: _to_approve(mine))


def _asked_of(me: Colleague) -> ColumnElement[bool]:
    """Offers of others that wait, none of whose lines is above one's limit, both discounts together."""
    left = _WHOLE - int(limit_of(me) * MINOR_UNITS)
    line_left = _WHOLE - type_coerce(OfferLine.discount, BigInteger)
    offer_left = _WHOLE - type_coerce(Offer.discount, BigInteger)
    too_much = exists().where(OfferLine.offer_id == Offer.id, line_left * offer_left < left * _WHOLE)
    asked_by_another = or_(Offer.asked_by_id != me.id, Offer.asked_by_id.is_(None))
    return and_(Offer.status == WAITING, Offer.deleted_at.is_(None), asked_by_another, ~too_much)


def _to_approve(mine: ColumnElement[bool]) -> Iterator[Waiting]:
    options = (
        joinedload(Offer.deal).joinedload(Deal.company),
        joinedload(Offer.asked_by),
        selectinload(Offer.lines),
    )
    for offer in db.session.scalars(every(Offer).where(mine).options(*options)):
        off = percent(offer.widest_discount / 100, exact=True)
        yield Waiting(
            "approval",
            offer,
            offer,
            _("A discount of %(discount)s waits for your approval", discount=off),
            offer.asked_at or offer.created_at,
            text=offer.deal.company.name if offer.deal.company else offer.deal.title,
            by=offer.asked_by.name if offer.asked_by else None,
        )
