"""Calls, tasks, meetings, e-mails and notes stand on every kind of record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.crm import Activity
from sandbox.crm.communications.calendar import days_of
from sandbox.crm.communications.making import open_on
from sandbox.crm.communications.queries import light_of
from sandbox.extensions import db
from sandbox.kernel.errors import Stale
from sandbox.ledger import acting, perform
from sandbox.ledger.acting import OutsideAction
from sandbox.ledger.feed import sentence
from sandbox.web.formatting import clock_time
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import TODAY, Desk, Laying, refused

pytestmark = pytest.mark.both_databases


def make(desk: Desk, kind: str) -> Any:
    return getattr(desk, kind)()


@pytest.mark.parametrize("kind", ["company", "contact", "lead", "deal"])
def test_everything_can_be_noted_on_a_record(desk: Desk, kind: str) -> None:
    record = make(desk, kind)
    desk.do("call.log", record, outcome="reached", note="Wants a price", direction="in")
    desk.do("task.set", record, subject="Send the price", due=TODAY)
    desk.do("meeting.plan", record, subject="Show the paper", starts=desk.now + timedelta(hours=2))
    desk.do("mail.note", record, subject="Our price")
    desk.do("note.write", record, note="Likes thick paper")
    made = desk.activities()
    assert [one.kind for one in made] == ["call", "task", "meeting", "email", "note"]
    assert {one.on for one in made} == {record}
    assert [one.done for one in made] == [True, False, False, True, True]
    assert [one.title for one in made] == ["Call", "Send the price", "Show the paper", "Our price", "Note"]
    assert open_on(record) == [made[2], made[1]]


def test_a_call_tells_its_outcome_in_the_event_and_the_feed(desk: Desk) -> None:
    deal = desk.deal()
    done = desk.do("call.log", deal, outcome="call-back", note="On Friday", direction=None)
    call = done.record
    assert isinstance(call, Activity)
    assert (call.outcome, call.direction) == ("call-back", "out")
    assert (call.done_at, call.assignee) == (desk.now, desk.me)
    assert done.event.code == "call.logged"
    assert (done.event.record_table, done.event.record_n) == ("deals", deal.n)
    assert done.event.values["outcome"] == "call-back"
    assert sentence(done.event) == f"{desk.me.name} logged a call: Asked to call back"


def test_a_call_is_logged_although_somebody_has_changed_the_deal(desk: Desk) -> None:
    deal = desk.deal()
    version = deal.version
    desk.do("deal.edit", deal, title="Paper for two years")
    with unit_of_work():
        perform("call.log", deal, {"outcome": "reached"}, by=desk.me, version=version)
    with pytest.raises(Stale), unit_of_work():
        perform("deal.edit", deal, {"title": "Paper"}, by=desk.me, version=version)


def test_a_task_is_due_by_the_end_of_work_on_its_day(desk: Desk) -> None:
    deal = desk.deal()
    desk.do("task.set", deal, subject="Send the price", due=TODAY + timedelta(days=1))
    task = desk.activities(kind="task")[0]
    assert task.due == TODAY + timedelta(days=1)
    assert task.due_at is not None and task.due_at.astimezone(desk.space.zone).hour >= 17
    assert not task.is_overdue(desk.now)
    assert task.is_overdue(desk.now + timedelta(days=2))


def test_a_task_may_be_due_by_an_hour_and_else_by_the_end_of_work(desk: Desk) -> None:
    deal, zone = desk.deal(), desk.space.zone
    now = desk.now.astimezone(zone)
    later = (now + timedelta(hours=2)).strftime("%H:00")
    desk.do("task.set", deal, subject="Send the price", due=TODAY, hour=later)
    [task] = desk.activities(kind="task")
    assert task.hour is not None and f"{task.hour:%H:%M}" == later
    assert light_of(task).words == f"Task today, {clock_time(task.due_at)}"
    assert refused(desk, "task.set", deal, subject="Send", due=TODAY, hour="07:00") == "due_in_past"
    desk.do("task.reschedule", task, due=TODAY + timedelta(days=1), hour="08:30", reason="They are out")
    assert light_of(task).words.endswith(f", {clock_time(task.due_at)}")
    desk.do("task.reschedule", task, due=TODAY + timedelta(days=1), reason="Any time will do")
    assert task.hour is None and ":" not in light_of(task).words
    desk.later = timedelta(days=1)
    [day] = days_of(desk.me, TODAY + timedelta(days=1), 1)
    assert day.due == [task] and day.timed == []


def test_a_task_set_late_in_the_evening_is_still_due_today(desk: Desk) -> None:
    desk.later = timedelta(hours=11)
    desk.do("task.set", desk.deal(), subject="Send the price", due=TODAY)
    task = desk.activities()[0]
    assert task.due == TODAY and not task.is_overdue(desk.now)


def test_nothing_is_set_for_the_past(desk: Desk) -> None:
    deal = desk.deal()
    yesterday = TODAY - timedelta(days=1)
    assert refused(desk, "task.set", deal, subject="Send", due=yesterday) == "due_in_past"
    starts = desk.now - timedelta(minutes=1)
    assert refused(desk, "meeting.plan", deal, subject="Meet", starts=starts) == "due_in_past"
    desk.do("task.set", deal, subject="Send", due=TODAY)
    values = {"due": yesterday, "reason": "Too early"}
    assert refused(desk, "task.reschedule", desk.activities()[0], **values) == "due_in_past"


def test_nobody_is_at_two_meetings_at_once(desk: Desk) -> None:
    deal, starts = desk.deal(), desk.now + timedelta(hours=3)
    desk.do("meeting.plan", deal, subject="Show the paper", starts=starts)
    again = {"subject": "Sign", "starts": starts + timedelta(minutes=30)}
    assert refused(desk, "meeting.plan", deal, **again) == "clash"
    head = Desk(desk.space, "head-of-sales").me
    desk.do("meeting.plan", deal, **again, assignee=head)
    desk.do("meeting.plan", deal, subject="Sign", starts=starts + timedelta(hours=1))


def test_a_task_is_finished_with_a_result_once(desk: Desk) -> None:
    desk.do("task.set", desk.deal(), subject="Send", due=TODAY)
    task = desk.activities()[0]
    desk.do("task.finish", task, result="Sent by e-mail")
    assert (task.done, task.result, task.is_open) == (True, "Sent by e-mail", False)
    for code, values in (
        ("task.finish", {"result": "Again"}),
        ("task.cancel", {}),
        ("task.reschedule", {"due": TODAY, "reason": "Again"}),
    ):
        assert refused(desk, code, task, **values) == "not_open"
    assert list(desk.send("task.finish", task)) == ["result"]


def test_a_task_is_moved_with_a_reason_or_called_off(desk: Desk) -> None:
    desk.do("task.set", desk.deal(), subject="Send", due=TODAY)
    task = desk.activities()[0]
    done = desk.do("task.reschedule", task, due=TODAY + timedelta(days=2), reason="The customer is away")
    assert task.due == TODAY + timedelta(days=2)
    assert done.event.values["reason"] == "The customer is away"
    desk.do("task.cancel", task, reason="Not needed")
    assert (task.cancelled, task.result, task.cancelled_at) == (True, "Not needed", desk.now)


def test_a_meeting_is_held_with_its_minutes(desk: Desk) -> None:
    desk.do("meeting.plan", desk.deal(), subject="Show", starts=datetime(2026, 3, 19, 15, tzinfo=UTC))
    meeting = desk.activities()[0]
    done = desk.do("meeting.hold", meeting, result="They like it")
    assert (done.event.code, meeting.done, meeting.result) == ("meeting.held", True, "They like it")


def test_an_activity_is_about_exactly_one_record(desk: Desk) -> None:
    for about in ({}, {"company": desk.company(), "deal": desk.deal()}):
        with (
            pytest.raises(Exception, match="about_one"),
            unit_of_work(),
            acting(Laying(), by=desk.me, at=desk.now),
        ):
            row = Activity(kind="note", created_at=desk.now, changed_at=desk.now, **about)
            db.session.add(row)
            db.session.flush()


def test_a_record_changes_only_in_an_action(desk: Desk) -> None:
    deal = desk.deal()
    with pytest.raises(OutsideAction), unit_of_work():
        deal.title = "Changed in passing"
        db.session.flush()
