"""An offer goes out, and what the customer says to it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.record import stamp_change
from sandbox.crm.sales.moving import insist_on_open
from sandbox.crm.sales.offers.forms import AcceptForm, DeclineForm
from sandbox.crm.sales.offers.models import ACCEPTED, DECLINED, SENT, Offer
from sandbox.crm.sales.offers.rules import (
    day_of,
    insist_on_discount,
    insist_on_future,
    insist_on_lines,
    insist_on_sent,
    insist_on_valid_list,
    insist_on_writing,
)
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague, every, first


@action(
    "offer.send",
    on=Offer,
    event="sent",
    right="sell",
    kind="primary",
    icon="send",
    title=_l("Mark as sent"),
    says=_l("%(by)s sent the offer %(record)s"),
    shown=lambda offer: offer.is_being_written,
    refusals=(
        "waits",
        "read_only",
        "no_lines",
        "not_open",
        "valid_in_past",
        "list_expired",
        "list_not_yet",
        "over_limit",
    ),
)
def send_offer(offer: Offer, *, by: Colleague, at: datetime) -> None:
    """Say that the customer has the offer; from now on it is only read."""
    insist_on_writing(offer)
    insist_on_open(offer.deal)
    insist_on_lines(offer)
    insist_on_future(offer.valid_until, day_of(at))
    insist_on_valid_list(offer.price_list, day_of(at))
    insist_on_discount(offer, by)
    offer.status, offer.sent_at = SENT, at
    stamp_change(offer, by, at)


@action(
    "offer.accept",
    on=Offer,
    event="accepted",
    right="sell",
    form=AcceptForm,
    kind="primary",
    icon="thumb-up",
    title=_l("Accepted"),
    says=_l("%(by)s noted that the customer accepted the offer %(record)s"),
    shown=lambda offer: offer.status == SENT,
    refusals=("expired", "not_sent", "not_open", "other_accepted"),
)
def accept_offer(offer: Offer, *, take_total: bool = False, by: Colleague, at: datetime) -> None:
    """Note that the customer takes the offer; the deal's amount follows when asked."""
    insist_on_sent(offer, day_of(at))
    insist_on_open(offer.deal)
    taken = first(every(Offer).where(Offer.deal_id == offer.deal_id, Offer.status == ACCEPTED))
    if taken is not None:
        raise Refused(
            "other_accepted",
            _("The customer has accepted the offer %(offer)s of this deal already.", offer=taken.title),
        )
    offer.status, offer.answered_at = ACCEPTED, at
    stamp_change(offer, by, at)
    if take_total:
        offer.deal.amount = offer.total
        stamp_change(offer.deal, by, at)


@action(
    "offer.decline",
    on=Offer,
    event="declined",
    right="sell",
    form=DeclineForm,
    icon="thumb-down",
    title=_l("Declined"),
    says=_l("%(by)s noted that the customer declined the offer %(record)s: %(note)s"),
    shown=lambda offer: offer.status == SENT,
    refusals=("not_sent",),
)
def decline_offer(offer: Offer, *, note: str, by: Colleague, at: datetime) -> None:
    """Note that the customer does not take the offer, and why."""
    if offer.status != SENT:
        raise Refused("not_sent", _("Only an offer that was sent can be answered."))
    offer.status, offer.answered_at, offer.decline_note = DECLINED, at, note
    stamp_change(offer, by, at)
