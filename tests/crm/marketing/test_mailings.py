"""Mailings: the equation of the audience, what must be so before one goes out, and what comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox.crm import Address, Contact, Mailing, MailingRecipient, MessageTemplate, Segment
from sandbox.crm.customers.addresses import EMAIL
from sandbox.crm.customers.consents import may_advertise_to
from sandbox.crm.marketing.mailings.audience import audience_of
from sandbox.crm.marketing.mailings.models import LINES, SENT
from sandbox.crm.marketing.mailings.queries import figures_of
from sandbox.crm.marketing.mailings.working import send_what_is_due
from sandbox.extensions import db
from sandbox.ledger import Event, undo
from sandbox.spaces import Space, every
from sandbox.spaces.bulk import images
from sandbox.web.unit_of_work import unit_of_work
from tests.factories.crm import Desk, refused

pytestmark = pytest.mark.both_databases
BODY = "Dear {{ contact.first_name }},\n\npaper is cheaper in May.\n\nNo more letters: {{ opt_out }}"


def agrees(desk: Desk, contact: Contact, purpose: str = "advertising") -> None:
    text = "ads-2023" if purpose == "advertising" else "pd-2025"
    said = {"purpose": purpose, "text": text, "source": "web-form", "given_on": desk.space.today()}
    desk.do("consent.record", contact, **said)


def person(desk: Desk, name: str, email: str | None = "", agreed: bool = True, **fields: Any) -> Contact:
    """A contact with an e-mail who agreed to advertising."""
    address = f"{name.lower()}@firm.example" if email == "" else email
    contact = desk.contact(name, "Lee", email=address, **fields)
    if agreed:
        agrees(desk, contact)
    return contact


def everybody(desk: Desk, name: str = "Everybody", of: str = "contact") -> Segment:
    made = desk.do("segment.create", name=name, of=of, match="all").record
    assert isinstance(made, Segment)
    return made


def listed(desk: Desk, name: str, *contacts: Contact) -> Segment:
    """A fixed list of just these."""
    made = everybody(desk, name)
    desk.do("segment.add_condition", made, field="contact.position", operator="contains", value="nobody")
    desk.do("segment.fix", made)
    for contact in contacts:
        desk.do("segment.add_member", contact, segment=made)
    return made


def template(desk: Desk, body: str = BODY, tested: bool = True) -> MessageTemplate:
    made = desk.do("message_template.create", name="May", subject="Paper in May", body=body).record
    assert isinstance(made, MessageTemplate)
    if tested:
        desk.do("message_template.test_send", made, to=desk.me, contact=desk.contact("Test", "Card"))
    db.session.expire_all()
    return made


def mailing(desk: Desk, segment: Segment, **fields: Any) -> Mailing:
    said = {"name": "May letter", "template": fields.pop("template", None) or template(desk), **fields}
    made = desk.do("mailing.create", segment=segment, **said).record
    assert isinstance(made, Mailing)
    db.session.expire_all()
    return made


def address_of(letter: MailingRecipient) -> Address:
    """The address on the card of whom a letter was sent to."""
    assert letter.contact is not None
    return letter.contact.addresses[0]


def sent_to(desk: Desk, count: int) -> Mailing:
    """A mailing that went out to so many."""
    people = [person(desk, f"P{number}") for number in range(count)]
    one = mailing(desk, listed(desk, "List", *people))
    desk.do("mailing.send", one)
    db.session.expire_all()
    return one


def test_every_target_stands_on_the_first_line_that_fits(desk: Desk) -> None:
    good, twice = person(desk, "Good"), person(desk, "Twice")
    person(desk, "Noaddress", email=None, agreed=False)
    opted_out, invalid = person(desk, "Optedout"), person(desk, "Invalid")
    desk.do("address.opt_out", opted_out.addresses[0], how="By phone")
    desk.do("address.mark_invalid", invalid.addresses[0], reason="550")
    person(desk, "Suppressed", email="boss@rival.example")
    desk.do("suppression.add", value="@rival.example", reason="competitor")
    only_data = person(desk, "Onlydata", agreed=False)
    agrees(desk, only_data, "personal_data")
    person(desk, "Nothing", agreed=False)
    both = [everybody(desk), listed(desk, "Also", twice, opted_out)]
    audience = audience_of(both)
    assert audience.lines == {
        "no_address": 1,
        "opted_out": 2,
        "invalid": 1,
        "repeated": 1,
        "suppressed": 1,
        "no_consent": 2,
        "sent": 2,
    }
    assert sum(audience.lines.values()) == len(audience.targets) == 10
    assert {t.email for t in audience.targets if t.line == SENT} == {good.email, twice.email}


def test_the_set_wise_answer_is_that_of_each_address(desk: Desk) -> None:
    for number, agreed in enumerate((True, False, True, True)):
        contact = person(desk, f"P{number}", agreed=agreed)
        if number == 2:
            desk.do("address.opt_out", contact.addresses[0], how="Letter")
        if number == 3:
            desk.do("address.mark_invalid", contact.addresses[0], reason="550")
    sent = {target.email for target in audience_of([everybody(desk)]).targets if target.line == SENT}
    addresses = db.session.scalars(every(Address).where(Address.kind == EMAIL))
    assert sent == {one.value for one in addresses if may_advertise_to(one)} == {"p0@firm.example"}


def test_an_opt_out_holds_for_the_address_on_whatever_card_it_comes_again(desk: Desk) -> None:
    """An import that makes another card of the same address resets nothing."""
    first = person(desk, "First", email="same@firm.example")
    desk.do("address.opt_out", first.addresses[0], how="Link in a letter")
    again = person(desk, "Again", email="same@firm.example")
    assert again.addresses[0].opted_out, "the card shows it, too"
    assert audience_of([listed(desk, "List", again)]).lines["opted_out"] == 1


def test_the_audience_of_many_is_found_with_few_questions(desk: Desk, asked: list[str]) -> None:
    people = [person(desk, f"P{number}") for number in range(12)]
    segments = [everybody(desk), listed(desk, "List", *people)]
    db.session.expire_all()
    for segment in segments:
        assert segment.parts is not None
    asked.clear()
    assert audience_of(segments).to_be_sent == 12
    assert len(asked) <= 7, "\n".join(asked)


def test_a_mailing_to_people_without_provable_consent_is_refused(desk: Desk) -> None:
    contact = person(desk, "Onlydata", agreed=False)
    agrees(desk, contact, "personal_data")
    one = mailing(desk, listed(desk, "List", contact))
    soon = desk.now + timedelta(hours=1)
    assert refused(desk, "mailing.schedule", one, send_at=soon) == "nobody"
    assert refused(desk, "mailing.send", one) == "nobody"


@pytest.mark.parametrize(
    ("body", "tested", "code"),
    [("Dear {{ contact.first_name }}", True, "no_opt_out"), (BODY, False, "not_tested")],
)
def test_a_letter_without_a_way_out_or_without_a_test_does_not_go_out(
    desk: Desk, body: str, tested: bool, code: str
) -> None:
    one = mailing(desk, listed(desk, "List", person(desk, "Ann")), template=template(desk, body, tested))
    assert refused(desk, "mailing.schedule", one, send_at=desk.now + timedelta(hours=1)) == code


def test_a_test_of_an_older_wording_proves_nothing(desk: Desk) -> None:
    made = template(desk)
    desk.do("message_template.edit", made, name="May", subject="Paper in June", body=BODY)
    db.session.expire_all()
    assert not made.tested and len(made.tests) == 1


def test_a_past_moment_is_refused_and_a_scheduled_one_is_taken_back(desk: Desk) -> None:
    one = mailing(desk, listed(desk, "List", person(desk, "Ann")))
    assert refused(desk, "mailing.schedule", one, send_at=desk.now - timedelta(hours=1)) == "in_past"
    desk.do("mailing.schedule", one, send_at=desk.now + timedelta(hours=1))
    assert one.status == "scheduled" and one.subject == "Paper in May"
    assert refused(desk, "mailing.edit", one, name="Other", template=one.template) == "not_draft"
    desk.do("mailing.take_back", one)
    assert one.status == "draft" and one.subject is None and one.next_at is None


def test_the_figures_of_a_mailing_that_went_out_never_change(desk: Desk) -> None:
    ann, ben = person(desk, "Ann"), person(desk, "Ben", agreed=False)
    segment = listed(desk, "List", ann, ben)
    one = mailing(desk, segment)
    desk.do("mailing.send", one)
    agrees(desk, ben)
    desk.do("segment.add_member", person(desk, "Late"), segment=segment)
    figures = figures_of([one])[one.id]
    assert (figures.targets, figures.sent, figures.lines["no_consent"]) == (2, 1, 1)
    assert sum(figures.lines[line] for line in LINES) == figures.targets == one.targets
    assert refused(desk, "mailing.send", one) == "went_out"


def test_the_worker_sends_a_mailing_when_its_time_has_come_and_takes_in_what_came_back(desk: Desk) -> None:
    people = [person(desk, f"P{number}") for number in range(10)]
    one = mailing(desk, listed(desk, "List", *people))
    desk.do("mailing.schedule", one, send_at=desk.now + timedelta(minutes=30))
    assert send_what_is_due() == 0
    with unit_of_work():
        desk.space.clock_shown = desk.space.clock_shown + timedelta(minutes=45)
    assert send_what_is_due() == 1
    db.session.expire_all()
    assert one.status == "sending" and one.started_at == one.send_at
    figures = figures_of([one])[one.id]
    assert figures.delivered >= 7 and figures.hard == 1 and figures.soft == 1
    event = db.session.scalars(every(Event).order_by(Event.id.desc()).limit(1)).one()
    assert (event.action, event.origin) == ("mailing.advance", "system")
    assert send_what_is_due() == 0


def test_what_comes_back_marks_the_address_and_not_the_card(desk: Desk) -> None:
    one = sent_to(desk, 14)
    assert refused(desk, "mailing.advance", one) == "nothing_due"
    desk.do("mailing.run_out", one)
    db.session.expire_all()
    figures = figures_of([one])[one.id]
    assert one.status == "done" and one.next_at is None
    assert figures.delivered + figures.hard + figures.gave_up == figures.sent == 14
    assert figures.hard == 1 and figures.opted_out == 1 and figures.clicked >= 1
    by_fate = {letter.outcome: letter for letter in one.recipients}
    dead = address_of(by_fate["hard_bounce"])
    assert dead.invalid and str(dead.invalid_reason).startswith("550") and by_fate["hard_bounce"].processed
    gone = next(address_of(letter) for letter in one.recipients if letter.opted_out)
    assert gone.opted_out and gone.opted_out_how == "Opt-out link in the mailing “May letter”"
    assert sum(address_of(letter).invalid for letter in one.recipients) == 1
    assert audience_of(one.segments).lines == {
        "no_address": 0,
        "opted_out": 1,
        "invalid": 1,
        "repeated": 0,
        "suppressed": 0,
        "no_consent": 0,
        "sent": 12,
    }


def test_the_same_space_and_mailing_have_the_same_fate(desk: Desk) -> None:
    one = sent_to(desk, 10)
    before = images(db.session.get_one(Space, desk.space.id))["mailing_recipients"]
    done = desk.do("mailing.run_out", one)
    after = images(db.session.get_one(Space, desk.space.id))["mailing_recipients"]
    with unit_of_work():
        undo([done.event], by=desk.me, at=desk.now)
    assert images(db.session.get_one(Space, desk.space.id))["mailing_recipients"] == before
    desk.do("mailing.run_out", one)
    again = images(db.session.get_one(Space, desk.space.id))["mailing_recipients"]
    columns = slice(8, 11)
    assert [row[columns] for row in after] == [row[columns] for row in again]


def test_a_dead_mailbox_is_not_tried_again_and_a_full_one_is_not_dead(desk: Desk) -> None:
    one = sent_to(desk, 30)
    desk.do("mailing.run_out", one)
    db.session.expire_all()
    full = next((letter for letter in one.recipients if letter.outcome == "gave_up"), None)
    assert full is not None and not full.processed and full.tries == 3
    assert refused(desk, "mailing_recipient.process", full, verdict="invalid") == "soft_bounce"
    desk.do("mailing_recipient.process", full, verdict="retry")
    assert full.outcome == "delivered" and not address_of(full).invalid
    dead = next(letter for letter in one.recipients if letter.outcome == "hard_bounce")
    assert refused(desk, "mailing_recipient.process", dead, verdict="retry") == "no_return"


def test_a_mailing_that_is_called_off_stops_where_it_is(desk: Desk) -> None:
    one = sent_to(desk, 8)
    desk.do("mailing.cancel", one, reason="Wrong price in it")
    assert one.status == "cancelled" and one.next_at is None
    assert refused(desk, "mailing.run_out", one) == "nothing_due"
    assert figures_of([one])[one.id].waiting == 8


def test_who_withdraws_leaves_no_address_in_letters_that_were_sent(desk: Desk) -> None:
    one = sent_to(desk, 3)
    contact = one.recipients[0].contact
    assert contact is not None
    desk.steward.do(
        "contact.withdraw", contact, purpose="personal_data", day=desk.space.today(), how="By letter"
    )
    db.session.expire_all()
    letter = db.session.scalars(
        every(MailingRecipient).where(MailingRecipient.contact_id == contact.id)
    ).one()
    assert letter.email is not None and letter.email.startswith("sha256:")
    desk.do("mailing.run_out", one)


def test_a_segment_that_a_mailing_is_to_go_to_is_not_put_away(desk: Desk) -> None:
    segment = listed(desk, "List", person(desk, "Ann"))
    one = mailing(desk, segment)
    assert refused(desk, "segment.delete", segment) == "in_use"
    desk.do("mailing.delete", one)
    desk.do("segment.delete", segment)


def test_a_segment_is_in_a_mailing_once_and_at_most_five_are(desk: Desk) -> None:
    segments = [everybody(desk, f"S{number}") for number in range(6)]
    one = mailing(desk, segments[0])
    assert refused(desk, "mailing.add_segment", one, segment=segments[0]) == "segment_here"
    for segment in segments[1:5]:
        desk.do("mailing.add_segment", one, segment=segment)
    assert refused(desk, "mailing.add_segment", one, segment=segments[5]) == "too_many"
    desk.do("mailing_segment.remove", one.lists[0])
    assert len(one.lists) == 4
