"""A client is handed over with a note, a next contact, the open work, and news for the old owner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox.crm.communications.inbox import inbox_of
from tests.factories.crm import TODAY, Desk, refused

pytestmark = pytest.mark.both_databases
DAY = TODAY + timedelta(days=2)


def test_the_client_goes_with_note_contact_and_open_work(desk: Desk, head: Desk) -> None:
    company = desk.company()
    contact = desk.contact(company=company)
    deal, lost = desk.deal(company=company), desk.deal("Old", company=company)
    desk.do("deal.lose", lost, reason="price", note="too dear")
    desk.do("task.set", company, subject="Send the price", due=TODAY)
    desk.do("task.set", deal, subject="Show the paper", due=TODAY)
    desk.do("task.set", company, subject="Hers anyway", due=TODAY, assignee=head.me)
    case: Any = desk.do("case.open", company, type="question", subject="Why").record
    done = desk.do("company.hand_over", company, to=head.me, note="Pays late", next_contact=DAY, follow=True)
    assert done.event.code == "company.handed_over"
    assert {company.owner, contact.owner, deal.owner, case.owner} == {head.me} and lost.owner == desk.me
    waiting = {one.subject: one.assignee for one in desk.activities() if one.is_open}
    assert set(waiting.values()) == {head.me} and len(waiting) == 4
    assert [one.due for one in desk.activities(kind="call")] == [DAY]
    assert [one.row.on for one in inbox_of(head.me).waiting if one.kind == "mention"] == [company]
    head.do("note.write", company, note="Called them")
    assert [one.record for one in inbox_of(desk.me).news] == [company]


def test_nobody_gets_a_client_whom_they_may_not_look_after(desk: Desk) -> None:
    company = desk.company()
    lawyer = Desk(desk.space, "lawyer").me
    said = {"note": "Pays late", "next_contact": DAY}
    assert refused(desk, "company.hand_over", company, to=lawyer, **said) == "cannot_look_after"
    assert refused(desk, "company.hand_over", company, to=desk.me, **said) == "same_owner"


def test_without_following_there_are_no_news(desk: Desk, head: Desk) -> None:
    company = desk.company()
    desk.do("company.hand_over", company, to=head.me, note="Pays late", next_contact=DAY)
    head.do("note.write", company, note="Called them")
    assert inbox_of(desk.me).news == []
