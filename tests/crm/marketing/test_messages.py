"""Message templates: placeholders that the cards fill, and nothing else in braces."""

from __future__ import annotations

import pytest

from sandbox.crm import MessageTemplate
from sandbox.crm.marketing.messages.placeholders import filled, pieces
from sandbox.crm.marketing.messages.queries import gap_said, gaps_of
from sandbox.kernel.errors import Refused
from tests.crm.marketing.test_mailings import BODY, everybody, template
from tests.factories.crm import Desk, refused


def written(desk: Desk, body: str) -> str:
    return refused(desk, "message_template.create", name="May", subject="Paper", body=body)


def test_a_placeholder_is_filled_from_the_card(desk: Desk) -> None:
    company = desk.company("Law West")
    contact = desk.contact("Ann", "Lee", company=company)
    text = "{{ contact.first_name }} of {{company.name}}, yours {{ manager.name }}, {{ us.name }}"
    assert filled(text, contact) == f"Ann of Law West, yours {desk.me.name}, Finch & Ledger"


def test_an_unknown_placeholder_is_named_with_the_nearest_right_one(desk: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        desk.do("message_template.create", name="May", subject="Paper", body="Dear {{ contact.firstname }}")
    assert refusal.value.code == "unknown_placeholder"
    assert "{{ contact.first_name }}" in str(refusal.value.message)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{{ contact.first_name", "bad_braces"),
        ("{% for one in contacts %}{% endfor %}", "bad_braces"),
        ("{{ contact.__class__ }}", "unknown_placeholder"),
        ("{{ 7 * 7 }}", "unknown_placeholder"),
    ],
)
def test_nothing_but_placeholders_stands_in_braces(desk: Desk, body: str, code: str) -> None:
    assert written(desk, body) == code


def test_what_a_card_leaves_empty_is_marked(desk: Desk) -> None:
    contact = desk.contact("Ann", "Lee")
    assert pieces("Dear {{ contact.first_name }}, {{ contact.position }}!", contact) == [
        ("Dear ", ""),
        ("Ann", "filled"),
        (", ", ""),
        ("{{ contact.position }}", "empty"),
        ("!", ""),
    ]


def test_a_persons_placeholder_that_goes_to_companies_is_warned_of(desk: Desk) -> None:
    desk.company("Law West")
    made = template(desk)
    said = [gap_said(gap) for gap in gaps_of((made.subject, made.body), everybody(desk, of="company"))]
    assert said == ["{{ contact.first_name }} is a person’s: it stays empty for every company."]
    assert gaps_of((made.subject, made.body), everybody(desk)) == []


def test_how_many_cards_leave_a_placeholder_empty_is_counted(desk: Desk) -> None:
    desk.contact("Ann", "Lee", position="Buyer")
    desk.contact("Ben", "Ray")
    [gap] = gaps_of(("Hello", "Dear {{ contact.position }}"), everybody(desk))
    assert (gap.lacking, gap.total) == (1, 2)


def test_a_test_is_kept_as_it_was_read_and_by_whom(desk: Desk) -> None:
    made = template(desk, tested=False)
    contact = desk.contact("Ann", "Lee")
    done = desk.do("message_template.test_send", made, to=desk.me, contact=contact)
    assert done.record is not None
    assert made.tested and made.tests[0].body.startswith("Dear Ann,") and made.tests[0].to is desk.me


def test_a_test_with_an_empty_subject_is_refused(desk: Desk) -> None:
    said = {"name": "May", "subject": "For {{ contact.position }}", "body": BODY}
    made = desk.do("message_template.create", **said).record
    assert isinstance(made, MessageTemplate)
    values = {"to": desk.me, "contact": desk.contact()}
    assert refused(desk, "message_template.test_send", made, **values) == "stays_empty"
