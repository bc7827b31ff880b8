"""The pages of segments, as a marketer reads them."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup

from sandbox.crm.marketing.segments.models import Segment
from sandbox.extensions import db
from tests.crm.marketing.test_segments import begin, people, put
from tests.crm.test_pages import Look, opened, words
from tests.factories.crm import Desk
from tests.pages import faults_of_fragment

MOST_ON_A_LIST, MOST_ON_A_RECORD = 10, 15


def law_firms(desk: Desk) -> Segment:
    segment = begin(desk)
    put(desk, segment, "at.industry", asked="law")
    desk.do("segment.add_group", segment, match="any")
    db.session.expire_all()
    brackets = segment.parts[-1]
    put(desk, brackets, "contact.role", asked="decision-maker")
    put(desk, brackets, "contact.tag", asked="tender")
    return segment


def test_a_list_of_segments_asks_as_often_for_many_as_for_few(
    tanyas_desk: Desk, look: Look, asked: list[str]
) -> None:
    people(tanyas_desk)
    for _ in range(2):
        law_firms(tanyas_desk)
    asked.clear()
    look("segments")
    few = len(asked)
    for _ in range(6):
        law_firms(tanyas_desk)
    begin(tanyas_desk, of="company"), begin(tanyas_desk, of="lead")
    fixed = begin(tanyas_desk)
    tanyas_desk.do("segment.fix", fixed)
    asked.clear()
    look("segments")
    assert len(asked) == few <= MOST_ON_A_LIST, "\n".join(asked)


def test_the_page_of_a_segment_counts_everything_with_few_questions(
    tanyas_desk: Desk, look: Look, asked: list[str]
) -> None:
    people(tanyas_desk)
    segment = law_firms(tanyas_desk)
    n = segment.n
    db.session.expire_all()
    asked.clear()
    page = look(f"segments/{n}")
    assert len(asked) <= MOST_ON_A_RECORD, "\n".join(asked)
    said = words(page)
    assert "1 contact" in said and "With “and”: 1 contact. With “or” it would be 3 contacts." in said
    assert [one.get_text(strip=True) for one in page.select("#sentence .joint")] == ["and", "or"]


def test_what_is_asked_for_is_told_apart_from_the_conditions(tanyas_desk: Desk, look: Look) -> None:
    segment = begin(tanyas_desk)
    put(tanyas_desk, segment, "at.industry", asked="law,education,healthcare")
    said = words(look(f"segments/{segment.n}").select("#sentence")[0])
    assert "is Clinics and dentists, Schools and colleges or Law offices" in said


def test_the_members_are_looked_at_page_by_page(tanyas_desk: Desk, look: Look) -> None:
    people(tanyas_desk)
    segment = law_firms(tanyas_desk)
    page = look(f"segments/{segment.n}/members")
    assert len(opened(page)) == 1 and "Ann Lee" in words(page)


def test_a_condition_that_is_being_written_is_counted_before_it_is_saved(
    tanyas_desk: Desk, look: Look, sign_in: Any
) -> None:
    people(tanyas_desk)
    segment = begin(tanyas_desk)
    put(tanyas_desk, segment, "at.industry", asked="law")
    n, space = segment.n, tanyas_desk.space.id
    tanya = sign_in("tanya")
    asks = "field=contact.role&operator=any_of&choices=decision-maker"
    said = tanya.get(f"/s/{space}/segments/{n}/count?{asks}").get_data(as_text=True)
    assert "1 contact" in said and "2 contacts" in said
    nothing = tanya.get(f"/s/{space}/segments/{n}/count?field=contact.role&operator=any_of")
    assert nothing.status_code == 200 and "1 contact" not in nothing.get_data(as_text=True)
    part = segment.parts[0].n
    turned = f"field=at.industry&operator=none_of&choices=law&part={part}"
    assert "1 contact" in tanya.get(f"/s/{space}/segments/{n}/count?{turned}").get_data(as_text=True)
    db.session.expire_all()
    assert len(segment.parts) == 1


def test_the_dialog_of_a_condition_asks_for_the_field_and_then_for_its_values(
    tanyas_desk: Desk, look: Look, sign_in: Any
) -> None:
    segment, space = begin(tanyas_desk), tanyas_desk.space.id
    tanya = sign_in("tanya")
    where = f"/s/{space}/segments/{segment.n}/add-condition"
    first = look(f"segments/{segment.n}/add-condition")
    assert first.select_one('button[name=field][value="at.industry"]')
    second = look(f"segments/{segment.n}/add-condition?field=at.industry")
    assert len(second.select("input[name=choices]")) == 9
    assert second.select_one('input[type=hidden][name=field][value="at.industry"]')
    wrong = tanya.post_htmx(where, data={"field": "at.industry", "operator": "any_of"})
    part = BeautifulSoup(wrong.get_data(as_text=True), "html.parser")
    assert wrong.status_code == 422 and "Tick at least one." in words(part)
    assert not faults_of_fragment(part)
    done = tanya.post(
        where, data={"field": "at.industry", "operator": "any_of", "choices": ["law", "retail"]}
    )
    assert done.status_code == 303
    assert "Law offices or Retail" in words(look(f"segments/{segment.n}"))
