"""A web form asks for each consent apart, becomes one lead of one person, and finds it an owner."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from sandbox.crm import Consent, Contact, Lead, Submission, WebForm
from sandbox.crm.communications.inbox import everything_waiting
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import Event, undo
from sandbox.ledger.hushing import Hushed
from sandbox.spaces import every, first
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.marketing.conftest import colleague
from tests.crm.test_pages import Look, words
from tests.factories.crm import Desk, refused

PHONE, EMAIL = "+16145550142", "jo.kim@maple.example"


def sent(desk: Desk, form: WebForm, **typed: Any) -> Submission:
    said = {"name": "Jo Kim", "phone": PHONE, "email": EMAIL, "personal_data": True}
    return desk.do("submission.send", web_form=form, **{**said, **typed}).record  # type: ignore[return-value]


def every_one(model: Any) -> list[Any]:
    db.session.rollback()  # what requests wrote meanwhile is read, too
    return list(db.session.scalars(every(model).order_by(model.id)))


@pytest.mark.parametrize(
    ("mistake", "code"),
    [
        ({"personal_ticked": True}, "pre_ticked"),
        ({"advertising_ticked": True}, "pre_ticked"),
        ({"advertising_forced": True}, "forced_consent"),
        ({"personal_text": None}, "no_consent_box"),
        ({"advertising_text": "pd-2025"}, "wrong_text"),
        ({"personal_text": "pd-2023"}, "wrong_version"),
        ({"ask_phone": None, "ask_email": None}, "no_way_back"),
        ({"routing": "fixed"}, "no_routing"),
        ({"routing": "region"}, "no_routing"),
        ({"routing": "region", "ask_region": "asked"}, "no_routing"),
    ],
)
def test_a_form_with_a_mistake_is_not_published(desk: Desk, mistake: dict[str, Any], code: str) -> None:
    form = desk.web_form(published=False, **mistake)
    assert refused(desk, "web_form.publish", form) == code
    assert form.status == "draft"


def test_two_forms_have_two_addresses(desk: Desk) -> None:
    assert desk.web_form("Ask for a price").address == "ask-for-a-price"
    said = {"name": "Other", "address": "Ask for a price", "routing": "round_robin"}
    assert refused(desk, "web_form.create", **said) == "address_taken"


def test_what_visitors_see_is_not_changed_under_their_hands(desk: Desk) -> None:
    form = desk.web_form()
    assert refused(desk, "web_form.edit", form, name="Other", routing="round_robin") == "is_published"
    desk.do("web_form.take_back", form)
    desk.do("web_form.edit", form, name="Other", routing="round_robin")
    assert refused(desk, "submission.send", web_form=form, name="Jo") == "not_published"


def test_a_visitor_becomes_a_lead_with_an_owner_a_campaign_and_a_running_clock(desk: Desk) -> None:
    campaign = desk.campaign(tag="spring")
    made = sent(desk, desk.web_form(), need="Forty cartons", tag="SPRING")
    lead = made.lead
    assert isinstance(lead, Lead)
    assert (lead.name, lead.phone, lead.email, lead.need) == ("Jo Kim", PHONE, EMAIL, "Forty cartons")
    assert (lead.campaign, lead.source, lead.status) == (campaign, "website", "new")
    assert lead.waits_for_response() and lead.owner is not None and lead.created_at == desk.now
    assert (made.routed_to, made.is_repeat, made.created_by_id) == (lead.owner, False, None)


def test_each_consent_is_kept_with_its_text_and_none_without_a_tick(desk: Desk) -> None:
    form = desk.web_form()
    contact = sent(desk, form).contact
    assert isinstance(contact, Contact)
    kept = {one.purpose: (one.text, one.source, one.given_on) for one in contact.consents}
    assert kept == {"personal_data": ("pd-2025", "web-form", desk.space.today())}
    sent(desk, form, advertising=True)
    db.session.refresh(contact)
    assert {one.purpose for one in contact.consents} == {"personal_data", "advertising"}
    assert len(contact.consents) == 2


def test_a_newer_consent_to_advertising_ends_an_older_opt_out_of_that_address(desk: Desk) -> None:
    contact = desk.contact("Jo", "Kim", email=EMAIL)
    [address] = contact.addresses
    desk.do("address.opt_out", address, how="By phone")
    sent(desk, desk.web_form(), advertising=True)
    assert not address.opted_out
    assert [one.address for one in every_one(Consent) if one.purpose == "advertising"] == [address]


@pytest.mark.parametrize("typed", [{"email": None}, {"phone": None, "email": " Jo.Kim@Maple.example"}])
def test_who_is_here_gets_no_second_card_however_they_are_spelt(desk: Desk, typed: dict[str, Any]) -> None:
    company = desk.company("Maple Dental")
    contact = desk.contact("Joanna", "Kim", phone="+1 614 555 0142", email=EMAIL, company=company)
    lead = sent(desk, desk.web_form(), **typed).lead
    assert (lead.contact, lead.company) == (contact, company)
    assert len(every_one(Contact)) == 1


def test_a_firm_is_known_by_its_inn(desk: Desk) -> None:
    company = desk.company("Maple Dental", inn="9798012347")
    lead = sent(desk, desk.web_form(ask_inn="asked"), inn="9798 012347").lead
    assert (lead.company, lead.contact.company) == (company, company)


def test_the_same_name_alone_joins_nobody(desk: Desk) -> None:
    desk.contact("Jo", "Kim", email="other@birch.example")
    sent(desk, desk.web_form())
    assert len(every_one(Contact)) == 2


def test_whoever_comes_back_is_on_their_open_lead_and_that_is_their_last_touch(desk: Desk) -> None:
    one, two = desk.campaign("One", tag="one"), desk.campaign("Two", tag="two")
    form = desk.web_form()
    lead = sent(desk, form, tag="one").lead
    again = sent(desk, form, tag="two", phone=None)
    assert (again.lead, again.is_repeat, len(every_one(Lead))) == (lead, True, 1)
    assert (lead.campaign, lead.last_campaign) == (one, two)


def test_sellers_get_leads_in_turn_and_nobody_else_does(desk: Desk) -> None:
    form = desk.web_form()
    names = [
        sent(desk, form, name=f"Jo {n}", phone=None, email=f"jo{n}@maple{n}.example").lead.owner.code
        for n in range(5)
    ]
    assert names == ["morris", "quill", "okafor", "lindqvist", "morris"]


def test_a_region_has_its_seller_and_the_rest_goes_to_one(desk: Desk) -> None:
    marta = colleague(desk, "head-of-sales").me
    fallback = colleague(desk, "sales-manager").me
    form = desk.web_form(published=False, routing="region", ask_region="asked", routed_to=fallback)
    assert refused(desk, "web_form.add_rule", form, product="paper", colleague=marta) == "nothing_chosen"
    assert refused(desk, "web_form.add_rule", form, region="west", colleague=desk.me) == "does_not_sell"
    desk.do("web_form.add_rule", form, region="west", colleague=marta)
    desk.do("web_form.publish", form)
    assert sent(desk, form, region="west").lead.owner == marta
    other = {"name": "Al", "phone": None, "email": "al@birch.example"}
    assert sent(desk, form, region="midwest", **other).lead.owner == fallback


def test_a_customer_goes_to_whoever_looks_after_them(desk: Desk) -> None:
    head = colleague(desk, "head-of-sales").me
    desk.contact("Jo", "Kim", email=EMAIL, owner=head)
    assert sent(desk, desk.web_form()).lead.owner == head


def test_the_owner_finds_the_lead_in_the_inbox_until_it_is_answered(desk: Desk) -> None:
    lead = sent(desk, desk.web_form()).lead
    seller = colleague(desk, "sales-manager")
    [waiting] = [one for one in everything_waiting(seller.me) if one.kind == "lead"]
    assert (waiting.on, waiting.due) == (lead, desk.now.replace(hour=desk.now.hour + 2))
    seller.do("call.log", lead, outcome="reached")
    assert not [one for one in everything_waiting(seller.me) if one.kind == "lead"]


def test_robots_and_half_filled_forms_are_refused_and_nothing_is_kept(desk: Desk) -> None:
    form = desk.web_form(ask_need="needed")
    whole = {"web_form": form, "name": "Jo", "phone": PHONE, "personal_data": True, "need": "Paper"}
    links = "http://a.example http://b.example http://c.example"
    assert refused(desk, "submission.send", **{**whole, "website": "x"}) == "spam"
    assert refused(desk, "submission.send", **{**whole, "need": links}) == "spam"
    for name in ("name", "need", "personal_data", "phone"):
        assert refused(desk, "submission.send", **{**whole, name: None}) == "incomplete"
    assert not every_one(Lead) and not every_one(Submission) and not every_one(Contact)


def test_our_own_address_makes_a_test(desk: Desk) -> None:
    assert sent(desk, desk.web_form(), email="corinne.bell@finch-ledger.example", phone=None).lead.is_test


def test_what_a_masked_person_sent_says_no_more_who_they_are(desk: Desk) -> None:
    made = sent(desk, desk.web_form(), need="Call Jo Kim")
    fields = {"purpose": "personal_data", "day": desk.space.today(), "how": "Letter"}
    desk.later = timedelta(minutes=5)
    desk.steward.do("contact.withdraw", made.contact, **fields)
    events = list(db.session.scalars(every(Event)))
    hushed = Hushed(events)
    assert "Kim" not in "".join(f"{hushed.sentence(one)} {hushed.title(one)}" for one in events)
    assert "Kim" not in str(made.sent) and made.consents == {"personal_data": "pd-2025"}


@pytest.mark.both_databases
def test_what_was_sent_is_taken_back_whole(desk: Desk) -> None:
    form = desk.web_form()
    done = desk.do("submission.send", web_form=form, name="Jo", phone=PHONE, personal_data=True)
    with unit_of_work():
        undo([done.event], by=desk.me, at=desk.now)
    assert not every_one(Lead) and not every_one(Contact) and not every_one(Consent)
    assert first(every(WebForm)).last_routed_id is None  # type: ignore[union-attr]


def test_a_sales_manager_builds_no_forms(desk: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        colleague(desk, "sales-manager").do("web_form.create", name="Mine", routing="round_robin")
    assert refusal.value.code == "not_allowed"


def filled_in(page: BeautifulSoup, **typed: str) -> dict[str, str]:
    found = page.select("form.visitor-form [type=hidden]")
    hidden = {str(one["name"]): str(one.get("value", "")) for one in found}
    return {**hidden, **typed}


def test_a_visitor_fills_in_the_page_and_is_thanked(tanyas_desk: Desk, look: Look, sign_in: Any) -> None:
    tanyas_desk.campaign(tag="spring")
    form = tanyas_desk.web_form(thanks="We call you today.")
    page = look(f"forms/{form.address}?utm_campaign=spring")
    assert "Practice." in words(page) and not page.select("input[type=checkbox][checked]")
    typed = filled_in(page, name="Jo Kim", phone="614 555 0142", personal_data="1")
    tanya = sign_in("tanya")
    answer = tanya.post(f"/s/{tanyas_desk.space.id}/forms/{form.address}", data=typed)
    assert answer.status_code == 303
    assert "We call you today." in words(look(f"forms/{form.address}/sent"))
    [lead] = every_one(Lead)
    assert (lead.phone, lead.campaign.tag) == (PHONE, "spring")


def test_nothing_typed_is_lost_when_something_is_missing(tanyas_desk: Desk, look: Look, sign_in: Any) -> None:
    form = tanyas_desk.web_form()
    typed = filled_in(look(f"forms/{form.address}"), name="Jo Kim", need="Forty cartons")
    answer = sign_in("tanya").post(f"/s/{tanyas_desk.space.id}/forms/{form.address}", data=typed)
    page = BeautifulSoup(answer.data, "html.parser")
    assert answer.status_code == 422
    assert page.select_one("#v-name")["value"] == "Jo Kim"  # type: ignore[index]
    assert "Forty cartons" in str(page.select_one("#v-need"))
    said = words(page)
    assert "Leave a phone or an e-mail address" in said and "Without this consent" in said


def test_a_page_that_was_tampered_with_is_refused_kindly(tanyas_desk: Desk, look: Look, sign_in: Any) -> None:
    form, other = tanyas_desk.web_form(), tanyas_desk.web_form("Other form")
    mine = filled_in(look(f"forms/{form.address}"), name="Jo Kim", phone=PHONE, personal_data="1")
    foreign = filled_in(look(f"forms/{other.address}"))["seal"]
    for seal in ("", mine["seal"][:-2], foreign):
        answer = sign_in("tanya").post(
            f"/s/{tanyas_desk.space.id}/forms/{form.address}", data={**mine, "seal": seal}
        )
        page = BeautifulSoup(answer.data, "html.parser")
        assert answer.status_code == 409 and "not as we sent it" in words(page)
        assert page.select_one("#v-name")["value"] == "Jo Kim"  # type: ignore[index]
    assert not every_one(Lead)


def test_a_draft_shows_its_mistakes_and_can_be_looked_at(tanyas_desk: Desk, look: Look) -> None:
    form = tanyas_desk.web_form(published=False, advertising_ticked=True)
    said = words(look(f"web_forms/{form.n}"))
    assert "A box is ticked beforehand" in said and "ticked beforehand" in said
    page = look(f"forms/{form.address}")
    assert [one["name"] for one in page.select("input[type=checkbox][checked]")] == ["advertising"]
    assert "it is not published" in words(page)


def test_a_form_of_an_american_firm_asks_for_no_inn(tanyas_desk: Desk, look: Look) -> None:
    said = words(look("web_forms/create"))
    assert "Tax number" in said and "INN" not in said


def test_pages_of_forms_ask_few_questions(tanyas_desk: Desk, look: Look, asked: list[str]) -> None:
    campaign = tanyas_desk.campaign()
    for number in range(6):
        form = tanyas_desk.web_form(f"Form {number}", campaign=campaign)
        sent(tanyas_desk, form, name=f"Jo {number}", phone=None, email=f"jo{number}@maple.example")
    made = sent(tanyas_desk, form)
    records = (f"web_forms/{form.n}", f"submissions/{made.n}", f"leads/{made.lead.n}")
    for page, most in (("web_forms", 10), *((record, 15) for record in records)):
        asked.clear()
        look(page)
        assert len(asked) <= most, page + "\n" + "\n".join(asked)


def test_the_lead_shows_what_was_sent(tanyas_desk: Desk, look: Look) -> None:
    made = sent(tanyas_desk, tanyas_desk.web_form(), need="Forty cartons", advertising=True)
    said = words(look(f"leads/{made.lead.n}"))
    assert "Jo Kim, Ask for a price" in said and "A visitor sent a web form" in said
    evidence = words(look(f"submissions/{made.n}"))
    assert "Personal data, version of 2025" in evidence and "Advertising, version of 2023" in evidence
