"""Two cards become one: nothing that hangs on either is lost, and one undo brings both back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox.crm import Activity, Company, Contact, Deal, Lead
from sandbox.crm.communications.inbox import inbox_of
from sandbox.crm.communications.inbox_models import Follower, InboxMark
from sandbox.crm.customers.pairs import pairs
from sandbox.extensions import db
from sandbox.ledger import undo
from sandbox.spaces import every, fetch
from sandbox.spaces.bulk import images
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, refused

pytestmark = pytest.mark.both_databases

FIRST, SECOND = "+12025550143", "+12025550199"


def _all(model: Any) -> list[Any]:
    return list(db.session.scalars(every(model).order_by(model.id)))


@pytest.fixture
def two(desk: Desk) -> tuple[Company, Company]:
    """The firm twice: the second has the deal, the people, the notes and an opt-out."""
    first = desk.company("Maple Dental", phone=FIRST, industry="dental")
    second = desk.company(
        "Maple Dental LLC", phone=SECOND, email="desk@maple.example", website="maple.example"
    )
    desk.do("address.add_phone", second, value=FIRST)
    desk.do("address.opt_out", next(one for one in second.addresses if one.value == FIRST), how="By phone")
    desk.do("tag.add", first, tag="Key account")
    for tag in ("Key account", "Tax exempt"):
        desk.do("tag.add", second, tag=tag)
    desk.contact("Anna", "Lee", company=second)
    desk.deal("Paper", company=second)
    lead = desk.lead("Ivy Stone", company_name="Maple")
    desk.do("lead.qualify", lead, need="Chairs", budget=None)
    desk.do("lead.convert", lead, company=second, title="Chairs", amount=None)
    desk.do("note.write", second, note="Rings on Mondays")
    return first, second


def test_the_survivor_takes_every_child(desk: Desk, two: tuple[Company, Company]) -> None:
    first, second = two
    done = desk.steward.do("company.merge", first, other=second)
    assert done.event.code == "company.merged"
    for model in (Deal, Contact, Lead):
        assert {row.company for row in _all(model)} == {first}, model
    assert any(one.company is first for one in desk.activities(kind="note"))
    assert {tag.code for tag in first.tags} == {"key-account", "tax-exempt"}
    assert len(first.tags) == 2


def test_opt_outs_and_addresses_survive_with_one_primary(desk: Desk, two: tuple[Company, Company]) -> None:
    first, second = two
    desk.steward.do("company.merge", first, other=second)
    phones = {one.value: (one.is_primary, one.opted_out) for one in first.addresses if one.kind == "phone"}
    assert phones == {FIRST: (True, True), SECOND: (False, False)}
    assert (first.phone, first.email) == (FIRST, "desk@maple.example")


def test_gaps_are_filled_and_values_chosen(desk: Desk, two: tuple[Company, Company]) -> None:
    first, second = two
    desk.steward.do("company.merge", first, other=second, from_name="other", from_phone="other")
    assert (first.name, first.phone, first.industry, first.website) == (
        "Maple Dental LLC",
        SECOND,
        "dental",
        "maple.example",
    )
    assert "maple dental llc" in _all(Deal)[0].search_key


def test_the_other_card_is_put_away_with_a_way_to_the_survivor(
    desk: Desk, two: tuple[Company, Company]
) -> None:
    first, second = two
    desk.steward.do("company.merge", first, other=second)
    away = fetch(Company, second.n, deleted=True)
    assert away.deleted_at is not None and away.merged_into is first
    assert _all(Company) == [first]
    assert refused(desk.steward, "company.merge", first, other=away) == "same_card"
    assert refused(desk.steward, "company.merge", first, other=first) == "same_card"


def test_one_undo_brings_both_back_exactly(desk: Desk, two: tuple[Company, Company]) -> None:
    first, second = two
    before = {table: rows for table, rows in images(desk.space).items() if table != "events"}
    done = desk.steward.do("company.merge", first, other=second, from_name="other")
    with unit_of_work():
        undo([done.event], by=desk.me, at=desk.now)
    assert {table: rows for table, rows in images(desk.space).items() if table != "events"} == before


def test_of_two_contacts_consents_notes_and_deals_stay(desk: Desk) -> None:
    company = desk.company()
    first = desk.contact("Anna", "Lee", phone=FIRST)
    second = desk.contact("Ann", "Lee", phone=FIRST, email="ann@maple.example", company=company)
    said = {"purpose": "advertising", "text": "ads-2023", "source": "paper"}
    email = next(one for one in second.addresses if one.kind == "email")
    phone = next(one for one in second.addresses if one.kind == "phone")
    for address in (email, phone):
        desk.do("consent.record", address, given_on=desk.space.today(), **said)
    deal = desk.deal(company=company, contact=second)
    desk.steward.do("contact.merge", first, other=second)
    assert [one.address.on for one in first.consents if one.address] == [first, first]
    assert (fetch(Deal, deal.n).contact, first.company, first.email) == (first, company, "ann@maple.example")
    assert len(first.addresses) == 2


def test_a_branch_with_its_own_numbers_is_not_merged_into_a_wrong_mix(russian_desk: Desk) -> None:
    desk = russian_desk
    first = desk.company("Кедр", inn="7707083893", kpp="773601001")
    second = desk.company("Кедр, филиал", inn="7707083893", kpp="540602001")
    desk.steward.do("company.merge", first, other=second, from_numbers="other")
    assert first.kpp == "540602001"


def test_pairs_are_found_by_address_number_and_near_name(russian_desk: Desk) -> None:
    desk = russian_desk
    desk.company("Кедровый тракт", phone="+79160000418")
    desk.company("Совсем другое", phone="8 916 000-04-18")
    desk.company("Верхняя Сосна")
    desk.company("Нижняя Сосна")
    desk.company("Лира", inn="7707083893", kpp="773601001")
    desk.company("Мираж", inn="7707083893", kpp="540602001")
    found, total = pairs(Company)
    assert total == len(found)
    named = {frozenset((pair.card.name, pair.other.name)) for pair in found}
    assert frozenset(("Кедровый тракт", "Совсем другое")) in named
    assert frozenset(("Лира", "Мираж")) in named
    desk.steward.do("company.tell_apart", found[0].card, other=found[0].other)
    assert pairs(Company)[1] == total - 1


def test_contacts_of_one_firm_with_nearly_one_name_are_a_pair(desk: Desk) -> None:
    company = desk.company()
    desk.contact("Anna", "Lee", company=company)
    desk.contact("Ana", "Lee", company=company)
    desk.contact("Anna", "Lee")
    found, _total = pairs(Contact)
    assert [(pair.card.title, pair.other.title) for pair in found] == [("Anna Lee", "Ana Lee")]


def test_activities_of_the_other_card_stand_on_the_survivor(desk: Desk, two: tuple[Company, Company]) -> None:
    first, second = two
    desk.do("task.set", second, subject="Ring", due=desk.space.today(), kind="call")
    desk.steward.do("company.merge", first, other=second)
    assert all(one.company is not second for one in _all(Activity))


def test_a_second_firm_beside_the_first_is_a_pair(russian_desk: Desk) -> None:
    for name in (
        "Осенний извозчик",
        "Осенний извозчик плюс",
        "Зелёный кряж",
        "Утренний покос",
        "Утренний обоз",
    ):
        russian_desk.company(name)
    found, _total = pairs(Company)
    assert [(pair.card.name, pair.other.name) for pair in found] == [
        ("Осенний извозчик", "Осенний извозчик плюс")
    ]


def test_followers_and_what_was_put_off_go_over_and_come_back_on_undo(desk: Desk) -> None:
    head, marketer = Desk(desk.space, "head-of-sales"), Desk(desk.space, "marketer")
    first, second = desk.company("Maple Dental"), head.company("Maple Dental LLC")
    marketer.do("record.follow", first)
    for follower in (desk, marketer):
        follower.do("record.follow", second)
    desk.do("inbox.read", second)
    marketer.do("inbox.snooze", second, until=desk.now + timedelta(days=2))
    before = {table: rows for table, rows in images(desk.space).items() if table != "events"}
    done = desk.steward.do("company.merge", first, other=second)
    followers = {(one.colleague_id, one.record_n) for one in _all(Follower)}
    # the rep looks after the survivor, and the head looked after the other card
    assert followers == {(head.me.id, first.n), (marketer.me.id, first.n)}
    marks = {(one.colleague_id, one.item_n): (one.snoozed_until, one.read_n) for one in _all(InboxMark)}
    assert marks == {(marketer.me.id, first.n): (desk.now + timedelta(days=2), None)}
    told = [news.record for news in inbox_of(head.me).news]
    assert told == [first]
    with unit_of_work():
        undo([done.event], by=desk.me, at=desk.now)
    assert {table: rows for table, rows in images(desk.space).items() if table != "events"} == before
