"""What must hold before an offer changes, goes out, or is answered."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _

from sandbox.crm.sales.catalogue.models import PriceList, Product
from sandbox.crm.sales.offers.models import APPROVED, SENT, WAITING, Offer
from sandbox.kernel.errors import Refused
from sandbox.spaces import Colleague, current_space
from sandbox.web.formatting import date_short, percent

MOST = 100_000
LARGEST = Decimal(10) ** 12


def day_of(at: datetime) -> date:
    """The company's day of a moment."""
    return at.astimezone(current_space().zone).date()


def insist_on_writing(offer: Offer) -> None:
    """Refuse to change an offer that is being approved or has gone out."""
    if offer.status == WAITING:
        raise Refused("waits", _("This offer waits for approval. Take it back before you change it."))
    if not offer.is_being_written:
        raise Refused("read_only", _("An offer that was sent is never changed. Make a new version of it."))


def insist_on_valid_list(price_list: PriceList, day: date) -> None:
    """Refuse prices that do not hold on the day."""
    if price_list.is_over(day):
        raise Refused(
            "list_expired",
            _(
                "The price list “%(list)s” expired on %(day)s. Choose one that is valid today.",
                list=price_list.name,
                day=date_short(price_list.valid_until),
            ),
        )
    if not price_list.is_valid(day):
        raise Refused(
            "list_not_yet",
            _(
                "The price list “%(list)s” begins on %(day)s. Choose one that is valid today.",
                list=price_list.name,
                day=date_short(price_list.valid_from),
            ),
        )


def price_in(price_list: PriceList, product: Product) -> Decimal:
    """The list's price for one piece; refused where the list does not have the product."""
    price = price_list.price_of(product)
    if price is None:
        raise Refused(
            "not_in_list",
            _(
                "“%(product)s” is not in the price list “%(list)s”. Choose another product or list.",
                product=product.name,
                list=price_list.name,
            ),
        )
    return price


def insist_on_quantity(quantity: int) -> None:
    """Refuse a quantity that nobody orders."""
    if not 0 < quantity <= MOST:
        raise Refused("wrong_quantity", _("A quantity is a whole number from 1 to 100,000. Change it."))


def insist_on_size(offer: Offer) -> None:
    """Refuse a sum beyond what the house can keep."""
    if offer.total >= LARGEST or any(line.price * line.quantity >= LARGEST for line in offer.lines):
        raise Refused("too_large", _("This sum is too large to be meant. Check the quantity."))


def insist_on_future(valid_until: date, day: date) -> None:
    """Refuse an offer that would be over before it goes out."""
    if valid_until < day:
        raise Refused("valid_in_past", _("An offer holds until a day that is still ahead. Change the day."))


def insist_on_lines(offer: Offer) -> None:
    """Refuse an empty offer."""
    if not offer.lines:
        raise Refused("no_lines", _("This offer is empty. Add a line from the price list first."))


def limit_of(colleague: Colleague) -> Decimal:
    """What a colleague may take off without asking, in per cent."""
    return current_space().company.discount_limit(colleague.job_role)


def needs_approval(offer: Offer, by: Colleague) -> bool:
    """Whether the discount is more than `by` may give, and nobody has allowed it yet."""
    return offer.status != APPROVED and offer.widest_discount > limit_of(by)


def insist_on_discount(offer: Offer, by: Colleague) -> None:
    """Refuse to send a discount above one's limit without approval."""
    if needs_approval(offer, by):
        raise Refused(
            "over_limit",
            _(
                "A discount of %(discount)s is above your limit of %(limit)s. Ask for approval first.",
                discount=percent(offer.widest_discount / 100, exact=True),
                limit=percent(limit_of(by) / 100, exact=True),
            ),
        )


def insist_on_sent(offer: Offer, day: date) -> None:
    """Refuse an answer to what did not go out, or no longer holds."""
    if offer.is_expired(day):
        raise Refused(
            "expired",
            _(
                "This offer expired on %(day)s. Make a new version with today’s prices.",
                day=date_short(offer.valid_until),
            ),
        )
    if offer.status != SENT:
        raise Refused("not_sent", _("Only an offer that was sent can be answered."))
