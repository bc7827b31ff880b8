"""The pages of templates, mailings, returns and suppressions, as a marketer reads them."""

from __future__ import annotations

from sandbox.extensions import db
from tests.crm.marketing.test_mailings import BODY, everybody, listed, mailing, person, sent_to, template
from tests.crm.test_pages import Look, words
from tests.factories.crm import Desk

MOST_ON_A_LIST, MOST_ON_A_RECORD = 10, 15


def test_a_list_of_mailings_asks_as_often_for_many_as_for_few(
    tanyas_desk: Desk, look: Look, asked: list[str]
) -> None:
    segment, letter = everybody(tanyas_desk), template(tanyas_desk)
    person(tanyas_desk, "Ann")
    for number in range(2):
        tanyas_desk.do(
            "mailing.send", mailing(tanyas_desk, segment, template=letter, name=f"Letter {number}")
        )
    asked.clear()
    look("mailings")
    few = len(asked)
    for number in range(6):
        mailing(tanyas_desk, segment, template=letter, name=f"Draft {number}")
    asked.clear()
    look("mailings")
    assert len(asked) == few <= MOST_ON_A_LIST, "\n".join(asked)


def test_the_equation_of_a_draft_leads_to_the_people_behind_each_line(
    tanyas_desk: Desk, look: Look, asked: list[str]
) -> None:
    ann, ben = person(tanyas_desk, "Ann"), person(tanyas_desk, "Ben", agreed=False)
    one = mailing(tanyas_desk, listed(tanyas_desk, "List", ann, ben))
    n = one.n
    db.session.expire_all()
    asked.clear()
    page = look(f"mailings/{n}")
    assert len(asked) <= MOST_ON_A_RECORD + 5, "\n".join(asked)
    table = page.select_one("#equation table")
    assert table is not None
    assert words(table).startswith("The audience, line by line 2 targets: members of the segments")
    link = page.select_one('#equation a[href$="line=no_consent"]')
    assert link is not None
    assert "Ben Lee" in words(look(f"mailings/{n}/audience?line=no_consent"))
    assert "Ann Lee" not in words(look(f"mailings/{n}/audience?line=no_consent"))


def test_the_page_of_a_mailing_that_went_out_tells_what_came_of_it(
    tanyas_desk: Desk, look: Look, asked: list[str]
) -> None:
    one = sent_to(tanyas_desk, 14)
    tanyas_desk.do("mailing.run_out", one)
    n = one.n
    db.session.expire_all()
    asked.clear()
    page = look(f"mailings/{n}")
    assert len(asked) <= MOST_ON_A_RECORD, "\n".join(asked)
    said = words(page)
    assert "12 letters of 14 were delivered" in said and "an open is no success" in said
    assert "came back for good" in words(look(f"mailings/{n}/recipients?outcome=hard_bounce"))


def test_a_letter_that_came_back_each_time_waits_among_the_returns(tanyas_desk: Desk, look: Look) -> None:
    tanyas_desk.do("mailing.run_out", sent_to(tanyas_desk, 10))
    page = look("returns?state=open")
    button = page.select_one('[data-action="mailing_recipient.process"]')
    assert button is not None
    assert "4.2.2" in words(page) or "4.7.0" in words(page) or "4.3.0" in words(page)


def test_the_card_of_a_contact_tells_the_letters_that_they_got(
    tanyas_desk: Desk, look: Look, asked: list[str]
) -> None:
    one = sent_to(tanyas_desk, 2)
    contact = one.recipients[0].contact
    assert contact is not None
    n = contact.n
    tanyas_desk.do("mailing.run_out", one)
    db.session.expire_all()
    asked.clear()
    said = words(look(f"contacts/{n}"))
    assert len(asked) <= MOST_ON_A_RECORD, "\n".join(asked)
    assert "Mailing “May letter”: delivered" in said


def test_a_template_is_read_as_each_recipient_reads_it(
    tanyas_desk: Desk, look: Look, asked: list[str]
) -> None:
    ann, ben = person(tanyas_desk, "Ann"), person(tanyas_desk, "Ben")
    segment = listed(tanyas_desk, "List", ann, ben)
    made = template(tanyas_desk, BODY)
    n, where = made.n, f"segment={segment.n}"
    db.session.expire_all()
    asked.clear()
    first = look(f"message_templates/{n}?{where}&place=1")
    assert len(asked) <= MOST_ON_A_RECORD, "\n".join(asked)
    second = look(f"message_templates/{n}?{where}&place=2")
    letters = [words(page.select(".letter-body")[0]) for page in (first, second)]
    assert letters[0].startswith("Dear Ann") and letters[1].startswith("Dear Ben")
    assert "1 of 2" in words(first) and "Find a recipient" in words(first.select("label:has([name=q])")[0])


def test_suppressions_stand_in_one_list_with_their_reasons(tanyas_desk: Desk, look: Look) -> None:
    tanyas_desk.do("suppression.add", value="@rival.example", reason="competitor", note="Reads our prices")
    page = look("suppressions")
    assert "@rival.example" in words(page) and "Competitor" in words(page)
    assert page.select_one('[data-action="suppression.lift"]') is not None


def test_a_mailing_its_template_and_its_segment_are_found_by_their_words(
    tanyas_desk: Desk, look: Look
) -> None:
    one = mailing(tanyas_desk, everybody(tanyas_desk, "May readers"), name="May letter")
    found = {str(link["data-open"]) for link in look("search?q=may").select("main [data-open]")}
    assert found == {one.key, one.template.key, one.segments[0].key}


def test_a_letter_stands_in_a_timeline_as_its_reader_got_it(tanyas_desk: Desk, look: Look) -> None:
    ann = person(tanyas_desk, "Ann")
    letter = template(tanyas_desk)
    tanyas_desk.do(
        "message_template.edit", letter, name="May", subject="{{ contact.first_name }}, paper!", body=BODY
    )
    tanyas_desk.do("message_template.test_send", letter, to=tanyas_desk.me, contact=ann)
    db.session.expire_all()
    one = mailing(tanyas_desk, listed(tanyas_desk, "List", ann), template=letter)
    n = ann.n
    tanyas_desk.do("mailing.send", one)
    db.session.expire_all()
    said = words(look(f"contacts/{n}"))
    assert "Ann, paper!" in said and "{{" not in said
