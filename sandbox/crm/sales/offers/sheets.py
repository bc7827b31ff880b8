"""An offer as a sheet on the firm's letterhead: lines, sums, the way with the tax, until when it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.dates import format_date
from flask_babel import force_locale
from flask_babel import gettext as _

from sandbox.crm.customers.models import Company
from sandbox.crm.letterhead import letterhead, tax_numbers
from sandbox.crm.lists import word
from sandbox.crm.sales.offers.models import DRAFT, WAITING, Offer
from sandbox.crm.wording import counted
from sandbox.kernel.errors import NotFound
from sandbox.kernel.typesetting import (
    HEADING,
    SIGNS,
    SUMS,
    TABLE,
    TEXT,
    TITLE,
    Block,
    Sheet,
    as_pages,
    as_pdf,
)
from sandbox.spaces import current_space
from sandbox.version import __version__
from sandbox.web.formatting import money, percent
from sandbox.web.page_images import count_of, key_of, page_image


def sheet_of(offer: Offer, language: str) -> Sheet:
    """The offer in the company's language, or in another that its customer reads."""
    company = current_space().company
    locale = company.locale if language == company.language else language
    with force_locale(language):
        footer = _("Offer %(number)s, version %(n)s", number=offer.number, n=offer.edition)
        title = _("Offer %(number)s", number=offer.title)
        note = _("This is a draft: it binds nobody.") if offer.status in (DRAFT, WAITING) else ""
        return Sheet(language, title, letterhead(company), list(_blocks(offer, title, locale)), footer, note)


def pdf_of(offer: Offer, language: str) -> tuple[str, bytes]:
    """The name of the file, and its bytes."""
    return f"{offer.title.replace('/', '-v')}.pdf", as_pdf(sheet_of(offer, language))


def page_count(offer: Offer, language: str) -> int:
    """How many pages the offer has; they are drawn where nobody has looked at them as it stands."""
    sheet = sheet_of(offer, language)
    return count_of(_key(sheet), lambda: as_pages(sheet))


def page_of(offer: Offer, language: str, place: int) -> Path:
    """The image of a page, from 1; NotFound where there is none."""
    sheet = sheet_of(offer, language)
    count_of(_key(sheet), lambda: as_pages(sheet))
    found = page_image(_key(sheet), place)
    if found is None:
        raise NotFound(f"page {place}")
    return found


def _key(sheet: Sheet) -> str:
    return key_of(__version__, repr(sheet))


def _blocks(offer: Offer, title: str, locale: str) -> Iterator[Block]:
    code = offer.currency
    yield Block(TITLE, title)
    day = offer.sent_at or offer.changed_at
    written = format_date(day.astimezone(current_space().zone).date(), "long", locale=locale)
    yield Block(TEXT, _("of %(day)s, for: %(deal)s", day=written, deal=offer.deal.title))
    if offer.deal.company is not None:
        yield Block(TEXT, _customer(offer.deal.company))
    heads = [_("Product"), _("Quantity"), _("Price"), _("Discount"), _("Sum")]
    rows = [
        [
            line.name,
            counted(line.quantity, line.unit),
            money(line.price, code),
            percent(line.discount / 100, exact=True) if line.discount else "",
            money(line.amount, code),
        ]
        for line in offer.lines
    ]
    table = [heads, *rows]
    if not any(line.discount for line in offer.lines):
        table = [[*row[:3], row[4]] for row in table]  # an empty column says nothing
    yield Block(TABLE, rows=table)
    yield Block(SUMS, rows=list(_sums(offer)))
    until = format_date(offer.valid_until, "long", locale=locale)
    yield Block(TEXT, _("This offer is valid until %(day)s.", day=until))
    if offer.note:
        yield Block(HEADING, _("Terms and remarks"))
        yield from (Block(TEXT, line) for line in offer.note.splitlines() if line.strip())
    yield Block(SIGNS, rows=[[current_space().company.name, offer.owner.name if offer.owner else ""]])


def _customer(party: Company) -> str:
    numbers = tax_numbers(current_space().company, party.inn, None if party.is_sole_trader else party.kpp)
    address = " ".join((party.address or "").split())
    return _("Customer: %(facts)s", facts=", ".join(part for part in (party.name, numbers, address) if part))


def _sums(offer: Offer) -> Iterator[list[str]]:
    tax, code = word("offer.vat", _("VAT")), offer.currency
    rate = percent(offer.vat_rate / 100, exact=True)
    if offer.discount:
        off = percent(offer.discount / 100, exact=True)
        yield [_("Discount on everything, %(percent)s, is in the sums", percent=off), ""]
    if not offer.vat_included:
        yield [_("Without tax"), money(offer.net, code)]
    if offer.vat_rate:
        said = (
            _("%(tax)s %(rate)s in the total", tax=tax, rate=rate)
            if offer.vat_included
            else _("%(tax)s %(rate)s", tax=tax, rate=rate)
        )
        yield [said, money(offer.vat, code)]
    yield [_("Total"), money(offer.total, code)]
