"""Money, dates, phones and names as people read them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from sandbox.web.formatting import (
    avatar_colour,
    currency_sign,
    date_long,
    date_short,
    duration,
    initials,
    moment,
    money,
    money_short,
    number,
    percent,
    phone,
    typo,
    weekday,
)


@pytest.mark.usefixtures("english")
def test_english_money_has_its_sign_first_and_no_empty_cents() -> None:
    assert money(Decimal("48600")) == "$48,600"
    assert money(Decimal("48600.5")) == "$48,600.50"
    assert money(Decimal("-20")) == "-$20"
    assert money(None) == ""
    assert currency_sign() == "$"


@pytest.mark.usefixtures("russian")
def test_russian_money_has_thin_groups_and_its_sign_last() -> None:
    assert money(Decimal("7344000")) == "7\u202f344\u202f000\u00a0₽"
    assert money(Decimal("612000.5")) == "612\u202f000,50\u00a0₽"
    assert currency_sign() == "₽"


@pytest.mark.usefixtures("russian")
def test_another_currency_keeps_the_readers_habits() -> None:
    assert money(Decimal("48600"), "USD") == "48\u202f600\u00a0$"


@pytest.mark.usefixtures("english")
def test_english_dates_name_the_year_only_when_it_is_another() -> None:
    assert date_long(date(2026, 11, 27)) == "27\u00a0November"
    assert date_long(date(2027, 1, 3)) == "3\u00a0January\u00a02027"
    assert date_short(date(2026, 11, 9)) == "9\u00a0Nov"
    assert weekday(date(2026, 11, 27)) == "Fri,\u00a027\u00a0November"


@pytest.mark.usefixtures("russian")
def test_russian_months_are_declined_in_text_and_three_letters_in_columns() -> None:
    assert date_long(date(2026, 11, 12)) == "12\u00a0ноября"
    assert date_short(date(2026, 5, 9)) == "9\u00a0мая"
    assert date_short(date(2025, 11, 12)) == "12\u00a0ноя\u00a02025"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2026, 11, 12, 14, 12, tzinfo=UTC), "today, 09:12"),
        (datetime(2026, 11, 11, 21, 40, tzinfo=UTC), "yesterday, 16:40"),
        (datetime(2026, 11, 13, 15, 0, tzinfo=UTC), "tomorrow, 10:00"),
        (datetime(2026, 11, 9, 20, 30, tzinfo=UTC), "9\u00a0Nov, 15:30"),
    ],
)
def test_a_moment_is_told_by_the_companys_clock(when: datetime, words: str) -> None:
    assert moment(when) == words


@pytest.mark.usefixtures("russian")
def test_late_evening_in_utc_is_tomorrow_in_moscow() -> None:
    assert moment(datetime(2026, 11, 12, 21, 30, tzinfo=UTC)).endswith(", 00:30")
    assert date_short(datetime(2026, 11, 12, 21, 30, tzinfo=UTC)) == "13\u00a0ноя"


@pytest.mark.usefixtures("english")
def test_english_money_is_short_where_there_is_little_room() -> None:
    assert [money_short(one) for one in (62_410, 1_250_000, Decimal("712.40"))] == ["$62K", "$1.2M", "$712"]


@pytest.mark.usefixtures("russian")
def test_russian_money_is_short_where_there_is_little_room() -> None:
    assert money_short(765_154).replace("\u00a0", " ") == "765 тыс. ₽"


def test_a_duration_is_minutes_and_seconds() -> None:
    assert duration(440) == "7:20"
    assert duration(timedelta(hours=1, minutes=7, seconds=5)) == "1:07:05"
    assert duration(-5) == "−0:05"
    assert duration(None) == ""


@pytest.mark.usefixtures("english")
def test_english_numbers_and_shares() -> None:
    assert number(1284) == "1\u202f284".replace("\u202f", ",")
    assert percent(Decimal("0.825"), 1) == "82.5%"


@pytest.mark.usefixtures("russian")
def test_russian_numbers_and_shares() -> None:
    assert number(1284) == "1\u202f284"
    assert percent(Decimal("0.1")) == "10\u00a0%"


def test_a_phone_does_not_break_at_the_end_of_a_line() -> None:
    assert phone("+12025550143") == "+1\u00a0(202)\u00a0555\u20110143"
    assert phone(None) == ""


def test_initials_are_of_the_first_and_the_last_word() -> None:
    assert initials("Tanya Anna Morris") == "TM"
    assert initials("Вера") == "В"
    assert initials("") == ""


def test_an_avatar_keeps_its_colour() -> None:
    assert avatar_colour("Олег Рощин") == avatar_colour("Олег Рощин")
    assert {avatar_colour(f"Person {number}") for number in range(60)} == {
        f"avatar-{number}" for number in range(1, 7)
    }


@pytest.mark.usefixtures("russian")
def test_russian_short_words_dashes_and_units_do_not_part() -> None:
    assert typo("и в дом") == "и\u00a0в\u00a0дом"
    assert typo("Москва — столица") == "Москва\u00a0— столица"
    assert typo("скидка 10 %, через 4 мин") == "скидка 10\u00a0%, через 4\u00a0мин"
    assert typo("договор № 7") == "договор №\u00a07"


@pytest.mark.usefixtures("english")
def test_english_text_is_left_as_it_is() -> None:
    assert typo("a room with a view") == "a room with a view"


def test_outside_of_a_space_days_are_the_projects(app: Flask) -> None:
    with app.test_request_context("/"):
        assert date_short(datetime(2026, 3, 1, 22, tzinfo=UTC)).startswith("2"), (
            "it is March 2 in Moscow then"
        )
