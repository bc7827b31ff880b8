"""The forms of offers. None has a field for a sum: sums follow from the lines."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.sales.catalogue.fields import PriceListField, ProductField
from sandbox.crm.sales.catalogue.models import PriceList, Product
from sandbox.crm.sales.catalogue.queries import usual_price_list
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.pipelines import Stage
from sandbox.ledger.fields import (
    DayField,
    LongTextField,
    NumberField,
    PercentField,
    RecordField,
    TickField,
)
from sandbox.ledger.forms import ActionForm
from sandbox.spaces import current_space


def _open_deals(query: Any) -> Any:
    return query.join(Stage, Deal.stage_id == Stage.id).where(Stage.type == "open")


class OfferForm(ActionForm):
    """By which price list, until when, and what is off in all."""

    prefills = True

    price_list = PriceListField(_l("Price list"), PriceList, required=True)
    valid_until = DayField(_l("Valid until"), required=True)
    discount = PercentField(_l("Discount on everything"))
    note = LongTextField(_l("Terms and remarks"))


class CreateOfferForm(ActionForm):
    """A new offer on an open deal."""

    deal = RecordField(_l("Deal"), Deal, required=True, narrowed=_open_deals)
    price_list = PriceListField(_l("Price list"), PriceList, required=True)
    valid_until = DayField(_l("Valid until"), required=True)
    discount = PercentField(_l("Discount on everything"))
    note = LongTextField(_l("Terms and remarks"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """The usual list, and the company's own number of days."""
        space = current_space()
        today = at.astimezone(space.zone).date()
        days = timedelta(days=space.company.rules.offer_days)
        return {"price_list": usual_price_list(today), "valid_until": today + days}


class LineForm(ActionForm):
    """How many, and what is off."""

    prefills = True

    quantity = NumberField(_l("Quantity"), required=True)
    discount = PercentField(_l("Discount on this line"))


class AddLineForm(ActionForm):
    """A product of the offer's price list; the price is the list's."""

    product = ProductField(_l("Product"), Product, required=True)
    quantity = NumberField(_l("Quantity"), required=True)
    discount = PercentField(_l("Discount on this line"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """One piece."""
        return {"quantity": 1}

    def know(self, record: Any) -> None:
        """Offer what the offer's price list has, each with its price."""
        self.product.price_list = record.price_list


class ReturnForm(ActionForm):
    """What is to be changed."""

    remark = LongTextField(_l("What to change"), required=True)


class AcceptForm(ActionForm):
    """Whether the deal follows."""

    take_total = TickField(_l("Make the total the deal’s amount"))

    @classmethod
    def prefill(cls, record: Any, *, by: Any, at: datetime) -> dict[str, Any]:
        """It usually does."""
        return {"take_total": True}


class DeclineForm(ActionForm):
    """Why the customer does not take it."""

    note = LongTextField(_l("What the customer said"), required=True, sets="decline_note")
