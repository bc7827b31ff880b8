"""A consent is evidence: a text in force, a day, a source; its withdrawal masks the person, nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox.crm import Activity, Consent, Contact, Lead
from sandbox.crm.communications.hushing import hush
from sandbox.crm.customers.consents import may_advertise_to
from sandbox.extensions import db
from sandbox.ledger import undo
from sandbox.spaces import every, fetch
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, refused

pytestmark = pytest.mark.both_databases

DATA = {"purpose": "personal_data", "text": "pd-2025", "source": "paper"}
ADS = {"purpose": "advertising", "text": "ads-2023", "source": "web-form"}


@pytest.fixture
def anna(desk: Desk) -> Contact:
    return desk.contact("Anna", "Lee", phone="+12025550143", email="anna@maple.example")


def _record(desk: Desk, on: Any, said: dict[str, str], back: int = 0) -> Consent:
    made = desk.do("consent.record", on, given_on=desk.space.today() - timedelta(days=back), **said).record
    assert isinstance(made, Consent)
    return made


def test_a_consent_holds_purpose_text_day_and_source(desk: Desk, anna: Contact) -> None:
    made = _record(desk, anna, DATA, back=3)
    assert (made.contact, made.purpose, made.text, made.source) == (anna, "personal_data", "pd-2025", "paper")
    assert made.given_on == desk.space.today() - timedelta(days=3)
    assert made.active


@pytest.mark.parametrize(
    ("changed", "back", "why"),
    [
        ({"text": "ads-2023"}, 0, "wrong_text"),
        ({"text": "pd-2023"}, 0, "wrong_version"),
        ({}, 400, "wrong_version"),
        ({}, -1, "future_day"),
    ],
)
def test_a_consent_to_another_text_or_of_a_day_to_come_is_refused(
    desk: Desk, anna: Contact, changed: dict[str, str], back: int, why: str
) -> None:
    day = desk.space.today() - timedelta(days=back)
    assert refused(desk, "consent.record", anna, given_on=day, **{**DATA, **changed}) == why


def test_a_consent_is_recorded_once_and_is_a_persons(desk: Desk, anna: Contact) -> None:
    _record(desk, anna, DATA)
    assert refused(desk, "consent.record", anna, given_on=desk.space.today(), **DATA) == "consent_here"
    firm = desk.company(email="desk@maple.example")
    assert (
        refused(desk, "consent.record", firm.addresses[0], given_on=desk.space.today(), **ADS) == "no_person"
    )


def test_only_a_consent_to_advertising_lets_somebody_write(desk: Desk, anna: Contact) -> None:
    phone, email = anna.addresses
    _record(desk, anna, DATA)
    assert not may_advertise_to(email)
    _record(desk, email, ADS)
    assert may_advertise_to(email) and not may_advertise_to(phone)
    desk.do("address.mark_invalid", email)
    assert not may_advertise_to(email)


def test_an_opt_out_ends_at_a_newer_consent_for_the_address(desk: Desk, anna: Contact) -> None:
    _phone, email = anna.addresses
    given = _record(desk, email, ADS)
    desk.do("consent.withdraw", given, day=desk.space.today(), how="By letter")
    assert email.opted_out and not may_advertise_to(email)
    assert refused(desk, "consent.withdraw", given, day=desk.space.today(), how="Again") == "withdrawn"
    _record(desk, email, ADS)
    assert may_advertise_to(email)


def test_a_withdrawal_of_advertising_opts_out_every_address(desk: Desk, anna: Contact) -> None:
    _record(desk, anna, ADS)
    desk.steward.do("contact.withdraw", anna, purpose="advertising", day=desk.space.today(), how="By phone")
    assert all(one.opted_out for one in anna.addresses)
    assert (anna.title, anna.email) == ("Anna Lee", "anna@maple.example")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Call Alice T. Carrow back", "Call ••• back"),
        ("alice asked twice; Carrow's office is closed", "••• asked twice; •••'s office is closed"),
        ("Malice at a t-junction", "Malice at a t-junction"),
    ],
)
def test_a_name_goes_out_of_what_was_written(said: str, left: str) -> None:
    assert hush(said, ["Alice", "T", "Carrow"]) == left


def test_a_russian_name_goes_in_whatever_case_it_stands() -> None:
    names = ["Мария", "Андреева"]
    assert hush("Просит Марию Андрееву перезвонить; для Марии", names) == "Просит ••• перезвонить; для •••"


def test_a_withdrawal_takes_the_name_out_of_tasks_and_calls_and_undo_brings_it_back(desk: Desk) -> None:
    anna = desk.contact("Anna", last_name="Brook")
    task = desk.do("task.set", anna, subject="Call Anna Brook back", due=desk.space.today()).record
    other = desk.do("task.set", desk.contact("Ben"), subject="Ask Anna Brook", due=desk.space.today()).record
    steward = {"purpose": "personal_data", "day": desk.space.today(), "how": "By letter"}
    done = desk.steward.do("contact.withdraw", anna, **steward)
    assert isinstance(task, Activity) and isinstance(other, Activity)
    assert task.subject == "Call ••• back" and other.subject == "Ask Anna Brook"
    with unit_of_work():
        undo([done.event], by=desk.me, at=desk.now)
    assert task.subject == "Call Anna Brook back"


def test_a_withdrawal_masks_the_person_and_keeps_company_and_deals(desk: Desk) -> None:
    company = desk.company("Maple Dental")
    lead = desk.lead(
        "Anna Lee", company_name="Maple Dental", phone="+12025550143", email="anna@maple.example"
    )
    desk.do("lead.qualify", lead, need="paper", budget=None)
    desk.do("lead.convert", lead, company=company, title="Paper")
    anna = db.session.scalars(every(Contact)).one()
    given = _record(desk, anna, DATA)
    withdrawn = {"day": desk.space.today(), "how": "By letter"}
    assert refused(desk, "consent.withdraw", given, **withdrawn) == "not_allowed"
    desk.steward.do("consent.withdraw", given, **withdrawn)
    anna = fetch(Contact, anna.n)
    assert (anna.title, anna.phone, anna.email) == ("Masked person", None, None)
    told = anna.search_key + " ".join(one.value for one in anna.addresses)
    assert "lee" not in told and "2025550143" not in told and "anna@" not in told
    assert anna.company is company and company.name == "Maple Dental"
    assert given.withdrawn_how == "By letter" and not given.active
    lead = db.session.scalars(every(Lead)).one()
    assert (lead.name, lead.phone, lead.email) == ("Masked person", None, None)
    assert lead.deal is not None and lead.deal.contact is anna


def test_a_masked_person_is_never_written_down_again(desk: Desk, anna: Contact) -> None:
    desk.steward.do(
        "contact.withdraw", anna, purpose="personal_data", day=desk.space.today(), how="By letter"
    )
    assert refused(desk, "contact.edit", anna, first_name="Anna") == "masked"
    assert refused(desk, "address.add_phone", anna, value="+12025550199") == "masked"
    assert refused(desk, "consent.record", anna, given_on=desk.space.today(), **DATA) == "masked"
    assert refused(desk, "contact.create", first_name="Ann", email="anna@maple.example") == "duplicate"


def test_undo_brings_the_person_back(desk: Desk, anna: Contact) -> None:
    done = desk.steward.do(
        "contact.withdraw", anna, purpose="personal_data", day=desk.space.today(), how="A slip"
    )
    with unit_of_work():
        undo([done.event], by=desk.me, at=desk.now)
    again = fetch(Contact, anna.n)
    assert (again.title, again.email) == ("Anna Lee", "anna@maple.example")
    assert {one.value for one in again.addresses} == {"+12025550143", "anna@maple.example"}


def test_an_address_with_a_consent_stays_as_evidence(desk: Desk, anna: Contact) -> None:
    email = anna.addresses[1]
    _record(desk, email, ADS)
    assert refused(desk, "address.remove", email) == "consented"
    desk.do("contact.edit", anna, email=None)
    assert email in anna.addresses
