"""What needs me stands apart from the news; each item is answered, put off or read, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import current_app

from sandbox.crm import Mention
from sandbox.crm.communications.forms import SwitchesForm
from sandbox.crm.communications.inbox import count_waiting, inbox_of
from sandbox.crm.communications.words import INBOX_KINDS
from sandbox.kernel.clock import machine_now
from sandbox.spaces import Casting, every, first
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import TODAY, Desk, refused
from tests.factories.words import words

Look = Callable[..., BeautifulSoup]
MOST = 15  # queries, as for a record; a queue in which nothing waits is not read


def ask(desk: Desk, head: Desk, note: str = "When do they sign?") -> Mention:
    head.do("note.write", desk.deal(), note=note, mention=desk.me)
    found = first(every(Mention).order_by(Mention.id.desc()))
    assert found is not None
    return found


def keys(desk: Desk) -> list[str]:
    return [one.row.key for one in inbox_of(desk.me).waiting]


@pytest.mark.both_databases
def test_questions_and_what_is_due_today_need_me(desk: Desk, head: Desk) -> None:
    deal = desk.deal()
    today = desk.do("task.set", deal, subject="Send the price", due=TODAY).record
    desk.do("task.set", deal, subject="Later", due=TODAY + timedelta(days=3))
    desk.do("task.set", deal, subject="Hers", due=TODAY, assignee=head.me)
    asked = ask(desk, head)
    assert today is not None
    assert set(keys(desk)) == {asked.key, today.key}
    assert count_waiting(desk.me) == 2


@pytest.mark.both_databases
def test_an_answered_question_leaves_the_inbox(desk: Desk, head: Desk) -> None:
    desk.do("mention.answer", ask(desk, head), text="On Friday")
    assert keys(desk) == [] and count_waiting(desk.me) == 0


@pytest.mark.both_databases
def test_what_is_put_off_comes_back_at_its_time(desk: Desk, head: Desk) -> None:
    asked = ask(desk, head)
    assert refused(desk, "inbox.snooze", asked, until=desk.now) == "due_in_past"
    desk.do("inbox.snooze", asked, until=desk.now + timedelta(hours=2))
    found = inbox_of(desk.me)
    assert (found.waiting, [one.row for one, _mark in found.aside]) == ([], [asked])
    assert count_waiting(desk.me) == 0
    with unit_of_work():
        desk.space.clock = desk.space.clock.moved(timedelta(hours=3), desk.now)
    assert keys(desk) == [asked.key] and count_waiting(desk.me) == 1


@pytest.mark.both_databases
def test_reading_all_answers_nobody(desk: Desk, head: Desk) -> None:
    asked = ask(desk, head)
    done = desk.do("inbox.read_all")
    found = inbox_of(desk.me)
    assert (found.waiting, found.news) == ([], [])
    assert [one.row for one, _mark in found.aside] == [asked]
    assert asked.is_open and done.event.values["count"] == 2


@pytest.mark.both_databases
def test_news_is_what_others_did_to_my_records(desk: Desk, head: Desk) -> None:
    mine, hers = desk.deal("Mine"), head.deal("Hers")
    head.do("call.log", mine, outcome="reached")
    desk.do("call.log", hers, outcome="reached")
    assert [(one.record, len(one.events)) for one in inbox_of(desk.me).news] == [(mine, 1)]
    desk.do("inbox.read", mine)
    assert inbox_of(desk.me).news == []
    head.do("note.write", mine, note="Pays late")
    assert [len(one.events) for one in inbox_of(desk.me).news] == [1]


@pytest.mark.both_databases
def test_a_followed_record_sends_its_news(desk: Desk, head: Desk) -> None:
    hers = head.deal("Hers")
    assert refused(desk, "record.follow", desk.deal()) == "follows"
    desk.do("record.follow", hers)
    head.do("note.write", hers, note="Pays late")
    assert [one.record for one in inbox_of(desk.me).news] == [hers]
    desk.do("record.unfollow", hers)
    assert inbox_of(desk.me).news == []


@pytest.mark.both_databases
def test_every_kind_of_item_has_its_switch() -> None:
    assert set(SwitchesForm.field_names()) == set(INBOX_KINDS)


def test_a_kind_that_is_switched_off_stays_out(desk: Desk, head: Desk) -> None:
    ask(desk, head)
    desk.do("inbox.choose", mention=False, task=True, approval=True, news=True)
    assert keys(desk) == [] and count_waiting(desk.me) == 0
    desk.do("inbox.choose", mention=True, task=True, approval=True, news=False)
    assert len(keys(desk)) == 1 and inbox_of(desk.me).news == []


def test_the_page_groups_by_record_and_counts_in_the_rail(desk: Desk, head: Desk, look: Look) -> None:
    asked = ask(desk, head)
    page = look("inbox")
    assert "When do they sign?" in words(page)
    main = page.find(id="main")
    assert main is not None and {link["data-action"] for link in main.select("[data-record]")} >= {
        "mention.answer",
        "mention.set_task",
        "inbox.snooze",
        "inbox.read",
    }
    rail = page.find("nav", class_="rail")
    assert rail is not None and "Inbox 1 waiting" in words(rail)
    assert "pinned" not in words(page) and asked.is_open
    aside = look("inbox?view=aside")
    assert "Nothing is set aside" in words(aside)
    assert [words(one) for one in aside.select(".view-tabs [aria-current]")] == ["Set aside 0"]


def test_a_lead_that_waits_is_put_off_or_answered_and_not_read_away(desk: Desk, look: Look) -> None:
    marketer = Desk(desk.space, "marketer")
    said = {"name": "Jo Kim", "phone": "+12025550143", "personal_data": True, "need": "Paper"}
    sent: Any = marketer.do("submission.send", web_form=marketer.web_form(), **said).record
    lead = sent.lead
    assert lead.owner is desk.me
    offered = [
        link["data-action"] for link in look("inbox").select(f"#{lead.key} [data-record='{lead.key}']")
    ]
    assert "inbox.snooze" in offered and "inbox.read" not in offered


def test_the_inbox_asks_the_database_as_often_for_many_items_as_for_few(
    desk: Desk, head: Desk, look: Look, asked: list[str]
) -> None:
    counts = []
    for _round in range(2):
        for number in range(5):
            ask(desk, head, f"Question {number}?")
        for view in ("needs", "news"):
            asked.clear()
            look(f"inbox?view={view}")
            counts.append(len(asked))
    assert counts[:2] == counts[2:] and max(counts) <= MOST, counts


def test_the_rail_counts_anew_after_an_event_and_each_minute(
    desk: Desk, head: Desk, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(current_app.config, "WAITING_KEPT", 10)
    deal = desk.deal("Paper")

    def counts() -> tuple[int, bool]:
        asked.clear()
        return count_waiting(desk.me), any("inbox_choices" in one for one in asked)

    assert counts() == (0, True)
    assert counts() == (0, False), "nothing has happened: the last answer holds"
    head.do("note.write", deal, note="When do they sign?", mention=desk.me)
    assert counts() == (1, True)
    assert counts() == (1, False)
    assert count_waiting(head.me) == 0, "each has a count of their own"
    with unit_of_work():
        desk.space.clock = desk.space.clock.moved(timedelta(minutes=1), machine_now())
    assert counts()[1], "what is put off comes back by the clock"


def test_a_pinned_note_leads_the_timeline(desk: Desk, look: Look) -> None:
    deal = desk.deal()
    pinned = desk.do("note.write", deal, note="Never call before ten").record
    assert pinned is not None
    note = desk.activities(kind="note")[0]
    desk.do("note.write", deal, note="Newer")
    desk.do("activity.pin", note)
    page = look(f"deals/{deal.n}")
    line = page.select_one(".timeline > li")
    assert line is not None and line["id"] == f"activity-{note.n}" and "pinned" in words(line)
    desk.do("activity.unpin", note)
    assert "pinned" not in words(look(f"deals/{deal.n}"))


def test_a_job_role_without_leads_does_not_open_them(desk: Desk, look: Look) -> None:
    lead = desk.lead("Anna Stone")
    lawyer = Desk(desk.space, "lawyer").me.n
    with unit_of_work() as session:
        for casting in session.query(Casting).where(Casting.space_id == desk.space.id):
            casting.colleague_n = lawyer
    for end in ("leads", f"leads/{lead.n}"):
        assert "Your job role works without these records" in words(look(end, status=409))
    assert "Anna Stone" not in words(look("search?q=stone"))


def test_a_full_inbox_opens_with_its_most_urgent_and_leads_to_the_rest(
    desk: Desk, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.crm.communications.inbox_views.SHOWN", 2)
    deal = desk.deal()
    for subject in ("First", "Second", "Third"):
        desk.do("task.set", deal, subject=subject, due=TODAY)
    page = look("inbox")
    assert [words(one) for one in page.select(".inbox-title")] == ["First", "Second"]
    assert "1 more waits below these." in words(page)
    link = next(one for one in page.select("main a") if "Show all 3" in words(one))
    assert len(look(f"inbox{link['href']}").select(".inbox-title")) == 3
