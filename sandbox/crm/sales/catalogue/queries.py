"""Products and price lists as pages and forms ask for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, or_
from sqlalchemy.orm import contains_eager, selectinload

from sandbox.crm.lists import Column, Filter, Listed, listed
from sandbox.crm.sales.catalogue.models import Price, PriceList, Product
from sandbox.extensions import db
from sandbox.spaces import current_space, every

VALID, FUTURE, OVER = "valid", "future", "over"


def price_lists_of(day: date) -> list[PriceList]:
    """The lists that are valid on a day, the company's usual one first, each with its prices."""
    valid = every(PriceList).where(_holds(VALID, day)).options(selectinload(PriceList.prices))
    return list(db.session.scalars(valid.order_by(PriceList.id)))


def usual_price_list(day: date) -> PriceList | None:
    """The list that an offer takes its prices from unless another is chosen."""
    return next(iter(price_lists_of(day)), None)


def list_products() -> Listed:
    """The page of products that the address asks for."""
    columns = (
        Column(_("Product"), "title", Product.sort_key),
        Column(_("Unit"), css="aside"),
        Column(_("Price today"), num=True),
    )
    return listed(every(Product), Product, columns=columns)


def list_price_lists() -> Listed:
    """The page of price lists that the address asks for, the newest first."""
    columns = (
        Column(_("Price list"), "title", PriceList.sort_key),
        Column(_("State")),
        Column(_("Valid from"), "from", PriceList.valid_from, css="minor"),
        Column(_("Valid until"), "until", PriceList.valid_until, css="aside"),
        Column(_("Tax"), css="minor"),
        Column(_("Products"), num=True, css="minor"),
    )
    today = current_space().today()

    def clause(codes: list[str]) -> Any:
        return or_(*(_holds(code, today) for code in codes))

    filters = (Filter("state", _("State"), list_states(), clause),)
    options = (selectinload(PriceList.prices),)
    return listed(
        every(PriceList), PriceList, columns=columns, filters=filters, sort="-from", options=options
    )


def list_states() -> list[tuple[str, str]]:
    """Codes and words of what a list is today."""
    return [(VALID, _("valid today")), (FUTURE, _("not yet valid")), (OVER, _("expired"))]


def state_of(price_list: PriceList, today: date) -> str:
    """valid, future or over."""
    if price_list.is_over(today):
        return OVER
    return VALID if price_list.is_valid(today) else FUTURE


def prices_of(product: Product) -> list[Price]:
    """A product's prices in all lists, the newest list first."""
    query = every(Price).join(Price.price_list).options(contains_eager(Price.price_list))
    query = query.where(Price.product_id == product.id)
    return list(db.session.scalars(query.order_by(PriceList.valid_from.desc(), PriceList.id)))


def prices_on(price_list: PriceList) -> list[Price]:
    """A list's prices with their products, by name."""
    query = every(Price).join(Price.product).options(contains_eager(Price.product))
    query = query.where(Price.price_list_id == price_list.id)
    return list(db.session.scalars(query.order_by(Product.sort_key, Product.id)))


def _holds(state: str, day: date) -> Any:
    if state == FUTURE:
        return PriceList.valid_from > day
    if state == OVER:
        return PriceList.valid_until < day
    return and_(
        PriceList.valid_from <= day, or_(PriceList.valid_until.is_(None), PriceList.valid_until >= day)
    )
