"""Invoices of the past and what came of them: payments, closing documents and their ways to a signature."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sandbox.crm import (
    Company,
    Deal,
    Document,
    DocumentLine,
    OfferLine,
    Payment,
    Power,
    Sending,
    Version,
)
from sandbox.crm.documents.details import details_of, insist_on_details
from sandbox.crm.documents.exchange_actions import answer_words, in_both
from sandbox.crm.documents.exchanging import participant_of
from sandbox.crm.documents.models import GENERATED
from sandbox.crm.documents.writing import written
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.kernel.money import round_money
from sandbox.kernel.vat import NOTHING, line_sum
from sandbox.seeding.chance import Chance
from sandbox.seeding.scribe import Row, Step
from sandbox.seeding.world import World
from sandbox.spaces import Colleague, every
from sandbox.spaces.company_documents import DocumentType

FRIDAY = 4
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NONE = Decimal(0)
# How far the newest closing documents have come; all older ones are signed.
NEWEST = ("issued", "sent", "delivered", "refused", "clarification", "corrected")
# What the newest invoices of deals that go on wait for.
OPEN = ("overdue", "partly", "issued")
REPLIES = {"en": "For the office named on the order.", "ru": "Для подразделения, указанного в заказе."}
NOTES = {"en": "The quantity is put right", "ru": "Исправлено количество"}


@dataclass
class Sale:
    """What a deal was billed for: its offer with lines, when it was accepted, and the step that paid it."""

    deal: Row
    offer: Row
    lines: list[Row]
    by: Colleague
    accepted: datetime
    paid: Step | None
    ends: datetime
    fate: str = "paid"


def tell_of_billing(world: World) -> None:
    """Add invoices, payments, closing documents and sendings, numbered in the order of their time."""
    books = {kind: next(_types(world, kind), None) for kind in ("invoice", "closing")}
    invoice, closing = books["invoice"], books["closing"]
    if invoice is None:
        return
    Billing(world, invoice, closing).tell()


class Billing:
    """The papers of all sales; numbers are given once the moments of all are known."""

    def __init__(self, world: World, invoice: DocumentType, closing: DocumentType | None) -> None:
        self.world, self.invoice, self.closing = world, invoice, closing
        self.chance = Chance(f"{world.company.code}:{world.space.seed}:billing", world.company)
        self.language = world.company.language
        self.made: list[tuple[datetime, DocumentType, Bill]] = []
        self.signer, self.power = self._signer()
        self.replaced: set[int] = set()

    def tell(self) -> None:
        """Every sale that can be billed; the newest are on their way."""
        bills = []
        for sale in sorted([*_won(self.world), *_accepted_today(self.world)], key=lambda one: one.accepted):
            bill = Bill(self, self.invoice, sale)
            if bill.is_whole:
                bill.issue(self._between(sale))
                bills.append(bill)
        paid = [bill for bill in bills if bill.sale.fate == "paid"]
        paid = [bill for bill in paid if bill.sale.ends < self.world.now - DAY]
        for bill in paid[-len(NEWEST) :]:
            bill.connect()
        connected = [bill for bill in paid if bill.participant is not None]
        newest = dict(zip((id(bill) for bill in reversed(connected)), NEWEST, strict=False))
        for bill in paid:
            bill.close(newest.get(id(bill), "signed"))
        scribe = self.world.scribe
        scribe.steps = [step for step in scribe.steps if id(step) not in self.replaced]
        self._number()

    def _between(self, sale: Sale) -> datetime:
        ends = sale.paid.at if sale.paid is not None else sale.ends
        return sale.accepted + min(timedelta(minutes=20), (ends - sale.accepted) / 2)

    def _number(self) -> None:
        counts: dict[tuple[str, int], int] = defaultdict(int)
        for _at, said, bill in sorted(self.made, key=lambda one: one[0]):
            day = bill.row["date"]
            year = day.year if said.by_year else 0
            counts[said.code, year] += 1
            serial = counts[said.code, year]
            bill.row.fields.update(serial=serial, year=year, number=said.numbered(serial, day.year))
        for _at, said, bill in sorted(self.made, key=lambda one: one[0]):
            bill.write(said)

    def _signer(self) -> tuple[Colleague | None, Power | None]:
        powers = db.session.scalars(every(Power).order_by(Power.id))
        power = next((one for one in powers if one.holds_on(self.world.today)), None)
        return (power.holder, power) if power is not None else (None, None)


class Bill:
    """One paper with lines, and the papers that follow from it."""

    def __init__(self, book: Billing, said: DocumentType, sale: Sale, base: Bill | None = None) -> None:
        self.book, self.world, self.said, self.sale, self.base = book, book.world, said, sale, base
        deal, offer = sale.deal, sale.offer
        self.row: Row = Row(
            Document,
            type=said.code,
            number="?",
            status="issued",
            incoming=False,
            company_id=deal["company_id"],
            deal_id=deal,
            contact_id=deal["contact_id"],
            offer_id=offer if said.kind == "invoice" else None,
            base_id=base.row if base else None,
            owner_id=sale.by,
            current=1,
            vat_included=offer["vat_included"],
            discount=offer["discount"],
        )
        self.version = Row(Version, document_id=self.row, number=1, form=GENERATED)
        self.lines: list[Row] = []
        self.last = sale.accepted

    @property
    def is_whole(self) -> bool:
        """Whether the cards have what the text asks for."""
        self.row.fields.update(date=self.world.today, due_on=self.world.today, supplied_on=self.world.today)
        self._take_lines(self.sale.lines, self.world.today)
        paper = self._as_record()
        try:
            insist_on_details(paper, self.said.template or "", details_of(paper))
        except Refused:
            return False
        return True

    def issue(self, at: datetime) -> None:
        """The invoice goes out; its payment is the deal's."""
        sale, day = self.sale, self.world.date_of(at)
        self._take_lines(sale.lines, day)
        due = day + timedelta(days=self.world.company.documents.invoice_days)
        if sale.fate == "overdue":
            due = min(due, self.world.today - 4 * DAY)
        elif sale.fate != "paid":
            due = max(due, self.world.today + 3 * DAY)
        self.row.fields.update(date=day, due_on=max(due, day), paid=NONE, supplied_on=None)
        told = {
            "type": self.said.code,
            "company": sale.deal["company_id"],
            "date": day,
            "due_on": self.row["due_on"],
        }
        self._tell(at, "document.invoice", sale.offer, **told)
        if sale.fate == "partly":
            self._pay(self._at_work(at + (self.world.now - at) / 2), round_money(self.row["amount"] / 2))
        elif sale.paid is not None:
            self._pay(sale.paid.at, self.row["amount"], replaces=sale.paid)

    def close(self, fate: str) -> None:
        """The closing document of what was paid, and how far it has come."""
        said = self.book.closing
        if said is None:
            return
        closing = Bill(self.book, said, self.sale, self)
        begins = self.sale.ends + MINUTE
        moments = self._moments(begins, 6)
        day = self.world.date_of(moments[0])
        closing._take_lines(self.sale.lines, self.row["date"], self.row["vat_rate"])
        variants = [one.code for one in said.variants if one.taxed in (None, closing.row["vat"] > 0)]
        closing.row.fields.update(date=day, supplied_on=day, variant=variants[0] if variants else None)
        told = {"type": said.code, "date": day, "supplied_on": day, "variant": closing.row["variant"]}
        closing._tell(moments[0], "document.close", self.row, **told)
        if closing.participant is None:
            closing._sign_on_paper(moments[1])
        elif fate != "issued":
            closing._go(moments[1:], fate)

    def _go(self, moments: list[datetime], fate: str) -> None:
        """Through the exchange as far as `fate` says."""
        # what still waits for an answer was sent this morning: it comes by the clock of whoever works here
        now = self.world.now
        if fate == "sent":
            self._send(now - 4 * MINUTE)
            return
        if fate == "delivered":
            self._answer(now - 30 * MINUTE, self._send(now - 40 * MINUTE), "delivered")
            return
        sending = self._send(moments[0])
        self._answer(moments[1], sending, "delivered")
        answer = "refused" if fate == "corrected" else fate
        self._answer(moments[2], sending, answer)
        if fate == "corrected":
            self._correct(moments[3], now - 6 * MINUTE)

    @property
    def participant(self) -> str | None:
        """The customer's number at the operator; None for who gets papers by post."""
        exchange = self.world.company.documents.exchange
        if exchange is None or self.book.power is None:
            return None
        try:
            return participant_of(self._party(), exchange)
        except Refused:
            return None

    def connect(self) -> None:
        """Let the customer be one who exchanges documents electronically."""
        exchange, company = self.world.company.documents.exchange, self.sale.deal["company_id"]
        if exchange is not None and exchange.connected is not None:
            company.fields["custom"] = {**(company["custom"] or {}), exchange.connected: True}

    def _sign_on_paper(self, at: datetime) -> None:
        day = self.world.date_of(at)
        new = {"status": "signed", "signed_on": day, "received_on": day}
        self.world.scribe.tell(
            at,
            "document.sign",
            self.sale.by,
            self.row,
            changes=[(self.row, new)],
            signed_on=day,
            original=True,
        )

    def _send(self, at: datetime) -> Row:
        exchange, power = self.world.company.documents.exchange, self.book.power
        if exchange is None or power is None:
            raise ValueError("nothing is sent without an operator and a signer")
        sending = Row(
            Sending,
            document_id=self.row,
            version_number=1,
            state="sent",
            signer_id=self.book.signer,
            power_id=power,
            participant=self.participant,
            answers_at=at + timedelta(minutes=exchange.deliver_minutes),
        )
        self.world.scribe.tell(
            at,
            "document.send",
            self.sale.by,
            self.row,
            made=[sending],
            changes=[(self.row, {"status": "sent"})],
            signer=self.book.signer,
            participant=self.participant,
            basis=power.basis,
        )
        return sending

    def _answer(self, at: datetime, sending: Row, answer: str) -> None:
        exchange = self.world.company.documents.exchange
        kind = {"refused": "refusal", "clarification": "question"}.get(answer)
        said = next((one for one in exchange.reasons if one.kind == kind), None) if exchange else None
        text = said.title[self.book.language] if said else None
        new: dict[str, Any] = {"state": answer, "answers_at": None}
        if answer == "delivered" and exchange is not None:
            new |= {"delivered_at": at, "answers_at": at + timedelta(minutes=exchange.answer_minutes)}
        else:
            new |= {"answered_at": at, "reason": said.code if said else None, "text": text}
        paper: dict[str, Any] = {"status": answer}
        if answer == "signed":
            day = self.world.date_of(at)
            paper |= {"signed_on": day, "received_on": day}
        company = self.sale.deal["company_id"]["name"]
        self.world.scribe.tell(
            at,
            "document.take_answer",
            self.sale.by,
            self.row,
            changes=[(sending, new), (self.row, paper)],
            answer=answer,
            reason=said.code if said else None,
            text=text,
            outcome=in_both(answer_words(answer, company, text)),
        )

    def _correct(self, at: datetime, later: datetime) -> None:
        known = {one.code: one for one in self.world.company.documents.types}
        said = known.get(self.said.corrected_by or "", self.said)
        made = Bill(self.book, said, self.sale, self)
        first, *rest = self.sale.lines
        fewer = Row(OfferLine, **{**first.fields, "quantity": max(1, first["quantity"] - 1)})
        made._take_lines([fewer, *rest], self.row["date"], self.row["vat_rate"])
        day = self.world.date_of(at)
        made.row.fields.update(date=day, supplied_on=self.row["supplied_on"])
        note = NOTES[self.book.language]
        made._tell(
            at,
            "document.correct",
            self.row,
            also=[(self.row, {"status": "corrected"})],
            date=day,
            note=note,
        )
        made._send(later)

    def _pay(self, at: datetime, amount: Decimal, replaces: Step | None = None) -> None:
        day = self.world.date_of(at)
        order = f"{'ПП' if self.book.language == 'ru' else 'PO'} {self.book.chance.number(100, 999)}"
        payment = Row(Payment, document_id=self.row, amount=amount, day=day, reference=order)
        whole = amount == self.row["amount"]
        deal = self.sale.deal
        changes: list[Any] = [(self.row, {"paid": amount, "status": "paid" if whole else "partly"})]
        changes.append((deal, {"paid_amount": amount, "paid_on": day}))
        if replaces is not None:
            self.book.replaced.add(id(replaces))
        told = {"amount": amount, "day": day, "reference": order}
        self.world.scribe.tell(
            at, "document.record_payment", self.sale.by, self.row, made=[payment], changes=changes, **told
        )

    def _take_lines(self, lines: list[Row], day: date, rate: Decimal | None = None) -> None:
        rate = self.world.company.vat_rate(day) if rate is None else rate
        whole, self.lines = NOTHING, []
        for position, line in enumerate(lines, start=1):
            off = (line["discount"], self.row["discount"])
            one = line_sum(line["price"], line["quantity"], off, rate, included=self.row["vat_included"])
            whole += one
            kept = {name: line[name] for name in ("name", "unit", "quantity", "price", "discount")}
            sums = {"net": one.net, "vat": one.vat, "total": one.total}
            self.lines.append(Row(DocumentLine, document_id=self.row, position=position, **kept, **sums))
        self.row.fields.update(vat_rate=rate, net=whole.net, vat=whole.vat, amount=whole.total)

    def _tell(
        self, at: datetime, action: str, record: Row, also: list[Any] | None = None, **told: Any
    ) -> None:
        made = [self.row, *self.lines, self.version]
        self.book.made.append((at, self.said, self))
        self.world.scribe.tell(
            at,
            action,
            self.sale.by,
            record,
            made=made,
            changes=also or [],
            version=1,
            total=f"{self.row['amount']:f}",
            **told,
        )

    def write(self, said: DocumentType) -> None:
        """The text, once the paper has its number."""
        details = details_of(self._as_record())
        self.version.fields.update(filled=details, text=written(said.template or "", details))

    def _as_record(self) -> Document:
        """The paper as the CRM knows one, to read its details from; it is never kept."""
        names = (
            "type",
            "number",
            "date",
            "amount",
            "vat",
            "vat_included",
            "due_on",
            "supplied_on",
            "variant",
        )
        paper = Document(**{name: self.row[name] for name in names})
        paper.company, paper.deal = self._party(), Deal(title=self.sale.deal["title"])
        if self.base is not None:
            paper.base = Document(type=self.base.row["type"], number=self.base.row["number"])
        for line in self.lines:
            kept = ("name", "unit", "quantity", "price", "net", "total")
            paper.lines.append(DocumentLine(**{name: line[name] for name in kept}))
        return paper

    def _party(self) -> Company:
        cards = ("name", "kind", "inn", "kpp", "phone", "email", "address", "custom")
        company = self.sale.deal["company_id"]
        return Company(**{name: company[name] for name in cards})

    def _moments(self, begins: datetime, count: int) -> list[datetime]:
        """So many moments at work after `begins`, hours apart, none later than an hour ago."""
        last, found = self.world.now - timedelta(hours=1), []
        for place in range(1, count + 1):
            begins = self._at_work(begins + timedelta(hours=1))
            found.append(min(begins, last - (count - place) * MINUTE))
        return found

    def _at_work(self, moment: datetime) -> datetime:
        """The moment itself, or the beginning of the next working day after it."""
        hours, here = self.world.company.working_hours, moment.astimezone(self.world.zone)
        if here.time() < hours.begins:
            here = here.replace(hour=hours.begins.hour, minute=here.minute)
        if here.time() >= hours.ends or here.weekday() > FRIDAY:
            day = self.world.not_weekend(here.date() + DAY)
            here = datetime.combine(day, hours.begins, self.world.zone) + timedelta(minutes=here.minute)
        return here.astimezone(UTC)


def _types(world: World, kind: str) -> Iterator[DocumentType]:
    return (one for one in world.company.documents.types if one.kind == kind and one.template)


def _won(world: World) -> list[Sale]:
    """Won deals with an accepted offer: what was agreed, and the steps by which it was paid and won."""
    steps: dict[str, dict[Row, Step]] = {"deal.record_payment": {}, "deal.win": {}}
    for step in world.scribe.steps:
        if step.action in steps:
            steps[step.action][step.record] = step
    found = []
    for offer, lines, step in _offers(world, "offer.accept"):
        deal = offer["deal_id"]
        paid, won = steps["deal.record_payment"].get(deal), steps["deal.win"].get(deal)
        if paid is not None and won is not None and paid.at - step.at > 2 * MINUTE:
            found.append(Sale(deal, offer, lines, step.by, step.at, paid, won.at))
    return found


def _accepted_today(world: World) -> list[Sale]:
    """Of the offers that are out, the oldest that still hold are accepted and billed, and wait for money."""
    answered = {
        step.record
        for step in world.scribe.steps
        if step.action in ("offer.accept", "offer.decline", "offer.revise")
    }
    found = []
    for offer, lines, step in _offers(world, "offer.send"):
        at = step.at + DAY
        if offer in answered or at > world.now - 6 * DAY or world.date_of(at) > offer["valid_until"]:
            continue
        found.append(Sale(offer["deal_id"], offer, lines, step.by, at, None, world.now))
    chosen = [replace(one, fate=fate) for one, fate in zip(found, OPEN, strict=False)]
    for one in chosen:
        new = {"status": "accepted", "answered_at": one.accepted}
        world.scribe.tell(
            one.accepted, "offer.accept", one.by, one.offer, changes=[(one.offer, new)], take_total=False
        )
    return chosen


def _offers(world: World, action: str) -> Iterator[tuple[Row, list[Row], Step]]:
    """Offers with their lines, and the step of this action on them."""
    lines: dict[Row, list[Row]] = defaultdict(list)
    for step in world.scribe.steps:
        for row in step.made:
            if row.model is OfferLine:
                lines[row["offer_id"]].append(row)
    for step in list(world.scribe.steps):
        if step.action == action and lines[step.record]:
            yield step.record, lines[step.record], step
