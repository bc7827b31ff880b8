"""Companies and contacts: identifiers are checked, and nobody is written down twice by accident."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sandbox.crm import Company, Contact
from sandbox.crm.customers.duplicates import Card, likeness
from sandbox.crm.customers.names import name_parts
from sandbox.extensions import db
from sandbox.kernel.errors import NotFound, Refused
from sandbox.ledger.registry import registry
from sandbox.spaces import every, fetch
from tests.factories.crm import Desk, refused

pytestmark = pytest.mark.both_databases

INN, OTHER_INN, TRADER_INN = "7707083893", "7728168971", "500100732259"


def test_a_new_company_is_its_makers_and_found_by_all_its_numbers(desk: Desk) -> None:
    company = desk.company("Maple Dental, Inc.", phone="(202) 555-0143", email="Desk@Maple.example")
    assert (company.owner, company.kind) == (desk.me, "legal")
    assert (company.phone, company.email) == ("+12025550143", "desk@maple.example")
    for needle in ("maple dental", "12025550143", "desk@maple.example"):
        assert needle in company.search_key
    assert company.sort_key == "maple dental"


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Another Firm", "phone": "+1 202 555-0143"},
        {"name": "Another Firm", "email": "DESK@maple.example"},
        {"name": "Maple Dental LLC"},
        {"name": "Mapel Dental"},
    ],
)
def test_a_company_that_is_here_already_is_warned_of_once(desk: Desk, typed: dict[str, str]) -> None:
    known = desk.company("Maple Dental, Inc.", phone="+12025550143", email="desk@maple.example")
    with pytest.raises(Refused) as refusal:
        desk.do("company.create", **typed)
    assert refusal.value.code == "duplicate"
    assert refusal.value.values["records"] == [{"type": "company", "n": known.n, "title": known.name}]
    assert "Maple Dental, Inc." in str(refusal.value.message)
    assert desk.do("company.create", **typed, anyway=True).record is not None


def test_a_company_unlike_all_others_is_added_without_a_warning(desk: Desk) -> None:
    desk.company("Maple Dental, Inc.", phone="+12025550143")
    desk.do("company.create", name="Birch Insurance", phone="+12025550199")
    assert len(list(db.session.scalars(every(Company)))) == 2


def test_a_deleted_company_is_no_duplicate_and_comes_back(desk: Desk) -> None:
    company = desk.company()
    desk.do("company.delete", company)
    desk.do("company.create", name=company.name)
    with pytest.raises(NotFound):
        fetch(Company, company.n)
    desk.do("company.restore", company)
    assert fetch(Company, company.n) is company


def test_a_company_with_open_deals_stays(desk: Desk) -> None:
    company = desk.company()
    deal = desk.deal(company=company)
    assert refused(desk, "company.delete", company) == "has_open_deals"
    desk.do("deal.lose", deal, reason="price")
    desk.do("company.delete", company)


def test_an_inn_with_its_kpp_is_given_once(russian_desk: Desk) -> None:
    desk = russian_desk
    first = desk.company("Кедр", inn=INN, kpp="773601001")
    assert refused(desk, "company.create", name="Сосна", inn=INN, kpp="773601001", anyway=True) == "inn_taken"
    branch = desk.company("Кедр, филиал", inn=INN, kpp="540602001")
    assert refused(desk, "company.edit", branch, kpp="773601001") == "inn_taken"
    desk.do("company.edit", first, inn="7707 083 893", kpp="7736-01-001")
    assert (first.inn, first.kpp) == (INN, "773601001")


def test_a_deleted_company_does_not_take_back_an_inn_given_anew(russian_desk: Desk) -> None:
    desk = russian_desk
    first = desk.company("Кедр", inn=INN, kpp="773601001")
    desk.do("company.delete", first)
    desk.company("Сосна", inn=INN, kpp="773601001")
    assert refused(desk, "company.restore", first) == "inn_taken"


@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ({"inn": "7707083839"}, "bad_inn", "changed places"),
        ({"inn": TRADER_INN}, "bad_inn", "10 digits"),
        ({"inn": INN, "kind": "sole_trader"}, "bad_inn", "12 digits"),
        ({"inn": INN, "kpp": "77360100"}, "bad_kpp", "9 characters"),
        ({"kpp": "773601001", "kind": "sole_trader"}, "bad_kpp", "no KPP"),
        ({"ogrn": "1027700132190"}, "bad_ogrn", "changed places"),
        ({"ogrn": "102770013219"}, "bad_ogrn", "13 digits"),
    ],
)
def test_a_wrong_identifier_is_refused_with_its_rule_and_stands_at_its_field(
    russian_desk: Desk, fields: dict[str, str], code: str, words: str
) -> None:
    with pytest.raises(Refused) as refusal:
        russian_desk.do("company.create", name="Кедр", **fields)
    assert refusal.value.code == code
    assert words in str(refusal.value.message)
    errors = russian_desk.send("company.create", None, name="Кедр", **fields)
    assert list(errors) == [code.removeprefix("bad_")]
    assert words in errors[code.removeprefix("bad_")][0]


def test_right_identifiers_of_a_firm_and_of_a_sole_trader_pass(russian_desk: Desk) -> None:
    desk = russian_desk
    desk.do("company.create", name="Кедр", inn=INN, kpp="773601001", ogrn="1027700132195")
    desk.do("company.create", name="ИП Лозин", kind="sole_trader", inn=TRADER_INN)


def test_an_american_company_has_no_russian_numbers_to_check(desk: Desk) -> None:
    assert desk.send("company.create", None, name="Maple", inn="1") == {}


def test_an_edit_changes_what_is_said_and_keeps_the_owner(desk: Desk) -> None:
    company = desk.company(industry="law")
    done = desk.do("company.edit", company, name="Maple Smile", owner=None)
    assert (company.name, company.industry, company.owner) == ("Maple Smile", "law", desk.me)
    assert company.search_key == "maple smile"
    assert done.event.code == "company.edited"


def test_a_contact_is_one_person(desk: Desk) -> None:
    company = desk.company()
    desk.contact("Anna", "Lee", company=company, phone="+12025550143")
    said = {"first_name": "Ann", "last_name": "Lee"}
    assert refused(desk, "contact.create", **said, phone="202 555 0143") == "duplicate"
    assert refused(desk, "contact.create", **said, company=company) == "duplicate"
    desk.do("contact.create", **said, company=desk.company("Birch Insurance"))
    assert len(list(db.session.scalars(every(Contact)))) == 2


def test_a_contact_goes_by_last_name_and_is_found_in_both_orders(desk: Desk) -> None:
    contact = desk.contact("Anna", "Lee")
    assert (contact.title, contact.sort_key) == ("Anna Lee", "lee anna")
    assert "lee anna" in contact.search_key
    desk.do("contact.edit", contact, last_name="Stone")
    assert contact.title == "Anna Stone"
    desk.do("contact.delete", contact)
    assert not list(db.session.scalars(every(Contact)))


def test_what_is_no_phone_is_refused(desk: Desk) -> None:
    assert refused(desk, "contact.create", first_name="Anna", phone="12") == "bad_phone"
    assert list(desk.send("contact.create", None, first_name="Anna", phone="12")) == ["phone"]


def test_a_lawyer_may_not_add_companies(desk: Desk) -> None:
    lawyer = Desk(desk.space, "lawyer")
    with pytest.raises(Refused) as refusal:
        lawyer.do("company.create", name="Maple")
    assert refusal.value.code == "not_allowed"


def test_likeness_knows_a_branch_from_the_firm_itself() -> None:
    card = Card("Кедр", inn=INN, kpp="773601001")
    assert likeness(card, Card("Другое", inn=INN, kpp="773601001")) == 1
    assert likeness(card, Card("Другое", inn=INN)) == 1
    assert 0.84 <= likeness(card, Card("Кедр, филиал", inn=INN, kpp="540602001")) < 1
    assert likeness(card, Card("Сосна", inn=OTHER_INN)) == 0
    assert likeness(Card("Фёдор"), Card("федор")) == 1
    assert likeness(Card(None), Card(None)) == 0


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Anna Lee", ("Anna", None, "Lee")),
        ("Пётр Ильич Котов", ("Пётр", "Ильич", "Котов")),
        ("Котова Анна Петровна", ("Анна", "Петровна", "Котова")),
        ("Seán O’Neill Moore", ("Seán", None, "O’Neill Moore")),
        ("Anna", ("Anna", None, None)),
    ],
)
def test_a_full_name_is_taken_apart(text: str, parts: tuple[str, str | None, str | None]) -> None:
    assert name_parts(text) == parts


# done by nobody of the firm: a visitor, a counterparty, the time that passes
BY_OUTSIDERS = {
    "document.next_answer",
    "document.take_answer",
    "mailing.advance",
    "submission.send",
}


def test_every_action_says_in_a_sentence_what_it_does() -> None:
    assert len(list(registry)) >= 30
    for declared in registry:
        assert declared.sentence.endswith("."), declared.code
        assert "%(by)s" in str(declared.says) or declared.code in BY_OUTSIDERS, declared.code


def test_money_of_a_deal_is_kept_to_the_cent(desk: Desk) -> None:
    deal = desk.deal(amount=Decimal("0.01"))
    db.session.expire(deal)
    assert deal.amount == Decimal("0.01")
