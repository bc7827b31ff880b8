import pytest

from sandbox.kernel.fold import search_key
from sandbox.kernel.phones import e164, phone_fault, pretty, search_needles


@pytest.mark.parametrize(
    "text",
    [
        "8 (900) 000-12-34",
        "+7 900 000 12 34",
        "79000001234",
        "9000001234",
        "8-900-000-12-34",
        "+7(900)0001234",
    ],
)
def test_every_spelling_of_a_russian_phone_is_one_number(text):
    assert e164(text, "RU") == "+79000001234"


@pytest.mark.parametrize("text", ["(202) 555-0143", "202.555.0143", "+1 202 555 0143", "1-202-555-0143"])
def test_every_spelling_of_an_american_phone_is_one_number(text):
    assert e164(text, "us") == "+12025550143"


@pytest.mark.parametrize(
    "text, region, fault",
    [
        ("", "RU", "empty"),
        ("позвоню сам", "RU", "not_a_number"),
        ("555-0143", "US", "short"),
        ("900", "RU", "short"),
        ("+999 12345678", "US", "country"),
        ("8 900 000 12 34 56 78 90", "RU", "long"),
    ],
)
def test_what_is_no_phone_names_its_fault(text, region, fault):
    assert e164(text, region) is None
    assert phone_fault(text, region) == fault


def test_phones_are_shown_as_people_read_them():
    assert pretty("+79000001234") == "+7 900 000-12-34"
    assert pretty("+12025550143") == "+1 (202) 555-0143"
    assert pretty("reception") == "reception"
    assert pretty(None) == ""


def is_found(query: str, key: str) -> bool:
    return any(all(needle in key for needle in way) for way in search_needles(query, "RU"))


@pytest.mark.parametrize("query", ["8 (900) 000-12-34", "900 000", "0001234", "+7 900", "8 900 000 1"])
def test_a_phone_is_found_in_any_spelling_even_half_typed(query):
    key = search_key("Жанна Ложкина", "+79000001234")
    assert is_found(query, key)


def test_a_name_with_a_number_is_not_taken_for_a_phone():
    assert search_needles("Лесопромтранс-7000", "RU") == [("лесопромтранс-7000",)]
    assert search_needles("  ", "RU") == []


@pytest.mark.parametrize("query", ["дарья алекс", "Алексеева Дарья", "дарья 97700067", "«Подорожник» Дарья"])
def test_words_are_found_in_any_order_and_with_others_between(query):
    assert is_found(query, search_key("Дарья Денисовна Алексеева", "+79770006700", "АО «Подорожник»"))


@pytest.mark.parametrize("query", ["дарья иванова", "6700 977", "дарья 123"])
def test_all_words_must_be_there_and_figures_stay_together(query):
    assert not is_found(query, search_key("Дарья Денисовна Алексеева", "+79770006700"))
