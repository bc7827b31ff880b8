"""Offers are written from the price list, go out within the limit, and are never changed once sent."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.crm import Offer, Price
from sandbox.crm.communications.inbox import inbox_of
from sandbox.crm.wording import counted
from sandbox.ledger import registry
from sandbox.ledger.forms import declared_fields
from sandbox.spaces import every, first, inside
from tests.factories.crm import TODAY, Desk, refused

pytestmark = pytest.mark.both_databases

D = Decimal
UNTIL = TODAY + timedelta(days=14)


def begin(desk: Desk, code: str = "wholesale", **fields: Any) -> dict[str, Any]:
    return {"deal": desk.deal(), "price_list": desk.price_list(code), "valid_until": UNTIL, **fields}


def again(desk: Desk, role: str) -> Desk:
    other = Desk(desk.space, role)
    other.later = desk.later
    return other


def over_the_limit(desk: Desk) -> Offer:
    offer = desk.offer(quantity=10)
    desk.do("offer_line.edit", offer.lines[0], quantity=10, discount=D(12))
    return offer


def test_lines_take_the_price_of_the_list_and_the_tax_comes_on_top(desk: Desk) -> None:
    offer = desk.do("offer.create", **begin(desk)).record
    assert isinstance(offer, Offer)
    desk.do("offer.add_line", offer, product=desk.product("paper"), quantity=3)
    desk.do("offer.add_line", offer, product=desk.product("toner"), quantity=2, discount=D("5"))
    assert [(line.price, line.net, line.vat) for line in offer.lines] == [
        (D("42.50"), D("127.50"), D("7.33")),
        (D("96"), D("182.40"), D("10.49")),
    ]
    assert (offer.net, offer.vat, offer.total) == (D("309.90"), D("17.82"), D("327.72"))
    assert (offer.number, offer.title, offer.status, offer.owner) == ("Q-0001", "Q-0001", "draft", desk.me)


def test_where_prices_include_the_tax_it_is_shown_inside(russian_desk: Desk) -> None:
    offer = russian_desk.do("offer.create", **begin(russian_desk, "fleet")).record
    assert isinstance(offer, Offer)
    russian_desk.do("offer.add_line", offer, product=russian_desk.product("card"), quantity=40)
    assert (offer.net, offer.vat, offer.total) == (D("11475.41"), D("2524.59"), D("14000"))
    assert (offer.vat_rate, offer.currency, offer.title) == (D(22), "RUB", "КП-0001")


def test_a_unit_is_counted_as_the_firms_language_counts(desk: Desk, russian_desk: Desk) -> None:
    with inside(russian_desk.space):
        said = [counted(number, "карта") for number in (1, 3, 11, 40)]
        assert said == ["1 карта", "3 карты", "11 карт", "40 карт"]
        assert counted(40, "ведро") == "40 ведро"
    with inside(desk.space):
        assert [counted(number, "box of 25") for number in (1, 40)] == ["1 box of 25", "40 boxes of 25"]


def test_a_discount_on_everything_comes_after_that_of_the_line(desk: Desk) -> None:
    offer = desk.offer(discount=D(5))
    desk.do("offer_line.edit", offer.lines[0], quantity=100, discount=D(3))
    assert offer.net == D("3916.38")  # 4250 × 0.97 × 0.95 = 3916.375
    assert offer.widest_discount == D("7.85")


def test_a_discount_waits_in_the_inbox_of_those_who_may_give_it(desk: Desk) -> None:
    head, director = again(desk, "head-of-sales"), again(desk, "director")
    offer = over_the_limit(desk)
    desk.do("offer.request_approval", offer)
    for other, count in ((head, 1), (director, 1), (desk, 0)):
        assert [one.on for one in inbox_of(other.me).waiting].count(offer) == count
    director.do("inbox.read", offer)
    head.do("offer.return", offer, remark="Ten at most.")
    assert offer not in [one.on for one in inbox_of(head.me).waiting]
    desk.do("offer_line.edit", offer.lines[0], quantity=10, discount=D(14))
    desk.do(
        "offer.edit", offer, price_list=offer.price_list, valid_until=UNTIL, discount=D(2)
    )  # 15.72 with that of the line
    desk.do("offer.request_approval", offer)
    assert offer not in [one.on for one in inbox_of(head.me).waiting]
    [waiting] = [one for one in inbox_of(director.me).waiting if one.on is offer]
    assert "15.72" in waiting.title and waiting.by == desk.me.name


def test_no_form_of_an_offer_asks_for_a_price_or_a_sum() -> None:
    asked = {
        field.name
        for declared in registry
        if declared.area in ("offer", "offer_line")
        for field in declared_fields(declared.form)
    }
    assert not asked & {"price", "net", "vat", "total", "amount", "vat_rate"}


def test_an_expired_list_or_one_of_tomorrow_gives_no_prices(desk: Desk) -> None:
    assert refused(desk, "offer.create", **begin(desk, "wholesale-before")) == "list_expired"
    head = again(desk, "head-of-sales")
    head.do("price_list.edit", desk.price_list("catalog"), name="Catalog", valid_from=UNTIL)
    assert refused(desk, "offer.create", **begin(desk, "catalog")) == "list_not_yet"


def test_a_draft_of_last_season_is_not_sent_with_its_old_prices(desk: Desk) -> None:
    offer = desk.offer()
    desk.later = timedelta(days=150)
    late = TODAY + timedelta(days=170)
    assert refused(desk, "offer.send", offer) == "valid_in_past"
    assert refused(desk, "offer.add_line", offer, product=desk.product("toner"), quantity=1) == "list_expired"
    valid = {"price_list": desk.price_list("catalog"), "valid_until": late}
    desk.do("offer.edit", offer, **valid)
    assert (offer.lines[0].price, offer.vat_included) == (D("47.20"), True)
    desk.do("offer.send", offer)


def test_what_the_list_does_not_have_is_not_offered(desk: Desk) -> None:
    offer = desk.offer(price_list=desk.price_list("catalog"))
    values = {"product": desk.product("archive"), "quantity": 1}
    assert refused(desk, "offer.add_line", offer, **values) == "not_in_list"


@pytest.mark.parametrize("quantity", [0, -1, 100_001])
def test_a_quantity_is_one_that_somebody_orders(desk: Desk, quantity: int) -> None:
    offer = desk.offer()
    values = {"product": desk.product("paper"), "quantity": quantity}
    assert refused(desk, "offer.add_line", offer, **values) == "wrong_quantity"
    assert refused(desk, "offer_line.edit", offer.lines[0], quantity=quantity) == "wrong_quantity"


def test_a_later_price_does_not_touch_what_was_offered(desk: Desk) -> None:
    offer = desk.offer(quantity=2)
    head = again(desk, "head-of-sales")
    head.do("price_list.set_price", offer.price_list, product=desk.product("paper"), amount=D(50))
    assert offer.lines[0].price == D("42.50")
    price = first(every(Price).where(Price.amount == D(50)))
    assert price is not None and price.product.code == "paper"


def test_an_empty_offer_and_one_of_a_closed_deal_do_not_go_out(desk: Desk) -> None:
    empty = desk.do("offer.create", **begin(desk)).record
    assert refused(desk, "offer.send", empty) == "no_lines"
    offer = desk.offer()
    desk.do("deal.lose", offer.deal, reason="price")
    assert refused(desk, "offer.send", offer) == "not_open"
    assert refused(desk, "offer.create", **begin(desk, deal=offer.deal)) == "not_open"


def test_a_discount_above_the_limit_needs_the_head(desk: Desk) -> None:
    offer = over_the_limit(desk)
    head = again(desk, "head-of-sales")
    assert refused(desk, "offer.send", offer) == "over_limit"
    done = desk.do("offer.request_approval", offer)
    assert (offer.status, done.event.values["widest"]) == ("waiting", "12")
    assert refused(desk, "offer.add_line", offer, product=desk.product("toner"), quantity=1) == "waits"
    assert refused(desk, "offer.send", offer) == "waits"
    head.do("offer.approve", offer)
    assert (offer.status, offer.approved_by) == ("approved", head.me)
    desk.do("offer.send", offer)
    assert (offer.status, offer.sent_at) == ("sent", desk.now)


def test_nobody_approves_their_own_request_or_more_than_they_may_give(desk: Desk) -> None:
    head, director = again(desk, "head-of-sales"), again(desk, "director")
    own = desk.offer(discount=D(20))
    head.do("offer.request_approval", own)
    assert refused(head, "offer.approve", own) == "own_request"
    assert refused(head, "offer.return", own, remark="No") == "own_request"
    director.do("offer.approve", own)
    large = desk.offer(discount=D(20))
    desk.do("offer.request_approval", large)
    assert refused(head, "offer.approve", large) == "over_limit"


def test_a_sales_manager_has_no_right_to_approve(desk: Desk) -> None:
    offer = over_the_limit(desk)
    desk.do("offer.request_approval", offer)
    from sandbox.kernel.errors import Refused

    with pytest.raises(Refused) as refusal:
        desk.do("offer.approve", offer)
    assert refusal.value.code == "not_allowed"


def test_a_returned_offer_comes_back_with_a_remark_and_can_be_changed(desk: Desk) -> None:
    offer = over_the_limit(desk)
    desk.do("offer.request_approval", offer)
    again(desk, "head-of-sales").do("offer.return", offer, remark="Ten at most")
    assert (offer.status, offer.remark) == ("draft", "Ten at most")
    desk.do("offer_line.edit", offer.lines[0], quantity=10, discount=D(8))
    assert refused(desk, "offer.request_approval", offer) == "within_limit"
    desk.do("offer.send", offer)


def test_a_change_after_the_approval_makes_it_void(desk: Desk) -> None:
    offer = over_the_limit(desk)
    desk.do("offer.request_approval", offer)
    again(desk, "head-of-sales").do("offer.approve", offer)
    desk.do("offer_line.edit", offer.lines[0], quantity=10, discount=D(14))
    assert (offer.status, offer.approved_by, offer.approved_at) == ("draft", None, None)
    assert refused(desk, "offer.send", offer) == "over_limit"


def test_a_request_is_taken_back(desk: Desk) -> None:
    offer = over_the_limit(desk)
    assert refused(desk, "offer.recall", offer) == "not_waiting"
    desk.do("offer.request_approval", offer)
    desk.do("offer.recall", offer)
    assert offer.status == "draft"


def test_a_sent_offer_is_only_read_and_a_new_version_takes_its_place(desk: Desk) -> None:
    offer = desk.offer(quantity=5, discount=D(2))
    assert refused(desk, "offer.revise", offer) == "still_written"
    desk.do("offer.send", offer)
    line = offer.lines[0]
    values = {"price_list": offer.price_list, "valid_until": UNTIL}
    assert refused(desk, "offer.edit", offer, **values) == "read_only"
    assert refused(desk, "offer_line.edit", line, quantity=1) == "read_only"
    assert refused(desk, "offer_line.remove", line) == "read_only"
    after = desk.do("offer.revise", offer).record
    assert isinstance(after, Offer)
    assert (after.title, after.status, after.former, after.total) == ("Q-0001/2", "draft", offer, offer.total)
    assert offer.status == "superseded"
    assert refused(desk, "offer.accept", offer) == "not_sent"
    assert refused(desk, "offer.revise", offer) == "superseded"


def test_an_expired_offer_is_not_accepted_and_the_next_version_has_todays_prices(desk: Desk) -> None:
    offer = desk.offer()
    desk.do("offer.send", offer)
    desk.later = timedelta(days=120)
    assert offer.state(TODAY + timedelta(days=120)) == "expired"
    assert refused(desk, "offer.accept", offer) == "expired"
    after = desk.do("offer.revise", offer).record
    assert isinstance(after, Offer)
    assert (after.price_list.code, after.lines[0].price) == ("catalog", D("47.20"))


@pytest.mark.parametrize("asked", [True, False])
def test_the_deal_follows_the_accepted_offer_when_asked(desk: Desk, asked: bool) -> None:
    offer = desk.offer(desk.deal(amount=D(100)), quantity=10)
    desk.do("offer.send", offer)
    desk.do("offer.accept", offer, take_total=asked)
    assert offer.deal.amount == (offer.total if asked else D(100))
    other = desk.offer(offer.deal)
    desk.do("offer.send", other)
    assert refused(desk, "offer.accept", other) == "other_accepted"


def test_a_declined_offer_says_why(desk: Desk) -> None:
    offer = desk.offer()
    assert refused(desk, "offer.decline", offer, note="Too dear") == "not_sent"
    desk.do("offer.send", offer)
    desk.do("offer.decline", offer, note="Too dear")
    assert (offer.status, offer.decline_note, offer.answered_at) == ("declined", "Too dear", desk.now)


def test_a_removed_line_leaves_the_sum(desk: Desk) -> None:
    offer = desk.offer(quantity=2)
    desk.do("offer.add_line", offer, product=desk.product("toner"), quantity=1)
    desk.do("offer_line.remove", offer.lines[0])
    assert [(line.name, line.net) for line in offer.lines] == [("Toner cartridge, high yield", D(96))]
    assert offer.net == D(96)


def test_offers_are_numbered_one_after_another(desk: Desk) -> None:
    assert [desk.offer().number for _ in range(3)] == ["Q-0001", "Q-0002", "Q-0003"]
