"""Pages of offers, products and price lists, as a sales manager reads them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from sandbox.crm import Product
from sandbox.extensions import db
from sandbox.spaces import every
from tests.crm.test_pages import Look, opened, words
from tests.crm.test_pages import desk as desk
from tests.crm.test_pages import look as look
from tests.factories.crm import Desk

MOST_ON_A_RECORD = 15


@pytest.fixture
def asked() -> Any:
    """The selects that the database is asked."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_list_of_offers_asks_as_often_for_many_as_for_few(desk: Desk, look: Look, asked: list[str]) -> None:
    for _ in range(2):
        desk.offer(desk.deal(company=desk.company()))
    asked.clear()
    look("offers")
    few = len(asked)
    for _ in range(10):
        desk.offer(desk.deal(company=desk.company()))
    asked.clear()
    look("offers")
    assert len(asked) == few <= 10, "\n".join(asked)


def test_the_page_of_an_offer_with_many_lines_and_versions_is_read_with_few_questions(
    desk: Desk, look: Look, asked: list[str]
) -> None:
    offer = desk.offer(desk.deal(company=desk.company()))
    for _ in range(8):
        desk.do("offer.add_line", offer, product=desk.product("toner"), quantity=2)
    desk.do("offer.send", offer)
    desk.do("offer.revise", offer)
    db.session.expire_all()
    offer_n, deal_n = offer.n, offer.deal.n
    asked.clear()
    look(f"offers/{offer_n}")
    assert len(asked) <= MOST_ON_A_RECORD, "\n".join(asked)
    asked.clear()
    look(f"deals/{deal_n}")
    assert len(asked) <= MOST_ON_A_RECORD, "\n".join(asked)


def test_an_offer_shows_its_lines_its_tax_and_what_can_be_done(desk: Desk, look: Look) -> None:
    offer = desk.offer(desk.deal(company=desk.company()), quantity=3)
    page = look(f"offers/{offer.n}")
    said = words(page)
    assert "3 cartons $42.50 $127.50" in said
    assert "Without tax $127.50" in said and "Sales tax 5.75% $7.33" in said and "Total $134.83" in said
    buttons = {link["data-action"] for link in page.select("#main [data-action]")}
    assert {"offer.add_line", "offer.send", "offer_line.edit", "offer_line.remove"} <= buttons
    assert "offer.accept" not in buttons


def test_a_line_is_chosen_from_what_the_price_list_has_with_its_price(desk: Desk, look: Look) -> None:
    offer = desk.offer(price_list=desk.price_list("catalog"))
    form = look(f"offers/{offer.n}/add-line")
    offered = [one.get_text() for one in form.select("select[name=product] option")]
    products = db.session.scalars(every(Product))
    missing = [one.name for one in products if offer.price_list.price_of(one) is None]
    assert missing and not any(words.startswith(name) for words in offered for name in missing)
    assert any(words.startswith("Copy paper") and "$" in words for words in offered)


def test_a_line_that_is_removed_leads_back_to_its_offer(desk: Desk, look: Look, sign_in: Any) -> None:
    offer = desk.offer()
    page = look(f"offers/{offer.n}")
    address = str(page.select_one("[data-action='offer_line.remove']")["href"])  # type: ignore[index]
    tanya = sign_in("tanya")
    answer = tanya.post(
        address.partition("?")[0],
        data={"version": offer.lines[0].version, "return_to": f"/s/{desk.space.id}/offers/{offer.n}"},
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/s/{desk.space.id}/offers/{offer.n}")


def test_the_deal_shows_its_offers_and_begins_one_with_itself_filled_in(desk: Desk, look: Look) -> None:
    deal = desk.deal()
    offer = desk.offer(deal)
    page = look(f"deals/{deal.n}")
    assert offer.key in opened(page)
    begin = page.select_one("#offers [data-action='offer.create']")
    assert begin is not None
    form = look(str(begin["href"]).partition(f"/s/{desk.space.id}/")[2])
    chosen = form.select_one("input[name=deal]")
    assert chosen is not None and chosen["value"] == str(deal.n)
    usual = form.select_one("select[name=price_list] option[selected]")
    assert usual is not None and usual.get_text().startswith("Wholesale list: valid until")


def test_the_deals_story_tells_the_turns_of_its_offers_and_not_every_line(desk: Desk, look: Look) -> None:
    offer = desk.offer()
    desk.do("offer.send", offer)
    said = words(look(f"deals/{offer.deal.n}"))
    assert "began the offer Q-0001" in said and "sent the offer Q-0001" in said
    assert "added Copy paper" not in said


def test_offers_are_filtered_by_what_they_are_today(desk: Desk, look: Look) -> None:
    draft, late, out = desk.offer(), desk.offer(valid_until=desk.space.today()), desk.offer()
    desk.do("offer.send", late)
    desk.do("offer.send", out)
    assert opened(look("offers?state=draft")) == [draft.key]
    assert set(opened(look("offers?state=sent"))) == {late.key, out.key}
    assert opened(look("offers?state=expired")) == []


def test_a_products_page_has_its_price_by_every_list(desk: Desk, look: Look) -> None:
    said = words(look(f"products/{desk.product('paper').n}"))
    assert "Wholesale list valid today on top $42.50" in said
    assert "Wholesale list, former expired on top $39.80" in said


def test_price_lists_say_whether_they_hold_today(desk: Desk, look: Look) -> None:
    old = desk.price_list("wholesale-before")
    assert old.key in opened(look("price_lists?state=over"))
    assert old.key not in opened(look("price_lists?state=valid"))
    assert "expired" in words(look(f"price_lists/{old.n}"))


def test_a_sales_manager_keeps_no_catalogue(desk: Desk, look: Look) -> None:
    page = look("products")
    assert not page.select("#main [data-action='product.create']")


def test_the_sum_above_the_list_is_that_of_all_offers_that_match(desk: Desk, look: Look) -> None:
    offers = [desk.offer(quantity=number) for number in (1, 2, 3)]
    total = sum((offer.total for offer in offers), start=Decimal(0))
    assert f"3 offers, ${total}" in words(look("offers"))
    assert desk.space.today() + timedelta(days=14) == offers[0].valid_until
