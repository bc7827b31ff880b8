"""Products and price lists as pages and forms ask for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import and_, or_
from sqlalchemy.orm import contains_eager, selectinload

from sandbox.crm.columns import Column, badge_column, day_column, text_column, title_column
from sandbox.crm.lists import Filter, Listed, listed
from sandbox.crm.places import lists
from sandbox.crm.putting_away import among
from sandbox.crm.sales.catalogue.models import Price, PriceList, Product
from sandbox.extensions import db
from sandbox.spaces import current_space, every
from sandbox.web.formatting import date_short, money, number

VALID, FUTURE, OVER = "valid", "future", "over"
BADGES = {VALID: ("ok", "check"), FUTURE: ("info", "clock"), OVER: ("warn", "clock-off")}


def price_lists_of(day: date) -> list[PriceList]:
    """The lists that are valid on a day, the company's usual one first, each with its prices."""
    valid = every(PriceList).where(_holds(VALID, day)).options(selectinload(PriceList.prices))
    return list(db.session.scalars(valid.order_by(PriceList.id)))


def usual_price_list(day: date) -> PriceList | None:
    """The list that an offer takes its prices from unless another is chosen."""
    return next(iter(price_lists_of(day)), None)


@lists(Product)
def list_products() -> Listed:
    """The page of products that the address asks for."""
    columns = (
        title_column(_("Product"), Product, edits="name"),
        text_column(_("Unit"), "unit", Product.unit, css="aside"),
        Column(_("Price today"), "price", num=True, cells=_prices_today),
        text_column(_("Code"), "code", offered=True, edits=""),
    )
    return listed(among(Product), Product, columns=columns)


def _prices_today(_found: Listed) -> Any:
    """A product's price in each list that holds today."""
    valid = price_lists_of(current_space().today())
    line = Markup('<span class="price-line">{} <span class="quiet">{}</span></span>')

    def cell(product: Product) -> Markup:
        prices = ((one.price_of(product), one.name) for one in valid)
        return Markup("").join(line.format(money(price), name) for price, name in prices if price is not None)

    return cell


@lists(PriceList)
def list_price_lists() -> Listed:
    """The page of price lists that the address asks for, the newest first."""
    today, states = current_space().today(), dict(list_states())

    def stands(one: PriceList) -> tuple[Any, str, str]:
        state = state_of(one, today)
        return (states[state], *BADGES[state])

    columns = (
        title_column(_("Price list"), PriceList),
        badge_column(_("State"), "state", None, stands),
        day_column(_("Valid from"), "from", "valid_from", PriceList.valid_from, css="minor"),
        day_column(
            _("Valid until"),
            "until",
            "valid_until",
            PriceList.valid_until,
            cell=lambda one: date_short(one.valid_until) or _("no end"),
            css="aside",
        ),
        Column(
            _("Tax"),
            "tax",
            css="minor",
            cell=lambda one: _("in the prices") if one.vat_included else _("on top"),
        ),
        Column(_("Products"), "products", num=True, css="minor", cell=lambda one: number(len(one.prices))),
    )

    def clause(codes: list[str]) -> Any:
        return or_(*(_holds(code, today) for code in codes))

    filters = (Filter("state", _("State"), list_states(), clause),)
    options = (selectinload(PriceList.prices),)
    return listed(
        among(PriceList), PriceList, columns=columns, filters=filters, sort="-from", options=options
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
