import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.kernel.fold import (
    bare_name,
    core_name,
    digits,
    fold,
    near,
    nearness,
    needle,
    search_key,
    sort_key,
)


def test_case_spaces_and_yo_do_not_matter():
    assert fold("  Объединённая\u00a0 АВТОБАЗА ") == fold("объединенная автобаза") == "объединенная автобаза"


def test_a_decomposed_yo_is_still_ye_and_a_short_i_stays():
    assert fold("Е\u0308жик") == "ежик"
    assert fold("Край") == fold("Краи\u0306") == "край"


def test_typographic_apostrophes_are_one():
    assert fold("O’Neil") == fold("O'NEIL") == "o'neil"


def test_digits_keeps_only_digits():
    assert digits("8 (900) 000-12-34 доб. ٣") == "890000012343"
    assert digits(None) == ""


def test_a_search_key_finds_a_firm_without_its_quotes_and_a_phone_by_its_digits():
    key = search_key("ООО «Кедровый тракт»", "+7 900 000-12-34", None, "info@kedr.example")
    assert needle("ооо кедровый") in key
    assert "9000001234" in key
    assert "info@kedr.example" in key


def test_a_search_key_does_not_join_neighbours():
    assert "ivanpetr" not in search_key("Ivan", "Petr").replace(" ", "")
    assert "ivan petr" not in search_key("Ivan", "Petr")


def test_short_numbers_add_no_digits():
    assert search_key("Лесопромтранс-7") == "лесопромтранс-7"


@pytest.mark.parametrize(
    "one, other",
    [
        ("ООО «Кедровый тракт»", "АО Кедровый тракт"),
        ("Harrow Lane Clinics, Inc.", "Harrow Lane Clinic"),
        ("ООО «Берёзовая миля»", "ООО «Березовая миля»"),
        ("Tern & Tide Fisheries", "Tide and Tern Fisheries"),
    ],
)
def test_near_names_are_near(one, other):
    assert near(one, other)


@pytest.mark.parametrize(
    "one, other",
    [
        ("ООО «Кедровый тракт»", "ООО «Снежный экспресс»"),
        ("Harrow Lane Clinics", "Brightwater Schools"),
        ("", ""),
    ],
)
def test_strangers_are_not_near(one, other):
    assert not near(one, other)


def test_a_name_of_legal_form_alone_keeps_it():
    assert core_name("ООО") == "ооо"
    assert nearness("ООО", "ООО «Кедр»") < 1


def test_sorting_looks_past_form_and_quotes():
    names = ["ООО «Ямщик»", "АО «Ёлка»", "«Ель»"]
    assert sorted(names, key=sort_key) == ["АО «Ёлка»", "«Ель»", "ООО «Ямщик»"]


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_a_bare_name_keeps_sister_firms_apart() -> None:
    assert bare_name("ООО «Атлас»") == bare_name("атлас") == "атлас"
    assert bare_name("Atlas Group, LLC") == "atlas group" != bare_name("Atlas, Inc.")
    assert core_name("Atlas Group, LLC") == core_name("Atlas, Inc.")
