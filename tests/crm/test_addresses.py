"""A card has several phones and e-mails; consent, bounces and opt-outs belong to each, not to the card."""

from __future__ import annotations

import pytest

from sandbox.crm import Address, Company
from sandbox.crm.communications.timeline import timeline_of
from sandbox.crm.customers.duplicates import alike_companies, company_card
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import undo
from sandbox.spaces import every
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, refused

pytestmark = pytest.mark.both_databases

FIRST, SECOND = "+12025550143", "+12025550199"


def _reached(card: Company, kind: str = "phone") -> dict[str, bool]:
    return {one.value: one.is_primary for one in card.addresses if one.kind == kind}


def test_what_is_typed_into_the_card_is_its_primary_address(desk: Desk) -> None:
    company = desk.company(phone=FIRST, email="Desk@Maple.example")
    assert _reached(company) == {FIRST: True}
    assert _reached(company, "email") == {"desk@maple.example": True}


def test_of_several_phones_exactly_one_is_primary_and_the_card_shows_it(desk: Desk) -> None:
    company = desk.company(phone=FIRST)
    second = desk.do("address.add_phone", company, value="(202) 555-0199").record
    assert _reached(company) == {FIRST: True, SECOND: False}
    assert company.phone == FIRST
    desk.do("address.make_primary", second)
    assert _reached(company) == {FIRST: False, SECOND: True}
    assert company.phone == SECOND


def test_search_and_the_warning_of_duplicates_find_every_address(desk: Desk) -> None:
    company = desk.company(phone=FIRST)
    desk.do("address.add_phone", company, value=SECOND)
    desk.do("address.add_email", company, value="bills@maple.example")
    assert SECOND.lstrip("+") in company.search_key
    assert "bills@maple.example" in company.search_key
    assert refused(desk, "company.create", name="Other", phone=SECOND) == "duplicate"
    other = desk.company("Other", email="bills@maple.example")
    assert [found for found, _score in alike_companies(company_card(company), besides=company)] == [other]


def test_the_primary_one_removed_the_next_takes_its_place(desk: Desk) -> None:
    company = desk.company(phone=FIRST)
    desk.do("address.add_phone", company, value=SECOND)
    desk.do("address.remove", company.addresses[0])
    assert _reached(company) == {SECOND: True}
    assert company.phone == SECOND
    desk.do("address.remove", company.addresses[0])
    assert (company.phone, company.addresses) == (None, [])


def test_an_edit_of_the_card_corrects_the_primary_address(desk: Desk) -> None:
    company = desk.company(phone=FIRST)
    desk.do("company.edit", company, phone=SECOND)
    assert _reached(company) == {SECOND: True}
    desk.do("company.edit", company, phone=None)
    assert company.addresses == []


def test_an_edit_never_loses_an_opt_out_nor_a_bounce(desk: Desk) -> None:
    company = desk.company(email="desk@maple.example")
    desk.do("address.opt_out", company.addresses[0], how="By phone")
    desk.do("company.edit", company, email="new@maple.example")
    assert _reached(company, "email") == {"desk@maple.example": False, "new@maple.example": True}
    assert company.addresses[0].opted_out
    assert refused(desk, "address.remove", company.addresses[0]) == "opted_out"
    desk.do("company.edit", company, email="desk@maple.example")
    assert _reached(company, "email") == {"desk@maple.example": True, "new@maple.example": False}
    assert company.addresses[0].opted_out


def test_an_invalid_address_is_marked_and_works_again_once_corrected(desk: Desk) -> None:
    company = desk.company(email="dsek@maple.example")
    address = company.addresses[0]
    desk.do("address.mark_invalid", address, reason="Bounced")
    assert address.invalid and not address.is_usable
    desk.do("address.edit", address, value="desk@maple.example")
    assert not address.invalid
    assert company.email == "desk@maple.example"
    desk.do("address.mark_invalid", address)
    desk.do("address.mark_valid", address)
    assert address.is_usable


@pytest.mark.parametrize(
    ("code", "value", "why"),
    [
        ("address.add_phone", "12", "bad_phone"),
        ("address.add_phone", "202 555 0143", "address_here"),
        ("address.add_email", "DESK@maple.example", "address_here"),
    ],
)
def test_an_address_that_is_none_or_here_already_is_refused(
    desk: Desk, code: str, value: str, why: str
) -> None:
    company = desk.company(phone=FIRST, email="desk@maple.example")
    assert refused(desk, code, company, value=value) == why


def test_a_corrected_address_must_still_be_one(desk: Desk) -> None:
    company = desk.company(phone=FIRST, email="desk@maple.example")
    phone, email = company.addresses
    assert refused(desk, "address.edit", phone, value="12") == "bad_phone"
    assert refused(desk, "address.edit", email, value="desk") == "bad_email"


def test_a_tag_is_of_the_dictionary_in_any_spelling_of_it(desk: Desk) -> None:
    company = desk.company()
    for typed in ("key-account", "TAX exempt", "Платит через 30 дней"):
        desk.do("tag.add", company, tag=typed)
    assert [tag.code for tag in company.tags] == ["key-account", "tax-exempt", "net-30"]
    assert refused(desk, "tag.add", company, tag="Key account") == "tag_here"
    desk.do("tag.remove", company.tags[0])
    assert [tag.code for tag in company.tags] == ["tax-exempt", "net-30"]


def test_a_new_spelling_of_a_tag_is_refused_with_the_right_one(desk: Desk) -> None:
    company = desk.company()
    with pytest.raises(Refused) as refusal:
        desk.do("tag.add", company, tag="Key acount")
    assert refusal.value.code == "unknown_tag"
    assert "“Key account”" in str(refusal.value.message)
    assert refused(desk, "tag.add", company, tag="zzzz") == "unknown_tag"


ACCOUNT = {
    "bic": "040297731",
    "account": "40702810000000004180",
    "correspondent_account": "30101810700000000731",
}


def test_bank_details_that_fit_each_other_pass(russian_desk: Desk) -> None:
    company = russian_desk.company("Кедр")
    spaced = {**ACCOUNT, "account": "40702 810 0 0000 0004180"}
    russian_desk.do("company.set_bank", company, bank_name="Банк", **spaced)
    assert company.account == ACCOUNT["account"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"account": "40702810000000004181"}, "does not fit the BIC"),
        ({"account": "4070281000000000418"}, "20 digits"),
        ({"account": "4070281000000000418x"}, "digits only"),
        ({"bic": None}, "BIC as well"),
        ({"bic": "14029773"}, "9 digits"),
        ({"bic": "140297731"}, "begins with 04"),
        ({"correspondent_account": "40702810000000004180"}, "begins with 301"),
        ({"correspondent_account": "30101810700000000732"}, "must fit it"),
    ],
)
def test_wrong_bank_details_are_refused_with_their_rule(
    russian_desk: Desk, changed: dict[str, str | None], words: str
) -> None:
    company = russian_desk.company("Кедр")
    said = {**ACCOUNT, **changed}
    with pytest.raises(Refused) as refusal:
        russian_desk.do("company.set_bank", company, bank_name="Банк", **said)
    typed = {name: value for name, value in said.items() if value}
    told = " ".join(
        words
        for errors in russian_desk.send("company.set_bank", company, **typed).values()
        for words in errors
    )
    assert words in told
    assert str(refusal.value.message) in told


def test_an_american_routing_number_has_its_control_digit(desk: Desk) -> None:
    company = desk.company()
    assert refused(desk, "company.set_bank", company, bank_name="Bank", bic="131234568") == "bad_bic"
    desk.do("company.set_bank", company, bank_name="Bank", account="0012")


def test_undo_takes_addresses_back_with_the_card(desk: Desk) -> None:
    company = desk.company(phone=FIRST)
    done = desk.do("address.add_phone", company, value=SECOND, primary=True)
    assert company.phone == SECOND
    with unit_of_work():
        undo([done.event], by=desk.me, at=desk.now)
    assert _reached(db.session.scalars(every(Company)).one()) == {FIRST: True}
    assert len(list(db.session.scalars(every(Address)))) == 1


def test_what_happened_to_an_address_is_told_on_its_card(desk: Desk) -> None:
    company = desk.company(email="desk@maple.example")
    desk.do("address.opt_out", company.addresses[0], how="By phone")
    lines, _older = timeline_of(company)
    assert any("desk@maple.example" in line.title for line in lines)


def test_an_opt_out_holds_for_the_same_address_on_another_card(desk: Desk) -> None:
    first = desk.contact(email="anna@maple.example", phone=FIRST)
    [email] = [one for one in first.addresses if one.kind == "email"]
    desk.do("address.opt_out", email, how="By phone")
    again = desk.contact(email="Anna@Maple.example", phone=SECOND)
    assert {one.kind: (one.opted_out, one.opted_out_how) for one in again.addresses} == {
        "email": (True, "By phone"),
        "phone": (False, None),
    }


def test_an_opt_out_reaches_the_address_alone_or_the_whole_card(desk: Desk) -> None:
    contact = desk.contact(email="ann@firm.example", phone="+12125550123")
    mail = next(one for one in contact.addresses if one.kind == "email")
    desk.do("address.opt_out", mail, how="Link in a letter")
    assert [one.opted_out for one in contact.addresses if one is not mail] == [False]
    other = desk.contact("Ben", "Ray", email="ben@firm.example", phone="+12125550124")
    mail = next(one for one in other.addresses if one.kind == "email")
    desk.do("address.opt_out", mail, scope="card", how="By phone")
    assert all(one.opted_out for one in other.addresses)
