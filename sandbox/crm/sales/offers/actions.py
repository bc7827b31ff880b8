"""How an offer is written: its card, its lines, its next version."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change
from sandbox.crm.sales.catalogue.models import PriceList, Product
from sandbox.crm.sales.catalogue.queries import usual_price_list
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.moving import insist_on_open
from sandbox.crm.sales.offers.forms import AddLineForm, CreateOfferForm, LineForm, OfferForm
from sandbox.crm.sales.offers.making import NONE, make_offer, put_line, recount, take_prices
from sandbox.crm.sales.offers.models import APPROVED, DRAFT, SUPERSEDED, WAITING, Offer, OfferLine
from sandbox.crm.sales.offers.rules import (
    day_of,
    insist_on_future,
    insist_on_quantity,
    insist_on_valid_list,
    insist_on_writing,
)
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague, current_space

LIST = ("list_expired", "list_not_yet", "not_in_list")
WRITING = ("waits", "read_only", "too_large")


@action(
    "offer.create",
    makes=Offer,
    event="created",
    right="sell",
    form=CreateOfferForm,
    icon="file-dollar",
    title=_l("Build an offer"),
    says=_l("%(by)s began the offer %(record)s"),
    refusals=("not_open", "valid_in_past", *LIST),
)
def create_offer(
    *,
    deal: Deal,
    price_list: PriceList,
    valid_until: date,
    discount: Decimal | None = None,
    note: str | None = None,
    by: Colleague,
    at: datetime,
) -> Offer:
    """Begin an offer on an open deal with the prices of a list that is valid today."""
    insist_on_open(deal)
    insist_on_valid_list(price_list, day_of(at))
    insist_on_future(valid_until, day_of(at))
    tell(deal=_told(deal))
    return make_offer(
        deal,
        price_list=price_list,
        valid_until=valid_until,
        discount=discount,
        note=note,
        by=by,
        at=at,
    )


@action(
    "offer.edit",
    on=Offer,
    event="edited",
    right="sell",
    form=OfferForm,
    icon="edit",
    title=_l("Edit"),
    says=_l("%(by)s edited the offer %(record)s"),
    shown=lambda offer: offer.is_being_written,
    refusals=("valid_in_past", *LIST, *WRITING),
)
def edit_offer(
    offer: Offer,
    *,
    price_list: PriceList,
    valid_until: date,
    discount: Decimal | None = None,
    note: str | None = None,
    by: Colleague,
    at: datetime,
) -> None:
    """Change an offer that has not gone out; another price list gives every line its price."""
    insist_on_writing(offer)
    insist_on_valid_list(price_list, day_of(at))
    insist_on_future(valid_until, day_of(at))
    offer.valid_until, offer.note, offer.discount = valid_until, note, discount or NONE
    take_prices(offer, price_list, at)
    _changed(offer, by, at)


@action(
    "offer.add_line",
    on=Offer,
    event="line_added",
    right="sell",
    form=AddLineForm,
    icon="plus",
    title=_l("Add a line"),
    says=_l("%(by)s added %(product)s to the offer %(record)s"),
    shown=lambda offer: offer.is_being_written,
    refusals=("wrong_quantity", *LIST, *WRITING),
)
def add_line(
    offer: Offer,
    *,
    product: Product,
    quantity: int,
    discount: Decimal | None = None,
    by: Colleague,
    at: datetime,
) -> None:
    """Add a product at the price of the offer's list, which must still be valid."""
    insist_on_writing(offer)
    insist_on_valid_list(offer.price_list, day_of(at))
    put_line(offer, product, quantity, discount)
    _changed(offer, by, at)


@action(
    "offer_line.edit",
    on=OfferLine,
    event="edited",
    right="sell",
    form=LineForm,
    icon="edit",
    title=_l("Change the line"),
    says=_l("%(by)s changed the line %(record)s"),
    shown=lambda line: line.offer.is_being_written,
    refusals=("wrong_quantity", *WRITING),
)
def edit_line(
    line: OfferLine, *, quantity: int, discount: Decimal | None = None, by: Colleague, at: datetime
) -> None:
    """Change the quantity or the discount of a line."""
    insist_on_writing(line.offer)
    insist_on_quantity(quantity)
    line.quantity, line.discount = quantity, discount or NONE
    recount(line.offer)
    _changed(line.offer, by, at)


@action(
    "offer_line.remove",
    on=OfferLine,
    event="removed",
    right="sell",
    icon="trash",
    kind="danger",
    title=_l("Remove the line"),
    says=_l("%(by)s removed the line %(record)s"),
    shown=lambda line: line.offer.is_being_written,
    refusals=WRITING,
)
def remove_line(line: OfferLine, *, by: Colleague, at: datetime) -> Offer:
    """Take a line out of an offer."""
    offer = line.offer
    insist_on_writing(offer)
    tell(offer=_told(offer))
    offer.lines.remove(line)
    recount(offer)
    _changed(offer, by, at)
    return offer


@action(
    "offer.revise",
    on=Offer,
    makes=Offer,
    event="revised",
    right="sell",
    icon="copy-plus",
    title=_l("New version"),
    says=_l("%(by)s made a new version of the offer %(record)s"),
    shown=lambda offer: not offer.is_being_written and offer.status not in (WAITING, SUPERSEDED),
    refusals=("still_written", "waits", "not_open", "superseded", *LIST, "too_large"),
    opens_made=True,
)
def revise_offer(offer: Offer, *, by: Colleague, at: datetime) -> Offer:
    """Make the next version, with prices that hold today; the one that was sent stays to be read."""
    if offer.is_being_written:
        raise Refused("still_written", _("This offer has not gone out: change it as it is."))
    if offer.status == WAITING:
        insist_on_writing(offer)
    if offer.status == SUPERSEDED:
        raise Refused("superseded", _("There is a newer version already. Go on with that one."))
    insist_on_open(offer.deal)
    day = day_of(at)
    prices = offer.price_list if offer.price_list.is_valid(day) else usual_price_list(day)
    insist_on_valid_list(prices or offer.price_list, day)
    days = timedelta(days=current_space().company.rules.offer_days)
    made = make_offer(
        offer.deal,
        price_list=prices or offer.price_list,
        valid_until=day + days,
        discount=offer.discount,
        note=offer.note,
        former=offer,
        by=by,
        at=at,
    )
    for line in offer.lines:
        put_line(made, line.product, line.quantity, line.discount)
    offer.status = SUPERSEDED
    stamp_change(offer, by, at)
    return made


def _changed(offer: Offer, by: Colleague, at: datetime) -> None:
    """What was allowed is not what is offered now: the approval is void."""
    if offer.status == APPROVED:
        offer.status = DRAFT
        offer.approved_by = offer.approved_at = None
    stamp_change(offer, by, at)


def _told(record: Deal | Offer) -> dict[str, object]:
    return {"type": record.__record__, "n": record.n, "title": record.title}


def _insist_on_first_draft(offer: Offer) -> None:
    if offer.status != DRAFT or offer.edition > 1:
        raise Refused(
            "not_draft", _("Only a first draft is deleted: what others have seen of an offer stays.")
        )


can_be_put_away(
    Offer,
    right="sell",
    deleted=_l("%(by)s deleted the offer %(record)s"),
    restored=_l("%(by)s restored the offer %(record)s"),
    shown=lambda offer: offer.status == DRAFT and offer.edition == 1,
    insist=_insist_on_first_draft,
    refusals=("not_draft",),
)
