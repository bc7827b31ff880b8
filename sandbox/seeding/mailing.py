"""Letters of the past: templates, segments and mailings of the company file, and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import force_locale

from sandbox.crm import (
    Mailing,
    MailingRecipient,
    MailingSegment,
    MessageTemplate,
    Segment,
    SegmentMember,
    SegmentPart,
    Suppression,
    TestSend,
)
from sandbox.crm.marketing.mailings import simulation
from sandbox.crm.marketing.mailings.models import NO_CONSENT, OPTED_OUT, REPEATED, SENT, WAITING
from sandbox.crm.marketing.mailings.words import told_of
from sandbox.crm.marketing.messages.models import wording_of
from sandbox.crm.marketing.messages.placeholders import PLACEHOLDER
from sandbox.crm.marketing.segments.fields import fields_of
from sandbox.crm.marketing.segments.tree import Condition
from sandbox.crm.marketing.segments.words import said_of
from sandbox.seeding.cards import Customer
from sandbox.seeding.chance import Chance
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World
from sandbox.spaces import Colleague
from sandbox.spaces.company_marketing import LetterTemplate, PastMailing, PastSegment, SegmentCondition

MINUTE = timedelta(minutes=1)
PREPARED = 60
"""So many days ago the templates and the lists were there."""
SHARED = 3
"""So many people stand in two fixed lists."""


def tell_of_mailings(world: World, customers: Sequence[Customer]) -> None:
    """Everything that the company file says of letters; nothing where nobody may market."""
    by = next(iter(world.having("market")), None)
    if by is not None:
        LetterBook(world, customers, by).tell()


class LetterBook:
    """Tells of templates, segments and mailings; its chance leaves that of others alone."""

    def __init__(self, world: World, customers: Sequence[Customer], by: Colleague) -> None:
        self.world, self.by = world, by
        self.chance = Chance(f"{world.company.code}:{world.space.seed}:letters", world.company)
        self.people = [row for one in customers for row in one.people(PREPARED)]
        self.templates: dict[str, tuple[LetterTemplate, Row]] = {}
        self.segments: dict[str, tuple[Row, list[Row]]] = {}
        self.shared = self.chance.random.sample(self.people, min(SHARED, len(self.people)))

    def tell(self) -> None:
        """The steps of all of it, the mailings last."""
        said = self.world.company.marketing
        for template in said.templates:
            self._template(template)
        for segment in said.segments:
            self._segment(segment)
        for one in said.suppressions:
            row = Row(Suppression, value=one.value, reason=one.reason, note=one.note)
            values = {"value": one.value, "reason": one.reason, "note": one.note}
            self._step(self._at(PREPARED - 5), "suppression.add", row, made=[row], **values)
        for mailing in said.mailings:
            self._mailing(mailing)

    def _at(self, back: float) -> datetime:
        return self.world.moments(1, back, back)[0]

    def _template(self, said: LetterTemplate) -> None:
        values = {"name": said.name, "subject": said.subject, "body": said.body.strip()}
        row = Row(MessageTemplate, **values, owner_id=self.by)
        at = self._at(PREPARED + 2)
        self._step(at, "message_template.create", row, made=[row], **values)
        self.templates[said.code] = (said, row)
        if said.tested and self.people:
            self._test(at + 20 * MINUTE, row, self.people[0])

    def _test(self, at: datetime, template: Row, contact: Row) -> None:
        filled = {name: self._filled(template[name], contact) for name in ("subject", "body")}
        wording = wording_of(template["subject"], template["body"])
        test = Row(
            TestSend, template_id=template, to_id=self.by, contact_id=contact, wording=wording, **filled
        )
        self._step(at, "message_template.test_send", template, made=[test], to=self.by, contact=contact)

    def _filled(self, text: str, contact: Row) -> str:
        """As the placeholders of a contact fill it; the few that templates of company files use."""
        company, us = contact["company_id"], self.world.company
        known = {
            "contact.first_name": contact["first_name"],
            "contact.middle_name": contact["middle_name"],
            "contact.name": f"{contact['first_name']} {contact['last_name'] or ''}".strip(),
            "company.name": company["name"] if company is not None else "",
            "manager.name": contact["owner_id"].name if contact["owner_id"] else "",
            "us.name": us.name,
            "us.phone": us.legal.phone or "",
            "us.email": us.legal.email or "",
            "us.address": us.legal.address,
            "opt_out": f"https://{us.domain}/opt-out",
        }
        return PLACEHOLDER.sub(lambda found: known.get(found[1]) or "", text)

    def _segment(self, said: PastSegment) -> None:
        row = Row(Segment, name=said.name, of=said.of, match=said.match, note=said.note, owner_id=self.by)
        at = self._at(PREPARED)
        values = {"name": said.name, "of": said.of, "match": said.match, "note": said.note}
        self._step(at, "segment.create", row, made=[row], **values)
        members: list[Row] = []
        for place, condition in enumerate(said.conditions, start=1):
            self._condition(at + place * MINUTE, row, None, condition)
        if said.members:
            members = self._members(said.members)
            made = [
                Row(SegmentMember, segment_id=row, contact_id=contact, added_at=at, position=place)
                for place, contact in enumerate(members, start=1)
            ]
            later = at + 30 * MINUTE
            changes = [(row, {"fixed_at": later})]
            self._step(later, "segment.fix", row, made=made, changes=changes, count=len(made))
        self.segments[said.code] = (row, members)

    def _members(self, count: int) -> list[Row]:
        """So many people for a small space, more for a larger one; a few of them stand in every list."""
        size = count * max(1, len(self.people) // 100)
        others = [row for row in self.people if row not in self.shared]
        drawn = self.chance.random.sample(others, min(max(0, size - len(self.shared)), len(others)))
        return [*self.shared, *drawn]

    def _condition(self, at: datetime, segment: Row, parent: Row | None, said: SegmentCondition) -> None:
        if said.match is not None:
            group = Row(SegmentPart, segment_id=segment, parent_id=parent, match=said.match)
            self._step(at, "segment.add_group", segment, made=[group], match=said.match, segment=segment)
            for place, inner in enumerate(said.conditions, start=1):
                self._condition(at + place * timedelta(seconds=10), segment, group, inner)
            return
        asked = {"field": said.field, "operator": said.operator}
        row = Row(SegmentPart, segment_id=segment, parent_id=parent, values=list(said.values), **asked)
        condition = Condition(said.field or "", said.operator or "", tuple(said.values))
        with force_locale(self.world.company.language):
            words = str(said_of(condition, segment["of"], fields_of(segment["of"])).striptags())
        values = {**asked, "choices": ",".join(said.values), "condition": words, "segment": segment}
        self._step(at, "segment.add_condition", segment, made=[row], **values)

    def _mailing(self, said: PastMailing) -> None:
        template, row_of_template = self.templates[said.template]
        lists = [self.segments[code] for code in said.segments]
        row = Row(Mailing, name=said.name, status="draft", template_id=row_of_template, owner_id=self.by)
        made = [Row(MailingSegment, mailing_id=row, segment_id=segment) for segment, _members in lists]
        back = (said.days_ago or 1) + 4
        values = {"name": said.name, "template": row_of_template, "segment": lists[0][0]}
        planned = self._at(back)
        self._step(planned, "mailing.create", row, made=[row, *made], **values)
        if said.days_ago is not None:
            self._send(said, template, row, lists, planned)

    def _send(
        self,
        said: PastMailing,
        template: LetterTemplate,
        row: Row,
        lists: list[tuple[Row, list[Row]]],
        planned: datetime,
    ) -> None:
        # around a weekend both fall on one Friday: nothing goes out before it was planned
        at = max(self._at(said.days_ago or 1), planned + 5 * MINUTE)
        letters = self._letters(row, lists, at)
        sent = [letter for letter in letters if letter["line"] == SENT]
        wording = {"subject": template.subject, "body": template.body.strip()}
        went_out = {**wording, "status": "sending", "send_at": at, "started_at": at, "next_at": at + MINUTE}
        told = {"targets": len(letters), "sent": len(sent)}
        self._step(at, "mailing.send", row, made=letters, changes=[(row, went_out)], **told)
        seed = f"{self.world.space.seed}:{said.name}"
        fates = simulation.fates(seed, (letter["email"] for letter in sent))
        later = min(at + timedelta(days=2), self.world.now - 5 * MINUTE)
        done = {"status": "done", "finished_at": later, "next_at": None}
        changes = [(row, done), *self._outcomes(said, sent, fates, at, later)]
        happened = sum(len(fates[letter["email"]]) for letter in sent)
        self._step(later, "mailing.advance", row, changes=changes, happened=happened)

    def _letters(self, row: Row, lists: list[tuple[Row, list[Row]]], at: datetime) -> list[Row]:
        """A row for each member of each list, on the line where the person stood then."""
        gone = self._opted_out(at)
        seen: set[int] = set()
        letters = []
        for segment, members in lists:
            for contact in members:
                line = self._line(contact, at, gone, seen)
                seen.add(id(contact))
                letters.append(
                    Row(
                        MailingRecipient,
                        mailing_id=row,
                        segment_id=segment,
                        contact_id=contact,
                        email=contact["email"],
                        line=line,
                        outcome=WAITING if line == SENT else None,
                        steps=0,
                        tries=0,
                    )
                )
        return letters

    def _line(self, contact: Row, at: datetime, gone: set[int], seen: set[int]) -> str:
        if any(id(part) in gone for part in contact.parts):
            return OPTED_OUT
        if id(contact) in seen:
            return REPEATED
        agreed = any(part["purpose"] == "advertising" for part in contact.parts)
        return SENT if agreed else NO_CONSENT

    def _opted_out(self, at: datetime) -> set[int]:
        """The addresses that had opted out by then, as other stories tell it."""
        steps = self.world.scribe.steps
        return {id(step.record) for step in steps if step.action == "address.opt_out" and step.at < at}

    def _outcomes(
        self,
        said: PastMailing,
        sent: list[Row],
        fates: dict[str, simulation.Fate],
        at: datetime,
        later: datetime,
    ) -> list[tuple[Row, dict[str, Any]]]:
        changes: list[tuple[Row, dict[str, Any]]] = []
        for letter in sent:
            new: dict[str, Any] = {"steps": 0, "tries": 0}
            address = next(part for part in letter["contact_id"].parts if part["kind"] == "email")
            for one in fates[letter["email"]]:
                moment = min(at + one.after, later)
                new["steps"] += 1
                if one.what in (simulation.OPENED, simulation.CLICKED, simulation.OPTED_OUT):
                    new[f"{one.what}_at"] = moment
                else:
                    new.update(outcome=one.what, tries=new["tries"] + 1, server_said=one.server_said)
                    if one.what == simulation.DELIVERED:
                        new["delivered_at"] = moment
                    elif one.what != simulation.SOFT:
                        new["bounced_at"] = moment
                if one.what == simulation.OPTED_OUT:
                    with force_locale(self.world.company.language):
                        how = told_of(said.name)
                    changes.append((address, {"opted_out_at": later, "opted_out_how": how}))
            if "bounced_at" in new and not said.returns_open:
                new["processed_at"] = later
                if new["outcome"] == simulation.HARD:
                    reason = {"invalid_at": later, "invalid_reason": new["server_said"]}
                    changes.append((address, reason))
            changes.append((letter, new))
        return changes

    def _step(self, at: datetime, action: str, row: Row, **told: Any) -> None:
        self.world.scribe.tell(at, action, self.by, row, **told)
