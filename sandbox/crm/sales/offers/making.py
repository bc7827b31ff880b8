"""An offer made inside a running action."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select

from sandbox.crm.record import stamp_new
from sandbox.crm.sales.catalogue.models import PriceList, Product
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.offers.models import DRAFT, Offer, OfferLine
from sandbox.crm.sales.offers.rules import day_of, insist_on_quantity, insist_on_size, price_in
from sandbox.extensions import db
from sandbox.spaces import Colleague, current_space

NONE = Decimal(0)


def make_offer(
    deal: Deal,
    *,
    price_list: PriceList,
    valid_until: date,
    discount: Decimal | None = None,
    note: str | None = None,
    former: Offer | None = None,
    by: Colleague | None,
    at: datetime,
) -> Offer:
    """An empty draft on a deal; `former` is the version that it takes the place of."""
    company = current_space().company
    series = former.series if former else _last_series() + 1
    offer = Offer(
        deal=deal,
        owner=deal.owner,
        number=former.number if former else f"{company.rules.offer_prefix}{series:04}",
        series=series,
        edition=former.edition + 1 if former else 1,
        former=former,
        status=DRAFT,
        price_list=price_list,
        currency=price_list.currency,
        vat_included=price_list.vat_included,
        vat_rate=company.vat_rate(day_of(at)),
        discount=discount or NONE,
        valid_until=valid_until,
        note=note,
        net=NONE,
        vat=NONE,
        total=NONE,
    )
    stamp_new(offer, by, at)
    db.session.add(offer)
    db.session.flush()
    return offer


def put_line(offer: Offer, product: Product, quantity: int, discount: Decimal | None) -> OfferLine:
    """A line at the price of the offer's list; the sums follow."""
    insist_on_quantity(quantity)
    line = OfferLine(
        product=product,
        position=max((one.position for one in offer.lines), default=0) + 1,
        name=product.name,
        unit=product.unit,
        quantity=quantity,
        price=price_in(offer.price_list, product),
        discount=discount or NONE,
    )
    offer.lines.append(line)
    recount(offer)
    return line


def take_prices(offer: Offer, price_list: PriceList, at: datetime) -> None:
    """Give every line the list's price, and the offer the list's way with the tax, at the rate of the day."""
    offer.price_list = price_list
    offer.currency, offer.vat_included = price_list.currency, price_list.vat_included
    offer.vat_rate = current_space().company.vat_rate(day_of(at))
    for line in offer.lines:
        line.price = price_in(price_list, line.product)
    recount(offer)


def recount(offer: Offer) -> None:
    """Compute the sums anew; refused where they cannot be meant."""
    offer.recount()
    insist_on_size(offer)


def _last_series() -> int:
    # the running action raises the space's counter first, so two offers never take one number
    return db.session.scalar(select(func.max(Offer.series))) or 0
