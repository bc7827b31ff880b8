"""Segments: conditions that are counted as people read them, and lists that stand fast."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from flask_babel import force_locale

from sandbox.crm.marketing.segments.models import Segment, SegmentPart
from sandbox.crm.marketing.segments.rules import members_of, tally
from sandbox.crm.marketing.segments.tree import tree_of
from sandbox.crm.marketing.segments.words import sentence_of
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import undo
from sandbox.spaces import Space
from sandbox.spaces.bulk import images
from sandbox.web.unit_of_work import unit_of_work
from tests.crm.conftest import russian_desk as russian_desk
from tests.factories.crm import Desk, refused

pytestmark = pytest.mark.both_databases


def begin(desk: Desk, of: str = "contact", match: str = "all") -> Segment:
    made = desk.do("segment.create", name="Law firms", of=of, match=match).record
    assert isinstance(made, Segment)
    return made


def put(desk: Desk, part: Any, field: str, operator: str = "any_of", asked: str = "") -> SegmentPart:
    is_choice = operator in ("any_of", "none_of")
    said = {"choices": asked if is_choice else None, "value": None if is_choice else asked or None}
    desk.do("segment.add_condition", part, field=field, operator=operator, **said)
    segment = part if isinstance(part, Segment) else part.segment
    db.session.expire_all()
    return segment.parts[-1]


def names(segment: Segment) -> set[str]:
    db.session.expire_all()
    return {record.title for record in db.session.scalars(members_of(segment))}


def people(desk: Desk) -> None:
    """Ann signs for a law firm in the west, Ben pays at one in the east, Cy signs for a western clinic."""
    law_west = desk.company("Law West", industry="law", region="west")
    law_east = desk.company("Law East", industry="law", region="northeast")
    clinic = desk.company("Clinic", industry="healthcare", region="west")
    for name, company, role in (
        ("Ann", law_west, "decision-maker"),
        ("Ben", law_east, "accountant"),
        ("Cy", clinic, "decision-maker"),
    ):
        desk.contact(name, "Lee", company=company, role=role, email=f"{name.lower()}@firm.example")


def test_without_a_condition_everybody_is_in_it(desk: Desk) -> None:
    people(desk)
    assert names(begin(desk)) == {"Ann Lee", "Ben Lee", "Cy Lee"}


def test_all_conditions_must_hold_and_any_of_them_is_enough(desk: Desk) -> None:
    people(desk)
    segment = begin(desk)
    put(desk, segment, "at.industry", asked="law")
    put(desk, segment, "contact.role", asked="decision-maker")
    assert names(segment) == {"Ann Lee"}
    desk.do("segment.set_match", segment, match="any")
    assert names(segment) == {"Ann Lee", "Ben Lee", "Cy Lee"}


def test_the_page_counts_what_the_other_word_would_give(desk: Desk) -> None:
    people(desk)
    segment = begin(desk)
    first = put(desk, segment, "at.industry", asked="law")
    second = put(desk, segment, "contact.role", asked="decision-maker")
    counts = tally(segment.of, tree_of(segment))
    assert (counts.size, counts.turned, counts.total) == (1, 3, 3)
    assert counts.alone == {first.id: 2, second.id: 2}


def test_brackets_are_counted_by_their_own_word(desk: Desk) -> None:
    people(desk)
    segment = begin(desk)
    put(desk, segment, "contact.role", asked="decision-maker")
    desk.do("segment.add_group", segment, match="any")
    db.session.expire_all()
    brackets = segment.parts[-1]
    put(desk, brackets, "at.industry", asked="healthcare")
    put(desk, brackets, "at.region", asked="northeast")
    assert names(segment) == {"Cy Lee"}
    with force_locale("en"):
        assert str(sentence_of(segment).striptags()) == (
            "Contacts: role is Signs and (industry of the company is Clinics and dentists "
            "or delivery region of the company is Northeast)."
        )


def test_the_sentence_sets_the_joining_words_off_in_both_languages(desk: Desk) -> None:
    segment = begin(desk, match="any")
    put(desk, segment, "contact.consent_advertising", "yes")
    put(desk, segment, "contact.added", "within", "30")
    with force_locale("en"):
        assert '<strong class="joint any">or</strong>' in sentence_of(segment)
    with force_locale("ru"):
        assert '<strong class="joint any">или</strong>' in sentence_of(segment)
        assert "за последние 30" in sentence_of(segment)


def test_none_of_takes_those_of_whom_nothing_is_known(desk: Desk) -> None:
    people(desk)
    desk.contact("Di", "Lee")
    segment = begin(desk)
    put(desk, segment, "at.industry", "none_of", "law")
    assert names(segment) == {"Cy Lee", "Di Lee"}


def test_tags_own_fields_and_consents_are_asked(desk: Desk) -> None:
    people(desk)
    contact = desk.contact("Eve", "Ray", email="eve@firm.example")
    desk.do("tag.add", contact, tag="key-account")
    said = {"purpose": "advertising", "source": "web-form", "given_on": desk.space.today()}
    desk.do("consent.record", contact, text="ads-2023", **said)
    segment = begin(desk)
    put(desk, segment, "contact.tag", asked="key-account")
    assert names(segment) == {"Eve Ray"}
    put(desk, segment, "contact.consent_advertising", "yes")
    assert names(segment) == {"Eve Ray"}
    put(desk, segment, "contact.consent_personal_data", "yes")
    assert names(segment) == set()


def test_a_companys_own_number_is_compared_as_a_number(russian_desk: Desk) -> None:
    russian_desk.role = "marketer"
    for name, machines in (("Малый", 9), ("Большой", 120)):
        russian_desk.company(name, **{"custom.fleet_size": machines})
    segment = begin(russian_desk, of="company")
    put(russian_desk, segment, "company.custom_fleet_size", "at_least", "40")
    assert names(segment) == {"Большой"}


def test_deals_and_calls_are_asked(desk: Desk) -> None:
    desk.role = "sales-manager"
    people(desk)
    company = desk.company("Buyer")
    contact = desk.contact("Fay", "Moss", company=company)
    desk.deal(company=company, contact=contact, amount=Decimal(5000))
    desk.do("call.log", contact, outcome="reached")
    desk.role = "marketer"
    segment = begin(desk)
    put(desk, segment, "deal.open", "yes")
    assert names(segment) == {"Fay Moss"}
    put(desk, segment, "deal.amount", "at_least", "4 900")
    put(desk, segment, "contact.spoken", "within", "3")
    assert names(segment) == {"Fay Moss"}
    put(desk, segment, "deal.won", "yes")
    assert names(segment) == set()


def test_leads_are_asked_by_state_and_budget(desk: Desk) -> None:
    desk.role = "sales-manager"
    desk.lead("Rich", budget=Decimal(90000))
    desk.lead("Poor", budget=Decimal(10))
    desk.role = "marketer"
    segment = begin(desk, of="lead")
    put(desk, segment, "lead.status", asked="new")
    put(desk, segment, "lead.budget", "at_least", "1000.50")
    assert names(segment) == {"Rich"}


@pytest.mark.parametrize(
    ("field", "operator", "asked"),
    [
        ("at.industry", "any_of", "no-such-industry"),
        ("at.industry", "any_of", ""),
        ("at.industry", "at_least", "3"),
        ("contact.added", "within", "soon"),
        ("contact.added", "within", "-3"),
        ("contact.position", "contains", ""),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_refused(
    desk: Desk, field: str, operator: str, asked: str
) -> None:
    segment = begin(desk)
    values = {"choices": asked or None, "value": asked or None}
    said = {"field": field, "operator": operator}
    assert refused(desk, "segment.add_condition", segment, **said, **values) == "wrong_value"
    assert desk.send("segment.add_condition", segment, **said, choices=asked, value=asked)


def test_a_segment_asks_only_the_fields_of_its_kind(desk: Desk) -> None:
    segment = begin(desk, of="company")
    said = {"field": "contact.role", "operator": "any_of", "choices": "decision-maker"}
    assert refused(desk, "segment.add_condition", segment, **said) == "unknown_field"


def test_a_fixed_list_stands_fast_and_takes_members_by_hand(desk: Desk) -> None:
    people(desk)
    segment = begin(desk)
    put(desk, segment, "at.industry", asked="law")
    done = desk.do("segment.fix", segment)
    assert done.event.values["count"] == 2
    late = desk.contact("Gus", "Low")
    assert names(segment) == {"Ann Lee", "Ben Lee"}
    said = {"field": "contact.role", "operator": "any_of", "choices": "decision-maker"}
    assert refused(desk, "segment.add_condition", segment, **said) == "fixed"
    desk.do("segment.add_member", late, segment=segment)
    assert refused(desk, "segment.add_member", late, segment=segment) == "member_here"
    assert names(segment) == {"Ann Lee", "Ben Lee", "Gus Low"}
    desk.do("segment_member.remove", segment.members[0])
    assert len(names(segment)) == segment.size == 2


def test_a_condition_of_a_card_kept_by_hand_is_no_place_for_other_kinds(desk: Desk) -> None:
    segment = begin(desk)
    assert refused(desk, "segment.add_member", desk.contact(), segment=segment) == "not_fixed"
    desk.do("segment.fix", segment)
    assert refused(desk, "segment.add_member", desk.company(), segment=segment) == "other_kind"


def test_brackets_go_with_all_that_is_in_them_and_come_back_by_undo(desk: Desk) -> None:
    people(desk)
    segment = begin(desk)
    desk.do("segment.add_group", segment, match="any")
    db.session.expire_all()
    brackets = segment.parts[-1]
    put(desk, brackets, "at.industry", asked="law")
    before = images(db.session.get_one(Space, desk.space.id))["segment_parts"]
    done = desk.do("segment_part.remove", brackets)
    db.session.expire_all()
    assert segment.parts == []
    with unit_of_work():
        undo([done.event], by=desk.me, at=desk.now)
    assert images(db.session.get_one(Space, desk.space.id))["segment_parts"] == before
    assert names(segment) == {"Ann Lee", "Ben Lee"}


def test_whoever_may_not_market_builds_no_segment(desk: Desk) -> None:
    desk.role = "sales-manager"
    with pytest.raises(Refused) as refusal:
        begin(desk)
    assert refusal.value.code == "not_allowed"
