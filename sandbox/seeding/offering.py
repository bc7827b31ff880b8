"""Offers in the stories of deals: lines that make up the deal's sum, sent, answered, or still a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sandbox.crm import Offer, OfferLine, PriceList, Product
from sandbox.crm.sales.catalogue.models import Price
from sandbox.extensions import db
from sandbox.kernel.vat import NOTHING, line_sum
from sandbox.seeding.chance import Chance
from sandbox.seeding.ideas import DealIdea
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World
from sandbox.spaces import Colleague, every

STEP = timedelta(seconds=10)
"""An offer is written within a minute: stories keep that much between two moments."""
NONE = Decimal(0)
LATE = 2
"""For how many days an offer holds that nobody answers in time."""
DECLINED = {
    "en": "They went with another supplier: the price was lower.",
    "ru": "Выбрали другого поставщика: у него дешевле.",
}


@dataclass(frozen=True)
class Item:
    """So many pieces of a product at a price."""

    product: Product
    quantity: int
    price: Decimal


class Catalogue:
    """Products and price lists as they were laid out, with the prices of a day."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.products = list(db.session.scalars(every(Product).order_by(Product.id)))
        self.lists = list(db.session.scalars(every(PriceList).order_by(PriceList.id)))
        self.prices = {
            (price.price_list_id, price.product_id): price.amount
            for price in db.session.scalars(every(Price))
        }

    def list_on(self, day: date) -> PriceList | None:
        """The usual list of a day."""
        return next((one for one in self.lists if one.is_valid(day)), None)

    def items(self, idea: DealIdea, price_list: PriceList) -> list[Item]:
        """Lines whose sum comes near the idea's: its product, and what is sold by measure for the rest."""
        main = self._item(idea.product.code, price_list)
        if main is None:
            return []
        product, price = main
        quantity = idea.count or max(1, int(idea.amount / price))
        found = [Item(product, quantity, price)]
        rest = idea.amount - price * quantity
        measured = next(
            (
                one
                for one in self.world.company.products
                if one.deals.count is None and one is not idea.product
            ),
            None,
        )
        more = self._item(measured.code, price_list) if measured else None
        if more is not None and rest > idea.amount / 5:
            found.append(Item(more[0], max(1, int(rest / more[1])), more[1]))
        return found

    def _item(self, code: str, price_list: PriceList) -> tuple[Product, Decimal] | None:
        product = next((one for one in self.products if one.code == code), None)
        price = self.prices.get((price_list.id, product.id)) if product is not None else None
        return (product, price) if product is not None and price is not None else None


class OfferBook:
    """Numbers offers in the order in which stories ask for them; its chance leaves that of others alone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.catalogue = Catalogue(world)
        self.chance = Chance(f"{world.company.code}:{world.space.seed}:offers", world.company)
        self.made: list[tuple[datetime, Row]] = []
        self.left = 0

    def begin(
        self, at: datetime, deal: Row, owner: Colleague, idea: DealIdea, off: Decimal, days: int | None = None
    ) -> OfferStory | None:
        """An offer written at a moment; None where no list had the product on that day."""
        price_list = self.catalogue.list_on(self.world.date_of(at))
        items = self.catalogue.items(idea, price_list) if price_list else []
        if price_list is None or not items:
            return None
        story = OfferStory(self, deal, owner, price_list, off)
        story.write(at, items, days or self.world.company.rules.offer_days)
        self.made.append((at, story.row))
        return story

    def discount(self, owner: Colleague) -> Decimal:
        """What is off: mostly little or nothing, now and then more than the owner may give."""
        limit = int(self.world.company.discount_limit(owner.job_role))
        off = self.chance.weighted((0, limit // 3, limit // 2, limit, limit + 4), (8, 4, 3, 2, 2))
        return Decimal(off)

    def send(
        self, at: datetime, deal: Row, owner: Colleague, idea: DealIdea, days: int | None = None
    ) -> OfferStory | None:
        """An offer that went out, by way of the head where the discount asked for it; valid so many days."""
        story = self.begin(at, deal, owner, idea, self.discount(owner), days)
        if story is not None:
            if story.off > self.world.company.discount_limit(owner.job_role):
                story.ask(at + 3 * STEP)
                story.approve(at + 4 * STEP, self.world.heads[0])
            story.send(at + 5 * STEP)
        return story

    def leave(self, at: datetime, deal: Row, owner: Colleague, idea: DealIdea) -> OfferStory | None:
        """The offer of a deal that waits for it: most are out, some are drafts or wait for the head."""
        turn = ("sent", "waiting", "late", "draft", "sent")[self.left % 5]
        self.left += 1
        if turn in ("sent", "late"):
            return self.send(at, deal, owner, idea, LATE if turn == "late" else None)
        over = self.world.company.discount_limit(owner.job_role) + 5
        story = self.begin(at, deal, owner, idea, over if turn == "waiting" else NONE)
        if story is not None and turn == "waiting":
            story.ask(at + 3 * STEP)
        return story

    def give_numbers(self) -> None:
        """Number the offers by the time at which they were begun; before the scribe writes."""
        prefix = self.world.company.rules.offer_prefix
        for place, (_at, row) in enumerate(sorted(self.made, key=lambda pair: pair[0]), start=1):
            row.fields.update(number=f"{prefix}{place:04}", series=place)


class OfferStory:
    """One offer from its beginning on: each turn is a step of the scribe."""

    def __init__(
        self, book: OfferBook, deal: Row, owner: Colleague, price_list: PriceList, off: Decimal
    ) -> None:
        self.book, self.world, self.owner = book, book.world, owner
        self.price_list, self.off, self.sum = price_list, off, NOTHING
        self.row = Row(
            Offer,
            deal_id=deal,
            owner_id=owner,
            edition=1,
            status="draft",
            price_list_id=price_list,
            currency=price_list.currency,
            vat_included=price_list.vat_included,
            discount=off,
            net=NONE,
            vat=NONE,
            total=NONE,
        )

    def write(self, at: datetime, items: list[Item], days: int) -> None:
        """Begin the offer and add its lines."""
        day, row = self.world.date_of(at), self.row
        until = day + timedelta(days=days)
        row.fields.update(vat_rate=self.world.company.vat_rate(day), valid_until=until)
        self.world.scribe.tell(
            at,
            "offer.create",
            self.owner,
            row,
            made=[row],
            deal=row["deal_id"],
            price_list=self.price_list,
            valid_until=until,
            discount=self.off,
            note=None,
        )
        for place, item in enumerate(items, start=1):
            self._add(at + place * STEP, place, item)

    def send(self, at: datetime) -> None:
        """The customer has it."""
        self._turn(at, "offer.send", {"status": "sent", "sent_at": at})

    def ask(self, at: datetime) -> None:
        """The discount is above the owner's limit: it waits for the head."""
        new = {"status": "waiting", "asked_by_id": self.owner, "asked_at": at, "remark": None}
        self._turn(at, "offer.request_approval", new, widest=f"{self.off.normalize():f}")

    def approve(self, at: datetime, head: Colleague) -> None:
        """The head allows it."""
        new = {"status": "approved", "approved_by_id": head, "approved_at": at}
        self._turn(at, "offer.approve", new, by=head)

    def accept(self, at: datetime, deal: Row) -> Decimal:
        """The customer takes it, and the deal's amount follows."""
        total = self.sum.total
        new = {"status": "accepted", "answered_at": at}
        self._turn(at, "offer.accept", new, also=[(deal, {"amount": total})], take_total=True)
        return total

    def decline(self, at: datetime) -> None:
        """The customer does not take it."""
        note = DECLINED[self.world.company.language]
        new = {"status": "declined", "answered_at": at, "decline_note": note}
        self._turn(at, "offer.decline", new, note=note)

    def _add(self, at: datetime, place: int, item: Item) -> None:
        rate, included = self.row["vat_rate"], self.price_list.vat_included
        one = line_sum(item.price, item.quantity, (self.off,), rate, included=included)
        self.sum += one
        line = Row(
            OfferLine,
            offer_id=self.row,
            product_id=item.product,
            position=place,
            name=item.product.name,
            unit=item.product.unit,
            quantity=item.quantity,
            price=item.price,
            discount=NONE,
            net=one.net,
            vat=one.vat,
            total=one.total,
        )
        sums = {"net": self.sum.net, "vat": self.sum.vat, "total": self.sum.total}
        self.world.scribe.tell(
            at,
            "offer.add_line",
            self.owner,
            self.row,
            made=[line],
            changes=[(self.row, sums)],
            product=item.product,
            quantity=item.quantity,
            discount=None,
        )

    def _turn(
        self,
        at: datetime,
        action: str,
        new: Mapping[str, Any],
        *,
        by: Colleague | None = None,
        also: list[tuple[Row, Mapping[str, Any]]] | None = None,
        **values: Any,
    ) -> None:
        changes = [(self.row, new), *(also or [])]
        self.world.scribe.tell(at, action, by or self.owner, self.row, changes=changes, **values)
