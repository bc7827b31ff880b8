"""A template is the same for the same file, seed and day, and its past tells a story that holds together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from sandbox.crm import Activity, Company, Contact, Deal, Lead
from sandbox.crm.sales.needs import has
from sandbox.crm.sales.questions import may_win
from sandbox.extensions import Base, db
from sandbox.kernel.clock import at_work
from sandbox.kernel.fold import digits, near
from sandbox.ledger import Event, perform
from sandbox.ledger.feed import sentence
from sandbox.ledger.images import columns_of, encode
from sandbox.ledger.registry import registry
from sandbox.ledger.undoing import undo
from sandbox.seeding.templates import built, ensure_template, template_for
from sandbox.spaces import Colleague, Space, every, first, inside
from sandbox.spaces.bulk import clone, count_rows, images
from sandbox.web.unit_of_work import unit_of_work

DAY = date(2026, 3, 18)
COMPANIES = ("office-supply", "fuel-cards")


@pytest.fixture(params=COMPANIES)
def template(app: Any, request: pytest.FixtureRequest) -> Iterator[Space]:
    """Today is Wednesday, 18 March 2026, ten in the morning."""
    with app.test_request_context("/"):
        space = template_for(request.param, day=DAY)
        with inside(space):
            yield space


def rows(model: Any) -> list[Any]:
    return list(db.session.scalars(every(model).order_by(model.id)))


def trap(space: Space, kind: str) -> int:
    return sum(one.count for one in space.company.traps if one.kind == kind)


def test_the_volume_is_what_the_file_says(template: Space) -> None:
    counted, volume = count_rows(template), template.company.volume("small")
    for name in ("companies", "contacts", "leads", "deals"):
        assert counted[name] == getattr(volume, name)
    assert volume.activities <= counted["activities"] <= volume.activities * 1.1


def test_it_stands_at_ten_on_its_day_and_is_found_again(template: Space) -> None:
    assert template.now() == at_work(DAY, template.company.timezone)
    assert template_for(template.recipe.code, day=DAY).id == template.id
    found = built(template.recipe.code, day=DAY)
    assert found is not None and found.id == template.id
    assert built(template.recipe.code, seed=2, day=DAY) is None


def test_the_same_seed_and_day_give_the_same_rows(template: Space) -> None:
    before = images(template)
    with unit_of_work():
        template.template_key = "put aside"
    again = template_for(template.recipe.code, day=DAY)
    assert again.id != template.id
    assert images(again) == before
    other = template_for(template.recipe.code, seed=2, day=DAY)
    assert images(other)["companies"] != before["companies"]


def test_a_weekend_has_the_friday_before_and_any_day_can_be_filled(app: Any) -> None:
    with app.test_request_context("/"):
        for offset in range(7):
            for code in COMPANIES:
                with unit_of_work():
                    space = ensure_template(code, seed=offset + 3, day=DAY + timedelta(days=offset * 53 + 1))
                assert count_rows(space)["deals"] == 60


def test_every_row_is_what_its_events_made_of_it(template: Space) -> None:
    told: dict[tuple[str, int], dict[str, Any]] = {}
    for event in rows(Event):
        for fact in event.facts:
            key = (fact["table"], fact["n"])
            if fact["old"] is None:
                assert key not in told
                told[key] = dict(fact["new"])
            else:
                assert {name: told[key][name] for name in fact["old"]} == fact["old"]
                told[key].update(fact["new"])
    for mapper in Base.registry.mappers:
        table = mapper.class_.__table__
        if not table.info.get("in_space") or mapper.class_ is Event:
            continue
        for row in rows(mapper.class_):
            held = {
                column.name: encode(column, getattr(row, mapper.get_property_by_column(column).key))
                for column in columns_of(table)
            }
            assert told[(table.name, row.n)] == held, row.key


def test_events_are_of_declared_actions_in_order_and_before_now(template: Space) -> None:
    opening, *events = rows(Event)
    assert sentence(opening) == "The system laid out the data"
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert all(event.at < template.now() and event.origin == "seed" for event in events)
    for event in events:
        declared = registry[event.action]
        assert declared.event == event.code
        assert event.by is not None and declared.right in template.company.rights(event.by.job_role)
        assert "—" not in sentence(event).replace(event.record_title or "", "")


def test_an_event_looks_like_one_that_was_performed(template: Space) -> None:
    told = {event.action: event for event in rows(Event)}
    manager = first(every(Colleague).where(Colleague.job_role == "sales-manager"))
    deal = first(every(Deal).where(Deal.id == next(one.id for one in rows(Deal) if one.is_open)))
    assert manager is not None and deal is not None
    outcome = template.company.codes("call_outcomes")[0]
    with unit_of_work():
        done = perform(
            "call.log", deal, {"outcome": outcome, "note": "x", "direction": "out"}, by=manager
        ).event
        seeded = told["call.log"]
        assert done.values.keys() == seeded.values.keys()
        assert done.facts[0].keys() == seeded.facts[0].keys()
        assert done.facts[0]["new"].keys() == seeded.facts[0]["new"].keys()
        assert done.n > max(event.n for event in told.values())


def test_the_latest_event_can_be_undone(template: Space) -> None:
    with unit_of_work():
        latest = rows(Event)[-1]
        undo([latest], by=None, at=template.now())


def test_a_deal_has_met_the_rules_of_the_stages_it_left(template: Space) -> None:
    for deal in rows(Deal):
        for span in deal.spans[:-1]:
            if span.stage.is_open and deal.status != "lost":
                assert all(has(deal, need) for need in span.stage.exit), deal.title
        if deal.status == "won":
            assert not may_win.ask(deal)
            assert deal.won_at == deal.stage_since
        if deal.status == "lost":
            assert deal.lost_reason in template.company.codes("lost_reasons")


def test_stage_spans_follow_each_other(template: Space) -> None:
    for deal in rows(Deal):
        assert deal.spans[0].entered_at == deal.created_at
        assert deal.spans[-1].stage is deal.stage
        assert [span.left_at for span in deal.spans] == [*(one.entered_at for one in deal.spans[1:]), None]


def test_some_deals_are_won_some_lost_and_every_stage_has_some(template: Space) -> None:
    by_stage: dict[str, int] = defaultdict(int)
    for deal in rows(Deal):
        by_stage[deal.stage.code] += 1
    assert set(by_stage) == {"new", "qualification", "offer", "negotiation", "won", "lost"}


def test_a_deal_has_the_talks_that_led_to_its_stage(template: Space) -> None:
    talks: dict[int, int] = defaultdict(int)
    for activity in rows(Activity):
        if activity.deal_id and activity.done_at:
            talks[activity.deal_id] += 1
    for deal in rows(Deal):
        assert talks[deal.id] >= len([span for span in deal.spans if span.stage.is_open]) - 1


def test_activities_that_are_done_lie_behind_and_meetings_never_clash_with_now(template: Space) -> None:
    for activity in rows(Activity):
        assert activity.done_at is None or activity.created_at <= activity.done_at < template.now()
        assert activity.done_at is not None or activity.due_at is not None


def test_nothing_is_due_on_a_weekend(template: Space) -> None:
    assert all(one.due is None or one.due.weekday() < 5 for one in rows(Activity))


def test_leads_stand_in_every_status_and_new_ones_wait_for_an_answer(template: Space) -> None:
    leads = rows(Lead)
    assert {lead.status for lead in leads} == {"new", "in_work", "qualified", "converted", "rejected"}
    for lead in leads:
        assert lead.waits_for_response() == (lead.status == "new")
        if lead.status == "converted":
            assert lead.deal is not None
            assert lead.deal.company is lead.company and lead.deal.contact is lead.contact


def test_the_difficulties_of_the_file_are_planted(template: Space) -> None:
    now, company = template.now(), template.company
    planned = defaultdict(list)
    for activity in rows(Activity):
        if activity.deal_id:
            planned[activity.deal_id].append(activity)
    deals = [deal for deal in rows(Deal) if deal.is_open]
    stale = [deal for deal in deals if deal.is_stale(now, company.rules.stale_deal_days)]
    assert len(stale) == trap(template, "stale_deal")
    lonely = [deal for deal in deals if not deal.has_next(planned[deal.id], now)]
    assert len(lonely) == trap(template, "no_next_step")
    assert sum(one.is_overdue(now) for one in rows(Activity)) == trap(template, "overdue_task")

    names = [one.name for one in rows(Company)]
    assert len(set(names)) == len(names)
    twins = [(a, b) for place, a in enumerate(names) for b in names[place + 1 :] if near(a, b)]
    assert len(twins) >= trap(template, "near_namesake")

    ends = {digits(one.phone)[-10:] for one in rows(Company)}
    notes = [
        one.note for one in rows(Activity) if one.kind == "note" and digits(one.note or "")[-10:] in ends
    ]
    assert len(notes) == trap(template, "phone_spelling")
    addresses = [one.email for one in rows(Contact)]
    bounced = [
        one for one in rows(Activity) if one.contact and (one.note or "").count(one.contact.email or "@")
    ]
    assert len(bounced) == trap(template, "bounced_address")
    assert len(set(addresses)) == len(addresses)


def test_a_clone_made_at_once_counts_on_where_the_template_stopped(app: Any) -> None:
    with app.test_request_context("/"), unit_of_work():
        space = clone(ensure_template("fuel-cards", seed=9, day=DAY), "attempt")
        with inside(space):
            manager = first(every(Colleague).where(Colleague.job_role == "sales-manager"))
            assert manager is not None
            perform("company.create", None, {"name": "Новая фирма"}, by=manager)


@pytest.mark.both_databases
def test_a_template_is_built_on_both_databases(app: Any) -> None:
    with app.app_context():
        assert count_rows(template_for("fuel-cards", day=DAY))["companies"] == 70
