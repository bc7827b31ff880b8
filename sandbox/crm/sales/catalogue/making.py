"""The catalogue of a company file as rows of a space."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sandbox.crm.record import stamp_new
from sandbox.crm.sales.catalogue.models import Price, PriceList, Product
from sandbox.extensions import db
from sandbox.spaces.company import CompanyFile


def make_catalogue(company: CompanyFile, day: date, at: datetime) -> list[PriceList]:
    """Lay out products and price lists, valid around `day`; inside an action (seeding), flushes."""
    products = [Product(code=said.code, name=said.name, unit=said.unit) for said in company.products]
    for product in products:
        stamp_new(product, None, at)
        db.session.add(product)
    db.session.flush()
    made = []
    for said in company.price_lists:
        one = PriceList(
            code=said.code,
            name=said.title,
            currency=company.currency,
            vat_included=said.vat_included,
            valid_from=day + timedelta(days=said.from_days),
            valid_until=None if said.until_days is None else day + timedelta(days=said.until_days),
        )
        stamp_new(one, None, at)
        db.session.add(one)
        db.session.flush()
        for product, sold in zip(products, company.products, strict=True):
            if sold.code not in said.without:
                amount = said.prices.get(sold.code, sold.price)
                db.session.add(Price(price_list_id=one.id, product_id=product.id, amount=amount))
        db.session.flush()
        made.append(one)
    return made
