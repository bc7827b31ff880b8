"""A colleague is asked on a record, sees it, and answers; who may not open the record cannot be asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.crm import Mention
from sandbox.extensions import db
from sandbox.spaces import every
from tests.factories.crm import TODAY, Desk, refused

pytestmark = pytest.mark.both_databases


def mentions() -> list[Mention]:
    return list(db.session.scalars(every(Mention).order_by(Mention.id)))


def test_a_name_after_an_at_sign_asks_that_colleague(desk: Desk, head: Desk) -> None:
    deal = desk.deal()
    desk.do("note.write", deal, note=f"@{head.me.name} may we give them 12 %?")
    [asked] = mentions()
    assert (asked.colleague, asked.asked_by, asked.on, asked.is_open) == (head.me, desk.me, deal, True)


def test_a_given_name_is_enough_where_one_colleague_has_it(desk: Desk, head: Desk) -> None:
    desk.do("note.write", desk.deal(), note=f"Who knows? @{head.me.name.split(' ')[0].lower()}, please look.")
    assert [asked.colleague for asked in mentions()] == [head.me]


def test_the_list_below_the_note_asks_as_well_and_nobody_twice(desk: Desk, head: Desk) -> None:
    desk.do("note.write", desk.deal(), note=f"@{head.me.name} look", mention=head.me)
    assert len(mentions()) == 1


def test_an_address_in_a_note_asks_nobody(desk: Desk) -> None:
    desk.do("note.write", desk.deal(), note="Write to anna@maple.example @ 15:00 or so")
    assert mentions() == []


def test_a_name_that_nobody_has_is_refused(desk: Desk) -> None:
    assert refused(desk, "note.write", desk.deal(), note="@Nessuno please") == "nobody_named"
    assert desk.activities() == []


def test_who_may_not_open_the_record_cannot_be_asked(desk: Desk) -> None:
    lawyer = Desk(desk.space, "lawyer").me
    assert refused(desk, "note.write", desk.lead(), note="Can we?", mention=lawyer) == "cannot_see"
    desk.do("note.write", desk.deal(), note="Can we?", mention=lawyer)
    assert [asked.colleague for asked in mentions()] == [lawyer]


def test_a_note_for_the_customer_asks_no_colleague(desk: Desk, head: Desk) -> None:
    typed = {"note": "Dear all", "mention": head.me, "visibility": "public"}
    assert refused(desk, "note.write", desk.deal(), **typed) == "question_in_public"


def test_the_answer_stands_on_the_record(desk: Desk, head: Desk) -> None:
    deal = desk.deal()
    head.do("note.write", deal, note="When do they sign?", mention=desk.me)
    [asked] = mentions()
    done = desk.do("mention.answer", asked, text="On Friday")
    assert done.event.code == "mention.answered"
    assert (asked.answered, asked.is_open) == (True, False)
    assert asked.answer is not None and (asked.answer.on, asked.answer.note) == (deal, "On Friday")
    assert refused(desk, "mention.answer", asked, text="Again") == "answered"


def test_only_who_was_asked_answers(desk: Desk, head: Desk) -> None:
    desk.do("note.write", desk.deal(), note="May I?", mention=head.me)
    assert refused(desk, "mention.answer", mentions()[0], text="Yes") == "not_asked"


def test_a_question_becomes_a_task(desk: Desk, head: Desk) -> None:
    deal = desk.deal()
    head.do("note.write", deal, note="What do they pay now?", mention=desk.me)
    [asked] = mentions()
    desk.do("mention.set_task", asked, subject="Find out the price", due=TODAY + timedelta(days=1))
    assert asked.task is not None and (asked.task.on, asked.task.assignee) == (deal, desk.me)
    assert not asked.is_open and not asked.answered
