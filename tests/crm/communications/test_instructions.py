"""An instruction is published to job roles, read by each, and whoever has not is reminded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from sandbox.crm import Instruction
from sandbox.crm.communications.inbox import count_waiting, inbox_of
from sandbox.crm.communications.instructions import asked_of
from tests.factories.crm import TODAY, Desk, refused
from tests.factories.words import words

Look = Callable[..., BeautifulSoup]
DUE = TODAY + timedelta(days=7)


def written(head: Desk) -> Instruction:
    made = head.do("instruction.create", name="Discounts", body="Ask first").record
    assert isinstance(made, Instruction)
    return made


@pytest.mark.both_databases
def test_everybody_of_the_job_role_is_asked_to_read_it(desk: Desk, head: Desk) -> None:
    one = written(head)
    assert refused(head, "instruction.publish", one, audience="same", due=DUE) == "no_audience"
    head.do("instruction.publish", one, audience="sales-manager", due=DUE)
    asked = asked_of(one)
    assert {each.colleague.job_role for each in asked} == {"sales-manager"} and len(asked) >= 2
    assert [each.row.instruction for each in inbox_of(desk.me).waiting] == [one]
    assert count_waiting(desk.me) == 1
    again = {"audience": "sales-manager", "due": DUE}
    assert refused(head, "instruction.publish", one, **again) == "all_asked"
    head.do("instruction.publish", one, audience="lawyer", due=DUE)
    assert {each.colleague.job_role for each in asked_of(one)} == {"sales-manager", "lawyer"}


@pytest.mark.both_databases
def test_who_has_read_it_says_so_once(desk: Desk, head: Desk) -> None:
    one = written(head)
    head.do("instruction.publish", one, audience="sales-manager", due=DUE)
    desk.do("instruction.acknowledge", one)
    assert count_waiting(desk.me) == 0
    assert refused(desk, "instruction.acknowledge", one) == "acknowledged"
    assert refused(Desk(desk.space, "lawyer"), "instruction.acknowledge", one) == "not_addressed"


@pytest.mark.both_databases
def test_a_reminder_brings_it_back_to_those_who_have_not_read_it(desk: Desk, head: Desk) -> None:
    one = written(head)
    head.do("instruction.publish", one, audience="sales-manager", due=DUE)
    [mine] = [each for each in asked_of(one) if each.colleague_id == desk.me.id]
    desk.do("inbox.read", mine)
    assert count_waiting(desk.me) == 0
    head.do("instruction.remind", one)
    assert count_waiting(desk.me) == 1 and mine.reminded
    for each in asked_of(one):
        if each.colleague_id == desk.me.id:
            desk.do("instruction.acknowledge", one)
    assert all(not each.reminded or not each.acknowledged or each is mine for each in asked_of(one))


@pytest.mark.both_databases
def test_a_changed_text_is_a_version_to_be_read_anew(desk: Desk, head: Desk) -> None:
    one = written(head)
    head.do("instruction.publish", one, audience="sales-manager", due=DUE)
    desk.do("instruction.acknowledge", one)
    head.do("instruction.edit", one, name="Discounts", body="Ask twice", change_note="Twice")
    assert (one.published_number, one.number) == (1, 2) and count_waiting(desk.me) == 0
    head.do("instruction.publish", one, audience="same", due=DUE)
    assert one.published_number == 2 and count_waiting(desk.me) == 1


def test_only_who_leads_writes_instructions(desk: Desk, head: Desk, look: Look) -> None:
    one = written(head)
    head.do("instruction.publish", one, audience="sales-manager", due=DUE)
    page = look(f"instructions/{one.n}")
    main = page.find(id="main")
    assert main is not None
    assert {link["data-action"] for link in main.select("[data-action]")} == {"instruction.acknowledge"}
    assert "Have not read it" in words(page) and "Ask first" in words(page)
    assert "0 of" in words(look("instructions"))
    assert "Discounts" in words(look("inbox"))
