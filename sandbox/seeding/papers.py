"""Papers of the past: contracts of won deals with visas and signatures, and those still on their way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sandbox.crm import Approval, Company, Contact, Deal, Document, Version, Visa
from sandbox.crm.documents.details import details_of, insist_on_details
from sandbox.crm.documents.making import months_after
from sandbox.crm.documents.models import GENERATED
from sandbox.crm.documents.writing import written
from sandbox.kernel.errors import Refused
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World
from sandbox.spaces import Colleague
from sandbox.spaces.company_documents import DocumentType, RouteStep

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
REMARKS = {
    "ru": "Срок оплаты в тексте не совпадает с карточкой сделки. Приведите к карточке.",
    "en": "The term of payment differs from what the deal says. Bring the text in line with the card.",
}
# Of the contracts that were signed: how long the traps among them are still valid, in days.
ENDINGS = (-12, 9, 24)
ON_THEIR_WAY = ("stuck", "returned", "draft")


@dataclass
class Story:
    """A deal that a contract is made for: between which moments, and how far it comes."""

    deal: Row
    by: Colleague
    begins: datetime
    ends: datetime
    fate: str
    valid_until: date | None = None
    moments: list[datetime] = field(default_factory=list)


def tell_of_papers(world: World) -> None:
    """Add the papers of all deals, numbered in the order of their time."""
    said = next(
        (one for one in world.company.documents.types if one.kind == "contract" and one.template), None
    )
    if said is None:
        return
    stories = [*_signed(world, said), *_on_their_way(world)]
    for story in stories:
        story.moments = _moments(world, story, 4 + sum(len(step.roles) for step in said.route))
    counts: dict[int, int] = {}
    for story in sorted(stories, key=lambda one: one.moments[0]):
        Paper(world, said, story).tell(counts)


class Paper:
    """One contract; `tell` adds its steps to the scribe."""

    def __init__(self, world: World, said: DocumentType, story: Story) -> None:
        self.world, self.said, self.story = world, said, story
        self.left = list(story.moments)
        deal = story.deal
        day = world.date_of(self.left[0])
        self.row = Row(
            Document,
            type=said.code,
            date=day,
            status="draft",
            incoming=False,
            company_id=deal["company_id"],
            contact_id=deal["contact_id"],
            deal_id=deal,
            amount=deal["amount"],
            valid_until=story.valid_until or (months_after(day, said.months) if said.months else None),
            owner_id=story.by,
            current=1,
        )

    def tell(self, counts: dict[int, int]) -> None:
        """The steps, if the cards have what the text asks for."""
        year = self.row["date"].year if self.said.by_year else 0
        serial = counts.get(year, 0) + 1
        number = self.said.numbered(serial, self.row["date"].year)
        self.row.fields.update(serial=serial, year=year, number=number)
        template = self.said.template or ""
        paper = self._as_record()
        details = details_of(paper)
        try:
            insist_on_details(paper, template, details)
        except Refused:
            return
        counts[year] = serial
        self._draft(details, written(template, details))
        if self.story.fate == "draft":
            return
        self._send()
        if self.story.fate == "signed":
            self._sign()

    def _as_record(self) -> Document:
        """The paper as the CRM knows one, to read its details from; it is never kept."""
        deal, company, contact = (self.row[name] for name in ("deal_id", "company_id", "contact_id"))
        names = ("first_name", "middle_name", "last_name", "position")
        paper = Document(
            **{name: self.row[name] for name in ("type", "number", "date", "amount", "valid_until")}
        )
        cards = ("name", "kind", "inn", "kpp", "phone", "email", "address")
        paper.company = Company(**{name: company[name] for name in cards})
        paper.deal = Deal(title=deal["title"])
        paper.contact = Contact(**{name: contact[name] for name in names}) if contact is not None else None
        return paper

    def _draft(self, details: Any, text: str) -> None:
        version = Row(Version, document_id=self.row, number=1, form=GENERATED, filled=details, text=text)
        told = {name: self.row[name] for name in ("type", "date", "amount", "valid_until")}
        deal = self.story.deal
        self._tell("document.draft", self.story.by, deal, made=[self.row, version], version=1, **told)

    def _send(self) -> None:
        at, by = self.left[0], self.story.by
        self.approval = Row(Approval, document_id=self.row, version_number=1)
        self.visas = [
            Row(Visa, approval_id=self.approval, step=step, role=role, above=above, state="ahead")
            for step, role, above in self._asked()
        ]
        for visa in [visa for visa in self.visas if visa["step"] == 0]:
            visa.fields.update(state="waiting", asked_at=at)
        made = [self.approval, *self.visas]
        self._tell(
            "document.submit", by, made=made, changes=[(self.row, {"status": "in_approval"})], version=1
        )
        if self.story.fate == "stuck":
            return
        if self.story.fate == "returned":
            self._return()
            return
        for visa in self.visas:
            self._approve(visa)

    def _asked(self) -> Iterator[tuple[int, str, Any]]:
        amount = self.row["amount"] or 0
        steps: list[RouteStep] = [one for one in self.said.route if one.above is None or amount > one.above]
        for place, step in enumerate(steps):
            for role in step.roles:
                yield place, role, step.above

    def _approve(self, visa: Row) -> None:
        at, who = self.left[0], self._one(visa["role"])
        place = self.visas.index(visa)
        changes: list[Any] = [(visa, {"state": "given", "decided_at": at, "decided_by_id": who})]
        rest = self.visas[place + 1 :]
        if not rest:
            changes += [(self.approval, {"ended_at": at}), (self.row, {"status": "approved"})]
        elif rest[0]["step"] != visa["step"]:
            asked = {"state": "waiting", "asked_at": at}
            changes += [(one, asked) for one in rest if one["step"] == rest[0]["step"]]
        self._tell("document.approve", who, changes=changes, **self._whose(visa))

    def _return(self) -> None:
        at, visa = self.left[0], self.visas[0]
        who = self._one(visa["role"])
        remarks = REMARKS[self._language]
        decided = {"state": "returned", "decided_at": at, "decided_by_id": who, "remarks": remarks}
        changes: list[Any] = [(visa, decided), *((one, {"state": "void"}) for one in self.visas[1:])]
        changes += [(self.approval, {"ended_at": at}), (self.row, {"status": "returned"})]
        self._tell("document.return", who, changes=changes, remarks=remarks, **self._whose(visa))

    def _sign(self) -> None:
        day = self.world.date_of(self.left[0])
        original = self.world.chance.happens(0.75)
        new = {"status": "signed", "signed_on": day, **({"received_on": day} if original else {})}
        changes = [(self.row, new)]
        self._tell("document.sign", self.story.by, changes=changes, signed_on=day, original=original)

    def _tell(self, action: str, by: Colleague, record: Row | None = None, **told: Any) -> None:
        self.world.scribe.tell(self.left.pop(0), action, by, record or self.row, **told)

    def _whose(self, visa: Row) -> dict[str, Any]:
        title = self.world.company.roles[visa["role"]].title
        return {"version": 1, "role": visa["role"], "whose": {"en": title.en, "ru": title.ru}}

    def _one(self, role: str) -> Colleague:
        return next(one for one in self.world.colleagues if one.job_role == role)

    @property
    def _language(self) -> str:
        return self.world.company.language if self.world.company.language in REMARKS else "en"


def _signed(world: World, said: DocumentType) -> list[Story]:
    """A signed contract for each won deal; the traps among them have ended or end soon."""
    born, found = _born(world), []
    for step in world.scribe.steps:
        if step.action == "deal.win" and step.record["contact_id"] is not None:
            found.append(Story(step.record, step.by, born[step.record], step.at - MINUTE, "signed"))
    found = [one for one in found if one.ends - one.begins > DAY]
    for story, days in zip(found, ENDINGS, strict=False):
        story.valid_until = world.today + days * DAY
    return found


def _on_their_way(world: World) -> list[Story]:
    """Contracts of open deals: one stuck in approval, one returned, one draft."""
    born = _born(world)
    ended = {step.record for step in world.scribe.steps if step.action in ("deal.win", "deal.lose")}
    week = world.now - 8 * DAY
    open_ones = [
        (row, at)
        for row, at in born.items()
        if row not in ended and at < week and row["contact_id"] is not None
    ]
    with_amount = [(row, at) for row, at in open_ones if row["amount"]]
    stories = []
    for fate, (row, at) in zip(ON_THEIR_WAY, reversed(with_amount), strict=False):
        begins = max(at, week)
        ends = world.now - (5 * DAY if fate == "stuck" else 2 * DAY)
        stories.append(Story(row, row["owner_id"], begins, ends, fate))
    return stories


def _born(world: World) -> dict[Row, datetime]:
    return {row: step.at for step in world.scribe.steps for row in step.made if row.model is Deal}


def _moments(world: World, story: Story, count: int) -> list[datetime]:
    """So many moments at work after the deal began and before the story ends, each after the one before."""
    back = [(world.now - moment) / DAY for moment in (story.begins, story.ends)]
    found = world.moments(count, back[0], back[1])
    for place, moment in enumerate(found):
        before = found[place - 1] if place else story.begins
        found[place] = max(moment, before + MINUTE)
    limit = story.ends
    for place in range(len(found) - 1, -1, -1):
        found[place] = min(found[place], limit)
        limit = found[place] - MINUTE
    return found
