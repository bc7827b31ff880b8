"""A discount above one's limit is allowed by somebody with a wider one, never by who asks."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.inbox_models import wait_anew
from sandbox.crm.record import stamp_change
from sandbox.crm.sales.moving import insist_on_open
from sandbox.crm.sales.offers.forms import ReturnForm
from sandbox.crm.sales.offers.models import APPROVED, DRAFT, WAITING, Offer
from sandbox.crm.sales.offers.rules import (
    insist_on_lines,
    insist_on_writing,
    limit_of,
    needs_approval,
)
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague
from sandbox.web.formatting import percent


@action(
    "offer.request_approval",
    on=Offer,
    event="approval_requested",
    right="sell",
    icon="rubber-stamp",
    title=_l("Ask for approval"),
    says=_l("%(by)s asked to approve a discount of %(widest)s %% in the offer %(record)s"),
    shown=lambda offer: offer.status == DRAFT,
    refusals=("waits", "read_only", "no_lines", "not_open", "within_limit"),
)
def request_approval(offer: Offer, *, by: Colleague, at: datetime) -> None:
    """Ask for a discount above one's limit; until the answer the offer does not change."""
    insist_on_writing(offer)
    insist_on_open(offer.deal)
    insist_on_lines(offer)
    if not needs_approval(offer, by):
        raise Refused("within_limit", _("This discount is within your limit: nobody has to approve it."))
    offer.status = WAITING
    offer.asked_by, offer.asked_at = by, at
    offer.remark = None
    wait_anew(offer)
    tell(widest=f"{offer.widest_discount.normalize():f}")
    stamp_change(offer, by, at)


@action(
    "offer.recall",
    on=Offer,
    event="recalled",
    right="sell",
    icon="arrow-back-up",
    title=_l("Take back"),
    says=_l("%(by)s took the offer %(record)s back from approval"),
    shown=lambda offer: offer.status == WAITING,
    refusals=("not_waiting",),
)
def recall_offer(offer: Offer, *, by: Colleague, at: datetime) -> None:
    """Take an offer back from approval, to change it."""
    _insist_on_waiting(offer)
    offer.status = DRAFT
    stamp_change(offer, by, at)


@action(
    "offer.approve",
    on=Offer,
    event="approved",
    right="lead",
    kind="primary",
    icon="check",
    title=_l("Approve"),
    says=_l("%(by)s approved the discount in the offer %(record)s"),
    shown=lambda offer: offer.status == WAITING,
    refusals=("not_waiting", "own_request", "over_limit"),
)
def approve_offer(offer: Offer, *, by: Colleague, at: datetime) -> None:
    """Allow the discount of an offer as it stands; never one's own request."""
    _insist_on_another(offer, by)
    if offer.widest_discount > limit_of(by):
        raise Refused(
            "over_limit",
            _(
                "A discount of %(discount)s is above your limit of %(limit)s. "
                "Return the offer, or leave it to somebody with a wider limit.",
                discount=percent(offer.widest_discount / 100, exact=True),
                limit=percent(limit_of(by) / 100, exact=True),
            ),
        )
    offer.status = APPROVED
    offer.approved_by, offer.approved_at = by, at
    stamp_change(offer, by, at)


@action(
    "offer.return",
    on=Offer,
    event="returned",
    right="lead",
    form=ReturnForm,
    icon="arrow-back",
    title=_l("Return"),
    says=_l("%(by)s returned the offer %(record)s: %(remark)s"),
    shown=lambda offer: offer.status == WAITING,
    refusals=("not_waiting", "own_request"),
)
def return_offer(offer: Offer, *, remark: str, by: Colleague, at: datetime) -> None:
    """Send an offer back to its writer and say what to change."""
    _insist_on_another(offer, by)
    offer.status, offer.remark = DRAFT, remark
    stamp_change(offer, by, at)


def _insist_on_waiting(offer: Offer) -> None:
    if offer.status != WAITING:
        raise Refused("not_waiting", _("This offer does not wait for approval."))


def _insist_on_another(offer: Offer, by: Colleague) -> None:
    _insist_on_waiting(offer)
    if offer.asked_by_id == by.id:
        raise Refused("own_request", _("You asked for this yourself. Somebody else has to decide."))
