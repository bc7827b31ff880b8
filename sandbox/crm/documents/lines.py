"""The lines of invoices and closing documents: taken from what was agreed, with sums that are computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from flask_babel import force_locale
from flask_babel import gettext as _

from sandbox.crm.documents.models import Document, DocumentLine
from sandbox.crm.documents.questions import agreed_lines
from sandbox.crm.wording import counted
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.vat import NOTHING, Sum, line_sum
from sandbox.spaces import current_space

NONE = Decimal(0)


class Line(Protocol):
    """So much of something at a price: a line of an offer, of an invoice, of a closing document."""

    @property
    def name(self) -> Any:
        """What it is."""
        ...

    @property
    def unit(self) -> Any:
        """What one of it is called."""
        ...

    @property
    def quantity(self) -> Any:
        """How many."""
        ...

    @property
    def price(self) -> Any:
        """The price of one, as the paper's prices count the tax."""
        ...

    @property
    def discount(self) -> Any:
        """What is off, in per cent."""
        ...


@dataclass(frozen=True)
class Whole:
    """A sum that nobody has parted into lines: one line for all of it."""

    name: str
    unit: str
    price: Decimal
    quantity: int = 1
    discount: Decimal = NONE


@dataclass(frozen=True)
class Agreed:
    """What was agreed: the lines, a discount on all of them in per cent, and the way with the tax."""

    lines: Sequence[Line]
    discount: Decimal
    vat_included: bool


def put_lines(document: Document, agreed: Agreed, rate: Decimal) -> None:
    """Write the lines on the paper with the tax at `rate` per cent; the paper's sums follow."""
    document.vat_rate, document.vat_included = rate, agreed.vat_included
    document.discount = agreed.discount
    for position, line in enumerate(agreed.lines, start=1):
        document.lines.append(
            DocumentLine(
                position=position,
                name=line.name,
                unit=line.unit,
                quantity=line.quantity,
                price=line.price,
                discount=line.discount or NONE,
            )
        )
    recount(document)


def sum_of(agreed: Agreed, rate: Decimal) -> Sum:
    """What was agreed comes to, with the tax at `rate` per cent."""
    whole = NOTHING
    for line in agreed.lines:
        off = (line.discount or NONE, agreed.discount or NONE)
        whole += line_sum(line.price, line.quantity, off, rate, included=agreed.vat_included)
    return whole


def recount(document: Document) -> None:
    """Compute the sums of the lines, and of the paper, anew."""
    whole, rate = NOTHING, document.vat_rate or NONE
    for line in document.lines:
        off = (line.discount, document.discount or NONE)
        one = line_sum(line.price, line.quantity, off, rate, included=bool(document.vat_included))
        line.net, line.vat, line.total = one.net, one.vat, one.total
        whole += one
    document.net, document.vat, document.amount = whole.net, whole.vat, whole.total
    db.session.flush()


def supplied_by(paper: Document) -> Agreed:
    """What a supply consists of: the paper's lines; those of the whole where it asks for a part only."""
    if paper.part is not None and paper.base is not None:
        return lines_of_contract(paper.base)
    if paper.part is not None:
        for offer in agreed_lines.ask(paper.deal):
            if offer.id == paper.offer_id:
                return Agreed(offer.lines, offer.discount, offer.vat_included)
    return copied(paper) if paper.lines else lines_of_contract(paper)


def lines_of_contract(contract: Document) -> Agreed:
    """The lines of the offer that the contract is about, where their sum is its amount; else one for all."""
    found = agreed_lines.ask(contract.deal) if contract.deal is not None else []
    offer = next((one for one in found if contract.amount in (one.total, one.net)), None)
    if offer is not None:
        return Agreed(offer.lines, offer.discount, offer.vat_included)
    if not contract.amount:
        raise Refused("no_amount", _("The contract names no amount. Fill it in on its card first."))
    with force_locale(current_space().company.language):
        name = (
            contract.deal.title if contract.deal else _("Supply under %(document)s", document=contract.title)
        )
        unit = _("supply")
    return Agreed(
        [Whole(name, unit, contract.amount)], NONE, current_space().company.documents.vat_in_amounts
    )


def copied(document: Document) -> Agreed:
    """The lines of another paper as they stand."""
    return Agreed(list(document.lines), document.discount or NONE, bool(document.vat_included))


def rows_for_text(lines: Iterable[DocumentLine], money: Any) -> list[tuple[str, ...]]:
    """The lines as rows of texts, with their heads; `money` says an amount."""
    heads = (_("Name"), _("Quantity"), _("Price"), _("Sum"))
    rows = [
        (line.name, counted(line.quantity, line.unit), money(line.price), money(line.amount))
        for line in lines
    ]
    return [heads, *rows]
