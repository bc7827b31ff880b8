"""How the head of sales keeps the catalogue: products, price lists and prices."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import partial

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.crm.references import insist_on_unused
from sandbox.crm.sales.catalogue.forms import CreatePriceListForm, PriceListForm, ProductForm, SetPriceForm
from sandbox.crm.sales.catalogue.models import Price, PriceList, Product
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague, current_space


@action(
    "product.create",
    makes=Product,
    event="created",
    right="lead",
    form=ProductForm,
    icon="package",
    title=_l("New product"),
    says=_l("%(by)s added the product %(record)s"),
)
def create_product(*, name: str, unit: str, by: Colleague, at: datetime) -> Product:
    """Add something that the firm sells; its prices are set in the price lists."""
    product = Product(code="", name=name, unit=unit)
    stamp_new(product, by, at)
    db.session.add(product)
    db.session.flush()
    product.code = f"product-{product.n}"
    stamp_change(product, by, at)
    return product


@action(
    "product.edit",
    on=Product,
    event="edited",
    right="lead",
    form=ProductForm,
    icon="edit",
    title=_l("Edit"),
    says=_l("%(by)s edited the product %(record)s"),
)
def edit_product(product: Product, *, name: str, unit: str, by: Colleague, at: datetime) -> None:
    """Change a product's card; offers that were made keep its former name."""
    product.name, product.unit = name, unit
    stamp_change(product, by, at)


@action(
    "price_list.create",
    makes=PriceList,
    event="created",
    right="lead",
    form=CreatePriceListForm,
    icon="tags",
    title=_l("New price list"),
    says=_l("%(by)s added the price list %(record)s"),
    refusals=("ends_before",),
)
def create_price_list(
    *,
    name: str,
    valid_from: date,
    valid_until: date | None = None,
    vat_included: bool = False,
    by: Colleague,
    at: datetime,
) -> PriceList:
    """Add a price list; prices are set in it one by one."""
    made = PriceList(
        code="",
        name=name,
        currency=current_space().company.currency,
        vat_included=vat_included,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    _insist_on_order(made)
    stamp_new(made, by, at)
    db.session.add(made)
    db.session.flush()
    made.code = f"list-{made.n}"
    stamp_change(made, by, at)
    return made


@action(
    "price_list.edit",
    on=PriceList,
    event="edited",
    right="lead",
    form=PriceListForm,
    icon="edit",
    title=_l("Edit"),
    says=_l("%(by)s edited the price list %(record)s"),
    refusals=("ends_before",),
)
def edit_price_list(
    price_list: PriceList,
    *,
    name: str,
    valid_from: date,
    valid_until: date | None = None,
    vat_included: bool = False,
    by: Colleague,
    at: datetime,
) -> None:
    """Change a price list's card; offers that were made keep their prices."""
    price_list.name, price_list.vat_included = name, vat_included
    price_list.valid_from, price_list.valid_until = valid_from, valid_until
    _insist_on_order(price_list)
    stamp_change(price_list, by, at)


@action(
    "price_list.set_price",
    on=PriceList,
    event="price_set",
    right="lead",
    form=SetPriceForm,
    icon="tag",
    title=_l("Set a price"),
    says=_l("%(by)s set the price of %(product)s to %(amount)s"),
    refusals=("no_amount",),
)
def set_price(
    price_list: PriceList, *, product: Product, amount: Decimal, by: Colleague, at: datetime
) -> None:
    """Set what one piece of a product costs by the list from now on."""
    if amount <= 0:
        raise Refused("no_amount", _("A price is above zero. Fill it in."))
    known = next((price for price in price_list.prices if price.product_id == product.id), None)
    if known is None:
        price_list.prices.append(Price(product=product, amount=amount))
    else:
        known.amount = amount
    stamp_change(price_list, by, at)


def _insist_on_order(price_list: PriceList) -> None:
    if price_list.valid_until is not None and price_list.valid_until < price_list.valid_from:
        raise Refused("ends_before", _("The last day comes before the first one. Change one of them."))


can_be_put_away(
    Product,
    right="lead",
    deleted=_l("%(by)s deleted the product %(record)s"),
    restored=_l("%(by)s restored the product %(record)s"),
    insist=insist_on_unused,
    refusals=("in_use",),
)

can_be_put_away(
    PriceList,
    right="lead",
    deleted=_l("%(by)s deleted the price list %(record)s"),
    restored=_l("%(by)s restored the price list %(record)s"),
    insist=partial(insist_on_unused, but=(Price,)),
    refusals=("in_use",),
)
