"""The pages of products and price lists."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response
from flask_babel import gettext as _

from sandbox.crm.actions_on_page import laid_out
from sandbox.crm.communications.timeline import timeline_of
from sandbox.crm.list_page import list_page
from sandbox.crm.sales.catalogue.models import PriceList, Product
from sandbox.crm.sales.catalogue.queries import (
    BADGES,
    list_price_lists,
    list_products,
    list_states,
    prices_of,
    prices_on,
    state_of,
)
from sandbox.ledger.offers import offer_to_create
from sandbox.spaces import current_space, fetch
from sandbox.spaces.access import in_space
from sandbox.web.access import allow
from sandbox.web.formatting import weekday
from sandbox.web.respond import page

blueprint = Blueprint("catalogue", __name__, url_prefix="/s/<int:space>")


@blueprint.get("/products")
@allow(in_space)
def products(space: int) -> Response:
    """What the firm sells, with the prices that hold today."""
    return list_page(
        list_products(),
        title=_("Products"),
        label=_("Views of products"),
        views=((_("All products"), {}),),
        create=offer_to_create("product.create"),
        empty=(
            "package",
            _("No products yet"),
            _("A product is something the firm sells; its price stands in the price lists."),
        ),
    )


@blueprint.get("/products/<int:n>")
@allow(in_space)
def product(space: int, n: int) -> Response:
    """One product: what it costs by which list."""
    one = fetch(Product, n, deleted=True)
    return page(
        "sales/catalogue/product.html",
        record=one,
        actions=laid_out(one, ("product.edit",)),
        prices=prices_of(one),
        lines=timeline_of(one, "changes", None)[0],
        facts=[(_("Unit"), one.unit), (_("Code"), one.code)],
        **_states(),
    )


@blueprint.get("/price_lists")
@allow(in_space)
def price_lists(space: int) -> Response:
    """Price lists with the days on which they hold."""
    return list_page(
        list_price_lists(),
        title=_("Price lists"),
        label=_("Views of price lists"),
        views=((_("All price lists"), {}), (_("Valid today"), {"state": "valid"})),
        create=offer_to_create("price_list.create"),
        empty=(
            "tags",
            _("No price lists yet"),
            _("A price list says what products cost, from which day until which."),
        ),
    )


@blueprint.get("/price_lists/<int:n>")
@allow(in_space)
def price_list(space: int, n: int) -> Response:
    """One price list: its prices."""
    one = fetch(PriceList, n, deleted=True)
    return page(
        "sales/catalogue/price_list.html",
        record=one,
        actions=laid_out(one, ("price_list.set_price",)),
        prices=prices_on(one),
        lines=timeline_of(one, "changes", None)[0],
        facts=[
            (_("Valid from"), weekday(one.valid_from)),
            (_("Valid until"), weekday(one.valid_until)),
            (_("Tax"), _("tax is in the prices") if one.vat_included else _("tax comes on top")),
            (_("Currency"), one.currency),
        ],
        **_states(),
    )


def _states() -> dict[str, Any]:
    return {
        "states": dict(list_states()),
        "badges": BADGES,
        "state_of": state_of,
        "today": current_space().today(),
    }
