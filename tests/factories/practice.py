"""Somebody's free practice with one record of each kind in it, and the ways in: pages and interface."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from sandbox.crm import Activity, Case, Consent, Contact, Document, Instruction, Mailing, Mention, Tag
from sandbox.crm.bulk.models import BulkRun
from sandbox.crm.communications.instructions import asked_of
from sandbox.crm.customers.importing.models import Upload
from sandbox.crm.documents.approval_models import Visa
from sandbox.crm.documents.exchange_models import Sending
from sandbox.crm.documents.models import Payment
from sandbox.crm.marketing.campaigns.models import Campaign
from sandbox.crm.marketing.web_forms.models import RoutingRule, Submission, WebForm
from sandbox.crm.sales.handovers.models import Handover
from sandbox.extensions import db
from sandbox.kernel import uploads
from sandbox.kernel.clock import machine_now
from sandbox.kernel.typesetting import Block, Sheet, as_pdf
from sandbox.people.tokens import add_token, new_secret
from sandbox.seeding.practice import free_space
from sandbox.spaces import Space, every, fetch, first, inside
from sandbox.web.unit_of_work import unit_of_work
from tests.conftest import person_named
from tests.factories.crm import Desk


@dataclass
class Room:
    """A practice space: its number, a word that is in every title, and the records by table."""

    space: int
    word: str
    records: dict[str, int]
    upload: int = 0
    run: int = 0

    @property
    def place(self) -> str:
        """Where its pages begin."""
        return f"/s/{self.space}"

    @property
    def api(self) -> str:
        """Where its part of the interface begins."""
        return f"/api/v1/s/{self.space}"

    def at(self, table: str) -> str:
        """The address of the record of a kind."""
        return f"{self.place}/{table}/{self.records[table]}"


def furnish(app: Flask, name: str) -> Room:
    """Open the practice space of one of the cast and make a record of each kind there."""
    with app.test_request_context("/"):
        with unit_of_work():
            space_id = free_space(person_named(name)).id
        space = db.session.get_one(Space, space_id)
        word = f"{name}{uuid.uuid4().hex[:6]}"
        with inside(space):
            desk = Desk(space)
            company = desk.company(f"{word} Dental", email=f"{word}@firm.example")
            contact = desk.contact(word, "Lee", company=company)
            lead = desk.lead(f"{word} Stone", company_name=f"{word} Law")
            deal = desk.deal(f"{word} paper", company=company, contact=contact)
            task = desk.do("task.set", deal, subject=f"{word} call back", due=space.today(), kind="call")
            tag = desk.do("tag.add", company, tag="Key account").record
            assert isinstance(task.record, Activity) and isinstance(tag, Tag)
            Desk(space, "head-of-sales").do("note.write", deal, note=f"{word}?", mention=desk.me)
            mention = db.session.scalars(every(Mention).order_by(Mention.id.desc()).limit(1)).one()
            case = desk.do("case.open", company, subject=f"{word} torn box", type="complaint").record
            assert isinstance(case, Case)
            said = {"purpose": "personal_data", "text": "pd-2025", "source": "paper"}
            consent = desk.do("consent.record", contact, given_on=space.today(), **said).record
            assert isinstance(consent, Consent)
            paper = desk.do("document.create", type="letter", company=company, deal=deal, date=space.today())
            assert isinstance(paper.record, Document)
            sheet = Sheet("en", word, [], [Block("text", word)])
            file = uploads.Upload(f"{word}.pdf", as_pdf(sheet))
            desk.do("document.upload", paper.record, file=file, note=f"{word} as a file")
            lawyer, accountant = Desk(space, "lawyer"), Desk(space, "accountant").me
            days = {"begins": space.today(), "ends": space.today()}
            away = lawyer.do("delegation.create", absent=lawyer.me, deputy=accountant, **days).record
            power = lawyer.do("power.register", holder=desk.me, basis=f"{word} power", **days).record
            assert away is not None and power is not None
            head = Desk(space, "head-of-sales")
            rule = head.do("instruction.create", name=f"{word} rule", body="Ask first").record
            assert isinstance(rule, Instruction)
            due = space.today() + timedelta(days=3)
            head.do("instruction.publish", rule, audience="sales-manager", due=due)
            campaign = _campaign(space, word)
            parts = (company.addresses[0], tag, consent, mention, case, away, rule, asked_of(rule)[0])
            offer = desk.offer(deal)
            prices = offer.price_list
            sold = (offer, offer.lines[0], prices, prices.prices[0].product)
            view = desk.do("view.save", name=f"{word} view", of="companies", asked="owner=me").record
            bill = _invoice(desk, word)
            spent = (
                view,
                power,
                campaign,
                campaign.costs[0],
                bill.lines[0],
                first(every(Payment)),
                *_ways(desk, bill),
            )
            letters = (*_marketing(space, word, contact), *_web_form(space, word), _handover(space, word))
            base = (company, contact, lead, deal, task.record, paper.record, desk.me)
            rows = (*base, *parts, *sold, *spent, *letters)
            numbers = {row.__table__.name: row.n for row in rows if row is not None}
            who = person_named(name).id
            run = _done_at_once(space, desk, who, company.n)
            return Room(space_id, word, numbers, _brought(space, desk, who), run)


def _invoice(desk: Desk, word: str) -> Document:
    """An invoice that was paid in part."""
    payer = desk.company(f"{word} Payer", inn="12-3456789", address="1 Elm Street")
    offer = desk.offer(
        desk.deal(f"{word} toner", company=payer, contact=desk.contact(word, "Pay", company=payer))
    )
    desk.do("offer.send", offer)
    desk.do("offer.accept", offer, take_total=True)
    today = desk.space.today()
    days = {"date": today, "due_on": today + timedelta(days=10)}
    bill = desk.do("document.invoice", offer, type="invoice", company=payer, **days).record
    assert isinstance(bill, Document)
    desk.do("document.record_payment", bill, amount=Decimal(1), day=today, reference=f"{word} 17")
    return bill


def _ways(desk: Desk, bill: Document) -> list[Any]:
    """A closing document on its way through the exchange, and a visa that an addendum waits for."""
    today = desk.space.today()
    days = {"date": today, "supplied_on": today}
    closing = desk.do("document.close", bill, type="delivery", **days).record
    desk.do("document.send", closing, signer=Desk(desk.space, "director").me)
    addendum = desk.do("document.draft", bill.deal, type="addendum", date=today, amount=Decimal(9)).record
    desk.do("document.submit", addendum)
    newest = (every(kind).order_by(kind.id.desc()) for kind in (Sending, Visa))
    return [first(query) for query in newest]


def _campaign(space: Space, word: str) -> Campaign:
    """A campaign on which something was spent."""
    marketer, today = Desk(space, "marketer"), space.today()
    days = {"begins_on": today, "ends_on": today + timedelta(days=30), "budget": Decimal(900)}
    campaign = marketer.do(
        "campaign.create", name=f"{word} spring", tag=f"{word}-spring", type="email", **days
    ).record
    assert isinstance(campaign, Campaign)
    marketer.do(
        "campaign.add_cost", campaign, day=today, kind="media", what=f"{word} notice", amount=Decimal(120)
    )
    return campaign


def _marketing(space: Space, word: str, contact: Contact) -> tuple[Any, ...]:
    """A mailing that went to a fixed list of one, and what belongs to it."""
    marketer = Desk(space, "marketer")
    agreed = {"purpose": "advertising", "text": "ads-2023", "source": "paper", "given_on": space.today()}
    marketer.do("address.add_email", contact, value=f"{word}@people.example")
    marketer.do("consent.record", contact, **agreed)
    segment = marketer.do("segment.create", name=f"{word} people", of="contact", match="all").record
    asked = {"field": "contact.position", "operator": "contains", "value": "nobody"}
    condition = marketer.do("segment.add_condition", segment, **asked).record
    marketer.do("segment.fix", segment)
    member = marketer.do("segment.add_member", contact, segment=segment).record
    said = {"name": f"{word} letter", "subject": f"{word} in May", "body": "{{ opt_out }}"}
    template = marketer.do("message_template.create", **said).record
    test = marketer.do("message_template.test_send", template, to=marketer.me, contact=contact).record
    suppressed = marketer.do("suppression.add", value=f"{word}@rival.example", reason="other").record
    db.session.expire_all()
    plan = {"name": f"{word} mailing", "template": template, "segment": segment}
    mailing = marketer.do("mailing.create", **plan).record
    assert isinstance(mailing, Mailing)
    marketer.do("mailing.send", mailing)
    return (
        segment,
        condition,
        member,
        template,
        test,
        suppressed,
        mailing,
        mailing.lists[0],
        mailing.recipients[0],
    )


def _done_at_once(space: Space, desk: Desk, person_id: int, n: int) -> int:
    """Work on many records that is over: one of them was refused."""
    with unit_of_work() as session:
        work = BulkRun(
            space_id=space.id,
            person_id=person_id,
            colleague_n=desk.me.n,
            list_table="companies",
            way="company.delete",
            typed={},
            numbers=[n],
            back=f"/s/{space.id}/companies",
            status="done",
            refused=[{"n": n, "title": "Firm", "cause": "It has open deals.", "code": "has_open_deals"}],
            created_at=desk.now,
            moved_at=desk.now,
        )
        session.add(work)
        session.flush()
        return work.id


def _web_form(space: Space, word: str) -> tuple[WebForm, RoutingRule, Submission]:
    """A form that is routed by region, and what was sent by it."""
    marketer, seller = Desk(space, "marketer"), Desk(space).me
    said = {"routing": "region", "ask_region": "asked", "routed_to": seller, "address": f"{word}-form"}
    form = marketer.web_form(f"{word} form", published=False, **said)
    marketer.do("web_form.add_rule", form, region="west", colleague=seller)
    marketer.do("web_form.publish", form)
    typed = {"name": f"{word} Visitor", "email": f"{word}@visitor.example", "personal_data": True}
    sent = marketer.do("submission.send", web_form=form, **typed).record
    assert isinstance(sent, Submission)
    return form, form.rules[0], sent


def _handover(space: Space, word: str) -> Handover:
    """A lead that marketing passed on and sales has not answered."""
    marketer, desk = Desk(space, "marketer"), Desk(space)
    fit = {"company_name": f"{word} Fit", "phone": "+16145550188", "need": "Paper", "budget": Decimal(90000)}
    lead = desk.lead(f"{word} Fit", **fit)
    made = marketer.do("lead.pass_on", lead, to=desk.me).event.values["made"]
    return fetch(Handover, made["n"])


def _brought(space: Space, desk: Desk, person_id: int) -> int:
    """A file that was imported: one row of it was rejected."""
    with unit_of_work() as session:
        file = Upload(
            space_id=space.id,
            person_id=person_id,
            colleague_n=desk.me.n,
            kind="companies",
            name="export.csv",
            digest="0" * 64,
            date_order="mdy",
            mapping={"0": "name"},
            status="done",
            counts={"rows": 1, "created": 0, "updated": 0, "rejected": 1},
            columns=["Name"],
            rejected=[{"line": 2, "cause": "It is here already.", "cells": ["=Firm"]}],
            created_at=desk.now,
        )
        session.add(file)
        session.flush()
        return file.id


def token_of(app: Flask, name: str) -> dict[str, str]:
    """The headers with which one of the cast calls the interface."""
    secret = new_secret()
    with app.app_context(), unit_of_work():
        add_token(person_named(name), secret=secret, label="test", at=machine_now())
    return {"Authorization": f"Bearer {secret}"}


def rows_of(app: Flask, room: Room, model: Any) -> list[Any]:
    """What stands in a table of the space, by column name, as the database has it now."""
    with app.app_context(), inside(db.session.get_one(Space, room.space)):
        columns = model.__table__.columns
        return [
            {column.name: getattr(row, column.key) for column in columns}
            for row in db.session.scalars(every(model, deleted=True).order_by(model.id))
        ]


def last_event(client: FlaskClient, room: Room, headers: dict[str, str]) -> dict[str, Any]:
    """The newest event of the space, as the interface tells it."""
    after, found = 0, []
    while after is not None:
        answer = client.get(f"{room.api}/events?after={after}", headers=headers).get_json()
        found += answer["events"]
        after = answer["next"]
    return found[-1]
