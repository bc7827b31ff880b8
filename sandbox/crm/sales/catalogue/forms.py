"""The forms of products and price lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.sales.catalogue.fields import ProductField
from sandbox.crm.sales.catalogue.models import Product
from sandbox.ledger.fields import DayField, MoneyField, TextField, TickField
from sandbox.ledger.forms import ActionForm
from sandbox.spaces import current_space


class ProductForm(ActionForm):
    """What a product is called, and the unit it is sold in."""

    prefills = True

    name = TextField(_l("Name"), required=True)
    unit = TextField(_l("Unit"), required=True, longest=60)


class PriceListForm(ActionForm):
    """From when until when the prices hold, and whether the tax is inside of them."""

    prefills = True

    name = TextField(_l("Name"), required=True)
    valid_from = DayField(_l("Valid from"), required=True)
    valid_until = DayField(_l("Valid until"))
    vat_included = TickField(_l("Prices include the tax"))


class CreatePriceListForm(PriceListForm):
    """A new price list; it begins empty."""

    prefills = False

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """From today on."""
        return {"valid_from": at.astimezone(current_space().zone).date()}


class SetPriceForm(ActionForm):
    """What one piece of a product costs."""

    product = ProductField(_l("Product"), Product, required=True)
    amount = MoneyField(_l("Price of one"), required=True)
