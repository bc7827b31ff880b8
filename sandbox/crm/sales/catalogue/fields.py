"""Choosing a product or a price list in a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from sandbox.crm.sales.catalogue.models import PriceList, Product
from sandbox.extensions import db
from sandbox.ledger.fields import RecordField
from sandbox.spaces import current_space, every
from sandbox.web.formatting import date_short, money


class ProductField(RecordField):
    """A product, with the unit it is sold in; with its price where a price list is known."""

    is_listed = True
    price_list: PriceList | None = None

    def __init__(self, label: Any, model: type[Product] = Product, **kwargs: Any) -> None:
        super().__init__(label, model, **kwargs)

    def iter_choices(self) -> Iterator[tuple[Any, str, bool, dict[str, Any]]]:
        """By name; the unit tells what a quantity of one is."""
        products = {str(one.n): one for one in db.session.scalars(every(Product))}
        for value, label, chosen, attributes in super().iter_choices():
            one = products.get(value)
            if one is None:
                yield value, label, chosen, attributes
            elif self.price_list is None:
                yield value, f"{label} ({one.unit})", chosen, attributes
            elif chosen or self.price_list.price_of(one) is not None:
                price = self.price_list.price_of(one)
                words = f"{label} ({one.unit}), {money(price, self.price_list.currency)}"
                yield value, words if price is not None else label, chosen, attributes


class PriceListField(RecordField):
    """A price list, with the days on which it holds: choosing one that does not is a slip the rules catch."""

    is_listed = True

    def __init__(self, label: Any, model: type[PriceList] = PriceList, **kwargs: Any) -> None:
        super().__init__(label, model, **kwargs)

    def iter_choices(self) -> Iterator[tuple[Any, str, bool, dict[str, Any]]]:
        """By name, with the validity in words."""
        today = current_space().today()
        lists = {str(one.n): one for one in db.session.scalars(every(PriceList))}
        for value, label, chosen, attributes in super().iter_choices():
            words = f"{label}: {validity(lists[value], today)}" if value in lists else label
            yield value, words, chosen, attributes


def validity(price_list: PriceList, today: Any) -> str:
    """When a list holds, in words."""
    if price_list.valid_from > today:
        return _("from %(day)s on", day=date_short(price_list.valid_from))
    if price_list.is_over(today):
        return _("expired on %(day)s", day=date_short(price_list.valid_until))
    if price_list.valid_until is None:
        return _("valid, no end")
    return _("valid until %(day)s", day=date_short(price_list.valid_until))
