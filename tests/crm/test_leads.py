"""Leads are answered, qualified or rejected, and converted without a second card of anybody."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from sandbox.crm import Company, Contact, Deal, Lead
from sandbox.crm.record import Record
from sandbox.crm.sales.answering import waits_for_answer
from sandbox.crm.sales.words import reject_reasons
from sandbox.extensions import db
from sandbox.spaces import every
from tests.factories.crm import TODAY, Desk, refused

pytestmark = pytest.mark.both_databases


def count(model: type[Record]) -> int:
    return len(list(db.session.scalars(every(model))))


def test_a_call_answers_a_new_lead_within_its_event(desk: Desk) -> None:
    lead = desk.lead()
    assert lead.waits_for_response()
    desk.later = timedelta(minutes=40)
    done = desk.do("call.log", lead, outcome="no-answer")
    assert (lead.status, lead.first_response_at) == ("in_work", desk.now)
    assert {fact["table"] for fact in done.event.facts} == {"activities", "leads"}
    answered = lead.first_response_at
    desk.later = timedelta(minutes=90)
    desk.do("call.log", lead, outcome="reached")
    assert lead.first_response_at == answered


def test_a_letter_to_whoever_asked_answers_them(desk: Desk) -> None:
    lead = desk.lead()
    desk.do("mail.note", lead, subject="When?", direction="in")
    assert lead.waits_for_response()
    desk.do("mail.note", lead, subject="Our prices", direction="out")
    assert (lead.status, lead.first_response_at) == ("in_work", desk.now)


def test_a_new_status_answers_nobody(desk: Desk) -> None:
    lead = desk.lead()
    desk.do("lead.take", lead)
    assert lead.waits_for_response()
    desk.do("lead.qualify", lead, need="Paper")
    assert lead.waits_for_response()
    assert list(db.session.scalars(every(Lead).where(waits_for_answer()))) == [lead]
    desk.do("lead.reject", lead, reason="spam")
    assert not lead.waits_for_response()


def test_a_lead_that_is_being_worked_on_is_warned_of(desk: Desk) -> None:
    lead = desk.lead(phone="+12025550143", email="anna@maple.example")
    assert refused(desk, "lead.create", name="Ann", phone="(202) 555-0143") == "duplicate"
    assert refused(desk, "lead.create", name="Ann", email="ANNA@maple.example") == "duplicate"
    desk.do("lead.reject", lead, reason="spam")
    desk.do("lead.create", name="Ann", phone="(202) 555-0143")


def test_a_new_lead_is_taken_by_one(desk: Desk) -> None:
    lead = desk.lead()
    head = Desk(desk.space, "head-of-sales")
    head.do("lead.take", lead)
    assert (lead.status, lead.owner) == ("in_work", head.me)
    assert refused(desk, "lead.take", lead) == "not_new"


def test_a_lead_is_qualified_with_need_and_budget(desk: Desk) -> None:
    lead = desk.lead(budget=Decimal(500))
    desk.do("lead.qualify", lead, need="Paper for six offices", budget=None)
    assert (lead.status, lead.need, lead.budget) == ("qualified", "Paper for six offices", Decimal(500))
    assert refused(desk, "lead.qualify", lead, need="Again") == "already_qualified"
    assert list(desk.send("lead.qualify", lead)) == ["need"]


def test_a_lead_is_rejected_with_a_reason(desk: Desk) -> None:
    lead = desk.lead()
    desk.do("task.set", lead, subject="Call again", due=TODAY)
    assert refused(desk, "lead.reject", lead, reason="other") == "no_note"
    desk.do("lead.reject", lead, reason="too-small", note=None)
    assert (lead.status, lead.reject_reason, lead.is_open) == ("rejected", "too-small", False)
    assert desk.activities(kind="task")[0].cancelled
    assert refused(desk, "lead.qualify", lead, need="Paper") == "not_open"
    assert refused(desk, "lead.reject", lead, reason="spam") == "not_open"
    assert refused(desk, "lead.edit", lead, name="Anna") == "not_open"


def test_the_reasons_tell_junk_from_a_customer_who_does_not_fit(desk: Desk) -> None:
    said = dict(reject_reasons())
    assert said["spam"].startswith("Junk: ") and said["too-small"].startswith("Does not fit: ")


def test_only_a_qualified_lead_is_converted_and_only_once(desk: Desk) -> None:
    lead = desk.lead()
    assert refused(desk, "lead.convert", lead) == "not_qualified"
    desk.do("lead.qualify", lead, need="Paper")
    desk.do("lead.convert", lead)
    assert refused(desk, "lead.convert", lead) == "already_converted"
    assert refused(desk, "lead.delete", lead) == "already_converted"


def test_a_conversion_makes_one_company_one_contact_one_deal(desk: Desk) -> None:
    lead = desk.lead("Ivy Stone", company_name="Stone Law", email="ivy@stone.example", budget=Decimal(900))
    desk.do("lead.qualify", lead, need="Paper")
    done = desk.do("lead.convert", lead, title="Paper for Stone Law")
    assert (count(Company), count(Contact), count(Deal)) == (1, 1, 1)
    deal = lead.deal
    assert deal is not None and lead.company is not None and lead.contact is not None
    assert (deal.title, deal.amount, deal.stage.code) == ("Paper for Stone Law", Decimal(900), "new")
    assert (deal.company, deal.contact, deal.owner) == (lead.company, lead.contact, desk.me)
    assert (lead.company.name, lead.contact.title, lead.contact.company) == (
        "Stone Law",
        "Ivy Stone",
        lead.company,
    )
    assert (lead.status, lead.is_open) == ("converted", False)
    assert done.event.values["deal"] == {"type": "deal", "n": deal.n, "title": deal.title}
    assert done.event.values["made_company"] is True


def test_a_conversion_links_the_company_and_the_contact_that_are_here(desk: Desk) -> None:
    company = desk.company("Stone Law LLC", phone="+12025550143")
    contact = desk.contact("Ivy", "Stone", company=company, email="ivy@stone.example")
    lead = desk.lead("Ivy Stone", company_name="stone law", email="Ivy@stone.example")
    desk.do("lead.qualify", lead, need="Paper")
    desk.do("lead.convert", lead)
    assert (lead.company, lead.contact) == (company, contact)
    assert (count(Company), count(Contact)) == (1, 1)


def test_a_near_namesake_is_not_taken_for_the_customer(desk: Desk) -> None:
    twin = desk.company("Stone Law West")
    lead = desk.lead("Ivy Stone", company_name="Stone Law East")
    desk.do("lead.qualify", lead, need="Paper")
    desk.do("lead.convert", lead)
    assert lead.company is not twin
    assert count(Company) == 2


def test_a_chosen_company_is_the_one_linked(desk: Desk) -> None:
    chosen = desk.company("Birch Insurance")
    lead = desk.lead("Ivy Stone", company_name="Stone Law")
    desk.do("lead.qualify", lead, need="Paper")
    desk.do("lead.convert", lead, company=chosen, amount=Decimal(7))
    assert (lead.company, lead.deal.amount if lead.deal else None) == (chosen, Decimal(7))
    assert count(Company) == 1


def test_new_may_be_typed_for_a_new_company(desk: Desk) -> None:
    assert desk.send("lead.convert", None, company="new") == {}


def test_a_lead_can_be_put_away(desk: Desk) -> None:
    lead = desk.lead()
    desk.do("lead.delete", lead)
    assert lead.deleted_at == desk.now
