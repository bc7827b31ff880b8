"""Deals go by the rules of their pipeline."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from sandbox.crm.sales.questions import may_win
from sandbox.extensions import db
from sandbox.ledger import undo
from sandbox.ledger.models import Event
from sandbox.spaces import every, inside
from sandbox.spaces.bulk import images
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import TODAY, Desk, make_space, refused

pytestmark = pytest.mark.both_databases


def ready(desk: Desk, stage: str = "new", **fields: Any) -> Any:
    company = desk.company()
    said = {
        "company": company,
        "contact": desk.contact(company=company),
        "amount": Decimal("12500.50"),
        "close_date": TODAY + timedelta(days=20),
        "next_step": "Send the price",
        **fields,
    }
    return desk.deal(stage=desk.stage(stage), **said)


def test_a_deal_begins_in_the_first_stage_and_is_its_makers(desk: Desk) -> None:
    deal = desk.deal()
    assert (deal.stage.code, deal.status, deal.owner) == ("new", "open", desk.me)
    assert [span.stage.code for span in deal.spans] == ["new"]
    assert deal.created_at == desk.now


def test_a_move_writes_the_history_of_stages(desk: Desk) -> None:
    deal = ready(desk)
    desk.later = timedelta(days=2)
    done = desk.do("deal.move", deal, stage=desk.stage("qualification"))
    assert [(span.stage.code, span.left_at) for span in deal.spans] == [
        ("new", desk.now),
        ("qualification", None),
    ]
    assert deal.stage_since == desk.now
    assert done.event.code == "deal.moved"
    assert done.event.values["from_stage"] == "new"
    assert done.event.values["to_stage"] == "qualification"


@pytest.mark.parametrize(
    ("stage", "missing", "code"),
    [
        ("new", "contact", "missing_contact"),
        ("qualification", "amount", "missing_amount"),
        ("qualification", "close_date", "missing_close_date"),
        ("offer", "next_step", "missing_next_step"),
    ],
)
def test_a_stage_is_not_left_before_its_exit_rule_is_met(
    desk: Desk, stage: str, missing: str, code: str
) -> None:
    deal = ready(desk, stage, **{missing: None})
    onward = deal.pipeline.open_stages[deal.stage.position + 1]
    assert refused(desk, "deal.move", deal, stage=onward) == code


def test_an_amount_of_zero_is_no_amount(desk: Desk) -> None:
    deal = ready(desk, "qualification")
    desk.lay(deal, amount=Decimal(0))
    assert refused(desk, "deal.move", deal, stage=desk.stage("offer")) == "missing_amount"


def test_a_stage_may_not_be_skipped_where_the_company_says_so(desk: Desk) -> None:
    deal = ready(desk)
    assert refused(desk, "deal.move", deal, stage=desk.stage("offer")) == "stage_skipped"


def test_a_deal_may_go_back_whatever_is_missing(desk: Desk) -> None:
    deal = ready(desk, "offer", amount=None)
    desk.do("deal.move", deal, stage=desk.stage("new"))
    assert deal.stage.code == "new"


def test_a_move_to_where_the_deal_stands_or_to_its_end_is_refused(desk: Desk) -> None:
    deal = ready(desk)
    assert refused(desk, "deal.move", deal, stage=desk.stage("new")) == "same_stage"
    assert refused(desk, "deal.move", deal, stage=desk.stage("won")) == "closed_stage"


def test_a_deal_is_won_with_amount_close_date_and_payment(desk: Desk) -> None:
    deal = ready(desk, "negotiation")
    closing = {"amount": deal.amount, "close_date": TODAY}
    assert refused(desk, "deal.win", deal, **{**closing, "amount": None}) == "no_amount"
    assert refused(desk, "deal.win", deal, **{**closing, "close_date": None}) == "no_close_date"
    assert refused(desk, "deal.win", deal, **closing) == "not_paid"
    desk.do("deal.record_payment", deal, amount=Decimal("12500"), day=TODAY)
    assert refused(desk, "deal.win", deal, **closing) == "not_paid"
    [reason] = [one for one in may_win.ask(deal) if one.code == "not_paid"]
    assert all(sum in str(reason.message) for sum in ("$12,500 of", "$12,500.50", "the rest, $0.50"))
    desk.do("deal.record_payment", deal, amount=Decimal("0.50"), day=TODAY)
    desk.do("deal.win", deal, **closing)
    assert (deal.status, deal.stage.code, deal.won_at) == ("won", "won", desk.now)
    assert (deal.paid_amount, deal.paid_on) == (Decimal("12500.50"), TODAY)


def test_a_deal_is_not_won_on_a_day_to_come(desk: Desk) -> None:
    deal = ready(desk, "negotiation")
    desk.do("deal.record_payment", deal, amount=deal.amount, day=TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert refused(desk, "deal.win", deal, amount=deal.amount, close_date=tomorrow) == "close_date_ahead"
    assert refused(desk, "deal.win", deal) == "close_date_ahead"
    desk.do("deal.win", deal, amount=deal.amount, close_date=TODAY)
    card = {"title": deal.title, "amount": deal.amount}
    assert refused(desk, "deal.edit", deal, **card, close_date=tomorrow) == "close_date_ahead"
    desk.do("deal.edit", deal, **card, close_date=TODAY - timedelta(days=1))


def test_an_open_deal_is_not_expected_in_the_past(desk: Desk) -> None:
    yesterday = TODAY - timedelta(days=1)
    assert refused(desk, "deal.create", title="Paper", close_date=yesterday) == "close_date_past"
    deal = ready(desk, close_date=TODAY)
    card = {"amount": deal.amount, "close_date": yesterday}
    assert refused(desk, "deal.edit", deal, title="Paper", **card) == "close_date_past"
    bare = desk.deal(contact=desk.contact(), amount=Decimal(9), stage=desk.stage("qualification"))
    late = {"stage": desk.stage("offer"), "close_date": yesterday}
    assert refused(desk, "deal.move", bare, **late) == "close_date_past"


def test_an_overdue_deal_is_edited_as_it_stands(desk: Desk) -> None:
    day = TODAY - timedelta(days=1)
    deal = ready(desk, close_date=day)
    desk.do("deal.edit", deal, title="Chairs", amount=deal.amount, close_date=day)
    assert (deal.title, deal.close_date) == ("Chairs", day)


def test_a_deal_of_nothing_is_refused_where_the_company_counts_amounts(desk: Desk) -> None:
    assert refused(desk, "deal.create", title="Paper", amount=Decimal(0)) == "zero_amount"
    deal = desk.deal(amount=None)
    assert refused(desk, "deal.edit", deal, title="Paper", amount=Decimal(0)) == "zero_amount"


def test_a_company_that_counts_no_amounts_takes_a_deal_of_nothing(app: Flask) -> None:
    free = {
        "win_needs: [amount, close_date, payment]": "win_needs: [close_date]",
        "exit: [contact, amount, close_date]": "exit: [contact, close_date]",
        "exit: [amount, next_step]": "exit: [next_step]",
        "exit: [amount, close_date]": "exit: [close_date]",
    }
    with app.test_request_context("/"), inside(space := make_space(rules=free)):
        assert Desk(space).deal(amount=Decimal(0)).amount == 0


def test_a_refused_win_changes_nothing(desk: Desk) -> None:
    deal = ready(desk, "negotiation")
    refused(desk, "deal.win", deal, amount=Decimal(1), close_date=TODAY)
    db.session.refresh(deal)
    assert (deal.amount, deal.status) == (Decimal("12500.50"), "open")


def test_a_closed_deal_is_neither_moved_nor_won_nor_lost_again(desk: Desk) -> None:
    deal = ready(desk)
    desk.do("deal.lose", deal, reason="price")
    for code, values in (
        ("deal.move", {"stage": desk.stage("qualification")}),
        ("deal.win", {}),
        ("deal.lose", {"reason": "price"}),
        ("deal.set_next_step", {"next_step": "Call", "due": TODAY}),
    ):
        assert refused(desk, code, deal, **values) == "not_open"
    assert refused(desk, "deal.record_payment", deal, amount=Decimal(5), day=TODAY) == "is_lost"


def test_losing_for_another_reason_needs_a_note(desk: Desk) -> None:
    deal = ready(desk)
    assert refused(desk, "deal.lose", deal, reason="other") == "no_note"
    desk.do("deal.lose", deal, reason="other", note="The office moved abroad.")
    assert (deal.status, deal.lost_reason, deal.lost_at) == ("lost", "other", desk.now)


def test_losing_a_deal_cancels_what_was_planned_in_the_same_event(desk: Desk) -> None:
    deal = ready(desk)
    desk.do("call.log", deal, outcome="reached")
    desk.do("task.set", deal, subject="Send the price", due=TODAY)
    done = desk.do("deal.lose", deal, reason="price")
    task = desk.activities(kind="task")[0]
    assert task.cancelled and not desk.activities(kind="call")[0].cancelled
    assert {"activities", "deals", "stage_spans"} == {fact["table"] for fact in done.event.facts}
    assert done.event.values["cancelled"] == 1


def test_a_reopened_deal_comes_back_to_its_stage(desk: Desk) -> None:
    deal = ready(desk, "offer")
    assert refused(desk, "deal.reopen", deal) == "still_open"
    desk.do("deal.lose", deal, reason="price")
    desk.later = timedelta(hours=1)
    desk.do("deal.reopen", deal)
    assert (deal.stage.code, deal.lost_reason, deal.lost_at) == ("offer", None, None)


def test_the_next_step_is_a_task_of_the_owner(desk: Desk) -> None:
    deal = ready(desk, next_step=None)
    done = desk.do("deal.set_next_step", deal, next_step="Send the price", due=TODAY + timedelta(days=3))
    task = desk.activities(kind="task")[0]
    assert deal.next_step == task.subject == "Send the price"
    assert (task.due, task.assignee, task.on) == (TODAY + timedelta(days=3), desk.me, deal)
    assert deal.has_next([task], desk.now)
    assert done.event.code == "deal.next_step_set"
    past = {"next_step": "Send it", "due": TODAY - timedelta(days=1)}
    assert refused(desk, "deal.set_next_step", deal, **past) == "due_in_past"


def test_a_payment_is_money_that_is_here(desk: Desk) -> None:
    deal = ready(desk)
    tomorrow = TODAY + timedelta(days=1)
    assert refused(desk, "deal.record_payment", deal, amount=Decimal(0), day=TODAY) == "no_amount"
    assert refused(desk, "deal.record_payment", deal, amount=Decimal(5), day=tomorrow) == "day_in_future"


def test_a_deal_has_a_contact_of_its_own_company(desk: Desk) -> None:
    stranger = desk.contact(company=desk.company("Other Firm"))
    values = {"title": "Paper", "company": desk.company(), "contact": stranger}
    assert refused(desk, "deal.create", **values) == "wrong_company"


def test_a_deal_answers_what_people_ask_of_it(desk: Desk) -> None:
    deal = ready(desk, close_date=TODAY - timedelta(days=1))
    assert deal.is_open and deal.open
    assert deal.is_overdue(TODAY) and not deal.is_overdue(date(2026, 3, 17))
    assert deal.is_stale(desk.now + timedelta(days=22), 21)
    assert not deal.is_stale(desk.now + timedelta(days=21), 21)
    assert not deal.has_next([], desk.now)


def test_undoing_a_day_of_sales_gives_back_every_row(desk: Desk) -> None:
    with unit_of_work():
        before = {name: rows for name, rows in images(desk.space).items() if name != "events"}
        known = {event.id for event in db.session.scalars(every(Event))}
    deal = ready(desk)
    desk.do("call.log", deal, outcome="reached", note="Wants a price")
    desk.do("deal.set_next_step", deal, next_step="Send the price", due=TODAY)
    desk.do("deal.move", deal, stage=desk.stage("qualification"))
    lead = desk.lead("Ivy Stone", company_name="Stone Law", email="ivy@stone.example")
    desk.do("call.log", lead, outcome="reached")
    desk.do("lead.qualify", lead, need="Paper", budget=Decimal(900))
    desk.do("lead.convert", lead)
    desk.do("deal.lose", deal, reason="price")
    desk.do("deal.reopen", deal)
    with unit_of_work():
        later = [event for event in db.session.scalars(every(Event)) if event.id not in known]
        undo(later, by=desk.me, at=desk.now)
        after = {name: rows for name, rows in images(desk.space).items() if name != "events"}
    assert after == before


def test_a_deal_is_found_by_the_new_name_of_its_company(desk: Desk) -> None:
    deal = ready(desk)
    version = deal.version
    desk.do("company.edit", deal.company, industry="law")
    assert deal.version == version
    desk.do("company.edit", deal.company, name="Birch Smile")
    assert "birch smile" in deal.search_key and "maple dental" not in deal.search_key
