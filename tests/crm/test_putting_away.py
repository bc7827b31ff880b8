"""What is deleted can be found and brought back, of whatever kind; what must stay is not deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.crm import Campaign, Company, Deal, Offer, Product
from sandbox.crm.putting_away import comes_back
from sandbox.crm.record import Record
from sandbox.ledger import registry
from sandbox.spaces import every, first
from tests.crm.test_bulk import fresh, send
from tests.crm.test_list_filters import titles
from tests.crm.test_pages import Look, desk, look, words
from tests.factories.crm import Desk, refused

__all__ = ["desk", "look", "send"]

# What is never deleted, with the action by which it ends instead.
ENDS_OTHERWISE = {"document": "document.annul", "suppression": "suppression.lift"}

MAKE: dict[str, tuple[str, Callable[[Desk], Any]]] = {
    "companies": ("sales-manager", lambda desk: desk.company()),
    "contacts": ("sales-manager", lambda desk: desk.contact()),
    "leads": ("sales-manager", lambda desk: desk.lead()),
    "deals": ("sales-manager", lambda desk: desk.deal()),
    "offers": ("sales-manager", lambda desk: desk.offer()),
    "campaigns": ("marketer", lambda desk: desk.campaign()),
    "web_forms": ("marketer", lambda desk: desk.web_form(published=False)),
    "products": (
        "head-of-sales",
        lambda desk: desk.do("product.create", name="Paper clip", unit="box").record,
    ),
    "cases": (
        "sales-manager",
        lambda desk: desk.do("case.open", desk.company(), subject="Torn box", type="complaint").record,
    ),
    "instructions": (
        "head-of-sales",
        lambda desk: desk.do("instruction.create", name="Ask first", body="Ask before you promise").record,
    ),
}


def test_every_kind_of_record_is_deleted_and_restored_or_ends_in_its_own_way() -> None:
    for kind, model in registry.records().items():
        if issubclass(model, Record):
            ending = registry.actions.get(ENDS_OTHERWISE.get(kind, f"{kind}.delete"))
            assert ending is not None and model in ending.on, kind
            assert comes_back(model) or kind in ENDS_OTHERWISE, kind


@pytest.mark.both_databases
@pytest.mark.parametrize("table", MAKE)
def test_what_was_deleted_leaves_the_list_and_comes_back_as_it_was(desk: Desk, table: str) -> None:
    role, make = MAKE[table]
    own = Desk(desk.space, role)
    record = make(own)
    model, kind = type(record), record.__record__
    before = {column.key: getattr(record, column.key) for column in model.__table__.columns}
    own.do(f"{kind}.delete", record)
    assert first(every(model).where(model.id == record.id)) is None
    assert own.do(f"{kind}.restore", record).event.code == f"{kind}.restored"
    after = {column.key: getattr(record, column.key) for column in model.__table__.columns}
    changed = {key for key, value in after.items() if value != before[key]}
    assert changed <= {"version", "changed_at", "changed_by_id"}


def test_the_list_shows_what_was_deleted_and_brings_it_back_in_bulk(
    desk: Desk, send: Any, look: Look
) -> None:
    gone, _stays = desk.company("Birch"), desk.company("Maple")
    desk.do("company.delete", gone)
    assert titles(look("companies")) == ["Maple"]
    page = look("companies?deleted=only")
    assert titles(page) == ["Birch"]
    ways = {button["value"] for button in page.select("button[name=way]")}
    assert ways == {"company.restore"}, "nothing else is done with what was deleted"
    assert "company.restore" not in str(look("companies").select("button[name=way]"))
    send("company.restore", "companies", asked="deleted=only", n=[gone.n])
    assert {one.name for one in fresh(every(Company))} == {"Birch", "Maple"}


def test_the_page_of_a_deleted_record_offers_to_restore_it_and_nothing_else(desk: Desk, look: Look) -> None:
    deal = desk.deal()
    desk.do("deal.delete", deal)
    page = look(f"deals/{deal.n}")
    offered = {one["data-action"] for one in page.select("main [data-action]")}
    assert "was deleted" in words(page) and offered == {"deal.restore"}


def test_a_deal_with_offers_or_papers_and_a_won_one_stay(desk: Desk) -> None:
    deal = desk.deal()
    offer = desk.offer(deal)
    assert refused(desk, "deal.delete", deal) == "has_offers"
    desk.do("offer.delete", offer)
    today = desk.space.today()
    desk.do("document.create", type="letter", company=desk.company(), deal=deal, date=today)
    assert refused(desk, "deal.delete", deal) == "has_documents"


def test_what_others_refer_to_is_not_deleted(desk: Desk) -> None:
    marketer, head = Desk(desk.space, "marketer"), Desk(desk.space, "head-of-sales")
    campaign = marketer.campaign()
    marketer.do("campaign.start", campaign)
    desk.lead(campaign=campaign)
    assert refused(marketer, "campaign.delete", campaign) == "in_use"
    sold = desk.offer().lines[0].product
    assert refused(head, "product.delete", sold) == "in_use"
    assert first(every(Campaign)) is not None and first(every(Product)) is not None


def test_a_merged_card_is_not_restored_beside_the_one_that_took_it_over(desk: Desk) -> None:
    kept, merged = desk.company("Maple"), desk.company("Maple Inc")
    desk.steward.do("company.merge", kept, other=merged)
    assert not registry["company.restore"].shown(merged)
    assert refused(desk, "company.restore", merged) == "was_merged"


def test_an_offer_that_was_seen_stays(desk: Desk) -> None:
    deal = desk.deal(contact=desk.contact())
    offer = desk.offer(deal)
    desk.do("offer.send", offer)
    assert refused(desk, "offer.delete", offer) == "not_draft"
    assert first(every(Offer)) is not None and first(every(Deal)) is not None
