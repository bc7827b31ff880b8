"""Meetings in the calendar: at work, without a clash, moved and held, and read by other programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from sandbox.crm import Activity
from sandbox.crm.communications.calendar_keys import secret_of
from sandbox.crm.communications.hours import after_work, before_work, worked_between
from sandbox.crm.communications.icalendar import calendar_file, uid_of
from sandbox.crm.communications.inbox import inbox_of
from tests.factories.crm import TODAY, Desk, refused
from tests.factories.words import words

Look = Callable[..., BeautifulSoup]


def at(desk: Desk, day: int, hour: int, minute: int = 0) -> datetime:
    """An hour at the firm, so many days from today."""
    there = TODAY + timedelta(days=day)
    return datetime(there.year, there.month, there.day, hour, minute, tzinfo=desk.space.zone).astimezone(UTC)


def plan(desk: Desk, starts: datetime, subject: str = "Show the paper", **values: object) -> Activity:
    meeting = desk.do(
        "meeting.arrange", company=desk.company(), subject=subject, starts=starts, **values
    ).record
    assert isinstance(meeting, Activity)
    return meeting


@pytest.mark.both_databases
def test_a_meeting_is_planned_at_work_and_nowhere_else(desk: Desk) -> None:
    company = desk.company()
    saturday = at(desk, 3, 11)
    for starts in (at(desk, 1, 6), saturday, at(desk, 1, 23, 30)):
        assert refused(desk, "meeting.plan", company, subject="Meet", starts=starts) == "outside_hours"
    meeting = plan(desk, at(desk, 1, 11), lasts="90", remind="60")
    assert meeting.ends_at == at(desk, 1, 12, 30) and meeting.remind_at == at(desk, 1, 10)


@pytest.mark.both_databases
def test_two_meetings_may_follow_each_other_but_not_overlap(desk: Desk) -> None:
    plan(desk, at(desk, 1, 11), lasts="90")
    company = desk.company("Oak Law")
    assert refused(desk, "meeting.plan", company, subject="Sign", starts=at(desk, 1, 12)) == "clash"
    plan(desk, at(desk, 1, 12, 30))
    assert refused(desk, "meeting.plan", company, subject="Sign", starts=at(desk, 1, 10, 30)) == "clash"
    plan(desk, at(desk, 1, 10), lasts="60")


@pytest.mark.both_databases
def test_a_meeting_is_moved_with_its_reminder_and_a_reason(desk: Desk) -> None:
    meeting = plan(desk, at(desk, 1, 11), remind="15")
    other = plan(desk, at(desk, 1, 14))
    values = {"starts": at(desk, 1, 14, 30), "reason": "They are late"}
    assert refused(desk, "meeting.move", meeting, **values) == "clash"
    desk.do("meeting.move", meeting, starts=at(desk, 2, 15), reason="They are late")
    assert (meeting.due_at, meeting.remind_at) == (at(desk, 2, 15), at(desk, 2, 14, 45))
    desk.do("meeting.move", other, starts=at(desk, 1, 14, 15), reason="A little later than planned")
    desk.do("meeting.hold", other, result="They like it")
    assert other.done and refused(desk, "meeting.move", other, **values) == "not_open"


def test_a_reminder_comes_into_the_inbox_when_it_is_due(desk: Desk) -> None:
    meeting = plan(desk, at(desk, 1, 11), remind="1440")
    assert [one.row for one in inbox_of(desk.me).waiting] == []
    desk.later = timedelta()
    other = plan(desk, at(desk, 1, 9, 30), remind="1440")
    assert [one.row for one in inbox_of(desk.me).waiting] == [other]
    assert meeting.remind_at is not None and meeting.remind_at > desk.now


def test_the_file_keeps_to_the_format(desk: Desk) -> None:
    subject = (
        "Ревью; цены, условия \\ сроки и ещё очень длинная тема, которая не помещается в одну строку файла"
    )
    meeting = plan(desk, at(desk, 1, 11), subject, note="Line one\nline two", remind="15")
    text = calendar_file([meeting], "Tanya", "https://crm.example")
    lines = text.split("\r\n")
    assert (
        lines[0] == "BEGIN:VCALENDAR"
        and lines[-2:] == ["END:VCALENDAR", ""]
        and "\n" not in text.replace("\r\n", "")
    )
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = text.replace("\r\n ", "")
    starts = at(desk, 1, 11).strftime("%Y%m%dT%H%M%SZ")
    assert f"DTSTART:{starts}" in whole and f"UID:{uid_of(meeting)}" in whole
    assert "SUMMARY:Ревью\\; цены\\, условия \\\\ сроки" in whole
    assert "line two" in whole and "TRIGGER:-PT15M" in whole
    uid = uid_of(meeting)
    desk.do("meeting.move", meeting, starts=at(desk, 2, 11), reason="Later")
    assert uid_of(meeting) == uid


def test_the_secret_address_is_read_without_signing_in_and_closes_when_renewed(
    desk: Desk, client: FlaskClient
) -> None:
    plan(desk, at(desk, 1, 11))
    address = f"/s/{desk.space.id}/calendar/{secret_of(desk.me)}.ics"
    answer = client.get(address)
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    assert "SUMMARY:Show the paper" in answer.get_data(as_text=True)
    assert client.get(address.replace(".ics", "0.ics")).status_code == 404
    desk.do("calendar.renew")
    assert client.get(address).status_code == 404
    assert client.get(f"/s/{desk.space.id}/calendar/{secret_of(desk.me)}.ics").status_code == 200


def test_month_week_and_agenda_show_what_is_planned(desk: Desk, head: Desk, look: Look) -> None:
    meeting = plan(desk, at(desk, 1, 11))
    desk.do("task.set", desk.deal(), subject="Send the price", due=TODAY)
    for view in ("month", "week", "agenda"):
        page = look(f"calendar?view={view}")
        assert {"Show the paper", "Send the price"} <= {
            name for name in ("Show the paper", "Send the price") if name in words(page)
        }, view
    day = page.select_one('[data-action="meeting.arrange"]')
    assert day is not None
    assert "Show the paper" not in words(look(f"calendar?view=week&who={head.me.n}"))
    form = look(f"activities/arrange?starts={TODAY + timedelta(days=2)}T14:00")
    field = form.find("input", attrs={"name": "starts"})
    assert field is not None and field["value"] == f"{TODAY + timedelta(days=2)}T14:00"
    assert meeting.n


def test_the_calendar_asks_the_database_as_often_for_many_meetings_as_for_few(
    desk: Desk, look: Look, asked: list[str]
) -> None:
    counts = []
    for number in range(2):
        for hour in range(10, 14):
            plan(desk, at(desk, 1 + number, hour))
        asked.clear()
        look("calendar?view=week")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15, counts


def test_working_time_leaves_out_nights_and_weekends(desk: Desk) -> None:
    hours = desk.space.company.working_hours
    friday = at(desk, 2, hours.ends.hour - 1)
    monday = at(desk, 5, hours.begins.hour + 1)
    assert after_work(friday, timedelta(hours=2)) == monday
    assert worked_between(friday, monday) == timedelta(hours=2)
    assert worked_between(monday, friday) == -timedelta(hours=2)
    assert before_work(monday, timedelta(hours=2)) == friday
    assert after_work(before_work(monday, timedelta(hours=30)), timedelta(hours=30)) == monday
