"""A case has its priority by the rule, its clocks in working hours, and answers that leak nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from sandbox.crm import Case
from sandbox.crm.communications.case_queries import clock_of
from sandbox.crm.communications.hours import after_work
from sandbox.crm.communications.inbox import count_waiting, inbox_of
from tests.factories.crm import Desk, refused
from tests.factories.words import words

Look = Callable[..., BeautifulSoup]


def opened(desk: Desk, type_: str = "complaint", **values: object) -> Case:
    case = desk.do("case.open", desk.company(), subject="Half was missing", type=type_, **values).record
    assert isinstance(case, Case)
    return case


@pytest.mark.both_databases
def test_the_priority_follows_the_type_and_may_be_higher_but_not_lower(desk: Desk) -> None:
    case = opened(desk)
    assert (case.priority, case.status, case.number) == ("high", "new", 1001)
    assert case.respond_by == after_work(desk.now, timedelta(hours=2))
    low = {"subject": "Late", "type": "complaint", "priority": "low"}
    assert refused(desk, "case.open", desk.company("Oak Law"), **low) == "priority_by_rule"
    assert opened(desk, priority="urgent").number == 1002
    assert (
        refused(desk, "case.edit", case, subject="Late", type="complaint", priority="normal")
        == "priority_by_rule"
    )


@pytest.mark.both_databases
def test_an_escalated_case_is_more_urgent_and_reaches_who_may_decide(desk: Desk, head: Desk) -> None:
    case = opened(desk)
    lawyer = Desk(desk.space, "lawyer").me
    assert refused(desk, "case.escalate", case, to=lawyer, reason="They threaten to leave") == "cannot_decide"
    desk.do("case.escalate", case, to=head.me, reason="They threaten to leave")
    assert (case.priority, case.escalated) == ("urgent", True)
    assert case.respond_by == after_work(desk.now, timedelta(hours=1))
    assert [one.row for one in inbox_of(head.me).waiting] == [case] and count_waiting(head.me) == 1


@pytest.mark.both_databases
def test_the_answer_is_in_the_thread_of_the_case_and_stops_the_clock(desk: Desk) -> None:
    case = opened(desk)
    assert refused(desk, "case.answer", case) == "empty_answer"
    assert refused(desk, "case.answer", case, text="Dear {name}") == "unfilled"
    desk.do("case.answer", case, template="received")
    [mail] = desk.activities(kind="email")
    assert (mail.on, mail.is_public, mail.direction) == (case, True, "out")
    assert "1001" in str(mail.note) and desk.me.name in str(mail.note) and "{" not in str(mail.note)
    assert (case.answered, case.status) == (True, "in_work")


@pytest.mark.both_databases
def test_an_answer_holds_nothing_of_an_internal_note(desk: Desk) -> None:
    case = opened(desk)
    desk.do("note.write", case, note="The driver left eleven boxes. Ask him.")
    leak = "Dear Anna, sorry: the driver left ELEVEN boxes, they come today."
    assert refused(desk, "case.answer", case, text=leak) == "internal_leaked"
    asks = f"Dear Anna, @{desk.steward.me.name.split()[0]} give them a discount."
    assert refused(desk, "case.answer", case, text=asks) == "internal_leaked"
    desk.do("case.answer", case, text="Dear Anna, sorry: your boxes come today, see anna@elena.example.")


@pytest.mark.both_databases
def test_a_case_is_closed_after_an_answer_and_opens_again(desk: Desk) -> None:
    case = opened(desk)
    done = {"result": "solved", "note": "Sent the rest"}
    assert refused(desk, "case.close", case, **done) == "not_answered"
    desk.do("case.answer", case, text="It comes today")
    desk.do("case.close", case, **done)
    assert (case.status, case.result, case.is_open) == ("closed", "solved", False)
    assert refused(desk, "case.answer", case, text="More") == "case_closed"
    desk.later = timedelta(hours=1)
    desk.do("case.reopen", case, reason="Still missing")
    assert (case.status, case.answered, case.result) == ("in_work", False, None)
    assert case.respond_by == after_work(desk.now, timedelta(hours=2))


def test_lists_and_pages_warn_of_a_clock_that_ran_out(desk: Desk, look: Look) -> None:
    fresh = opened(desk)
    desk.later = -timedelta(days=1)
    overdue = opened(desk)
    assert clock_of(overdue).kind == "overdue" and clock_of(fresh).kind != "overdue"
    page = look("cases?when=overdue")
    assert overdue.title in words(page) and fresh.title not in words(page)
    page = look(f"cases/{overdue.n}")
    assert "Answer overdue by" in words(page)
    main = page.find(id="main")
    assert main is not None
    offered = {link["data-action"] for link in main.select("[data-action]")}
    assert {"case.answer", "case.escalate", "case.close", "note.write", "task.set"} <= offered
    template = main.select_one(".answers a")
    assert template is not None and "template=received" in str(template["href"])
    assert "Dear" in words(look(str(template["href"]).partition(f"/s/{desk.space.id}/")[2]))


def test_the_case_pages_ask_the_database_as_often_for_many_as_for_few(
    desk: Desk, look: Look, asked: list[str]
) -> None:
    counts = []
    for _round in range(2):
        for _number in range(4):
            case = opened(desk)
        asked.clear()
        look("cases")
        counts.append(len(asked))
    where = f"cases/{case.n}"
    asked.clear()
    look(where)
    assert counts[0] == counts[1] <= 10 and len(asked) <= 15, (counts, asked)
