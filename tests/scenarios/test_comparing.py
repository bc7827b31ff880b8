"""Values are compared as a careful person would, whatever the data."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.scenarios import KINDS, RecordKey, wrong_values
from sandbox.scenarios.comparisons import COMPARISONS, Equals
from sandbox.scenarios.times import point, read_moment, read_span
from sandbox.scenarios.values import Text
from tests.scenarios.talk import NOW

WORDS = st.text(min_size=1, max_size=30)
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
VALUES = {
    "text": WORDS,
    "longtext": WORDS,
    "money": AMOUNTS,
    "number": AMOUNTS,
    "date": st.dates(date(2000, 1, 1), date(2099, 1, 1)),
    "datetime": TIMES,
    "choice": st.sampled_from(["new", "offer", "won"]),
    "reference": st.builds(RecordKey, st.sampled_from(["deal", "lead"]), st.integers(1, 9)),
    "phone": st.integers(9_000_000_000, 9_999_999_999).map(lambda number: f"+7{number}"),
    "email": st.emails(),
    "bool": st.booleans(),
}
ANY_VALUE = st.sampled_from(sorted(VALUES)).flatmap(
    lambda kind: st.tuples(st.just(kind), VALUES[kind], VALUES[kind])
)


def holds(word: str, value: object, *args: object, kind: str = "text") -> bool:
    """Whether a comparison holds of a value."""
    cls = {**COMPARISONS, "equals": Equals}[word]
    return cls(args).holds(value, args, KINDS[kind], NOW)


@given(ANY_VALUE)
def test_every_value_equals_itself_and_never_its_not(drawn: tuple[str, object, object]) -> None:
    kind, value, other = drawn
    assert holds("equals", value, value, kind=kind)
    assert holds("equals", value, other, kind=kind) is holds("equals", other, value, kind=kind)
    assert holds("not", value, other, kind=kind) is not holds("equals", value, other, kind=kind)
    assert holds("one_of", value, other, value, kind=kind)


@given(ANY_VALUE)
def test_a_wrong_value_is_really_wrong_and_of_the_same_sort(drawn: tuple[str, object, object]) -> None:
    kind, value, twin = drawn
    choices = ("new", "offer", "won") if kind == "choice" else ()
    found = wrong_values(kind, value, choices, (twin,))
    assert value not in found
    assert len(found) == len(set(map(str, found)))
    if twin != value and kind != "bool":
        assert found[0] == twin, "the planted twin comes first"
    if kind not in ("reference",):
        assert found


@given(WORDS, st.sampled_from([str.upper, str.lower, lambda words: f"  {words} ", lambda words: words]))
def test_a_text_is_the_same_whatever_the_hand_varies(words: str, vary) -> None:
    varied = vary(words)
    if varied.casefold().split() == words.casefold().split():
        assert holds("equals", varied, words)


def test_yo_and_spaces_and_case_do_not_matter() -> None:
    assert holds("equals", "Пётр   СЁМИН ", "петр семин")
    assert not holds("equals", "Пётр Сёмин", "Пётр Семёнов")
    assert holds("contains", "Просит СЧЁТ на 40 карт", "счет", "цен")
    assert not holds("contains", "Просит", "счет")


def test_a_text_told_in_two_languages_is_met_in_either() -> None:
    both = Text("Send the price", "Отправить цену")
    assert holds("equals", "отправить цену", both)
    assert holds("equals", "Send the Price", both)
    assert not holds("equals", "Send", both)


@pytest.mark.parametrize("written", ["8 (912) 345-67-89", "+7 912 345 67 89", "89123456789", "79123456789"])
def test_a_telephone_is_the_same_however_it_is_written(written: str) -> None:
    assert holds("equals", written, "+79123456789", kind="phone")


def test_money_is_a_value_and_not_its_spelling() -> None:
    assert holds("equals", Decimal("1500.00"), Decimal(1500), kind="money")
    assert not holds("equals", None, Decimal(0), kind="money")
    assert holds("between", Decimal(10), Decimal(10), Decimal(20), kind="money")
    assert not holds("between", Decimal("20.01"), Decimal(10), Decimal(20), kind="money")
    assert holds("at_least", 5, 5, kind="number")
    assert holds("at_most", 5, 5, kind="number")
    assert not holds("at_most", None, 5, kind="number")


@given(TIMES, TIMES)
def test_of_two_times_one_is_before_or_after_or_they_are_one(left: datetime, right: datetime) -> None:
    before = holds("before", left, right, kind="datetime")
    after = holds("after", left, right, kind="datetime")
    assert before + after + (left == right) == 1


def test_a_day_is_read_in_the_companys_zone() -> None:
    late = datetime(2026, 5, 5, 21, 30, tzinfo=UTC)  # already the 6th in Moscow
    assert holds("equals", late, date(2026, 5, 6), kind="datetime")
    assert holds("after", late, date(2026, 5, 5), kind="datetime")
    assert not holds("before", late, date(2026, 5, 6), kind="datetime")


def test_today_is_neither_before_nor_after_today() -> None:
    for word in ("before", "after"):
        assert not holds(word, NOW, NOW.date(), kind="datetime")
        assert not holds(word, None, NOW.date(), kind="datetime")


def test_within_takes_today_and_the_last_day_and_nothing_past() -> None:
    week = read_span("7 days")
    day = timedelta(days=1)
    assert holds("within", NOW.date(), week, kind="date")
    assert holds("within", NOW - timedelta(hours=1), week, kind="datetime"), "an hour later it still holds"
    assert holds("within", NOW + 7 * day + timedelta(hours=9), week, kind="datetime")
    assert not holds("within", NOW + 8 * day, week, kind="datetime")
    assert not holds("within", NOW.date() - day, week, kind="date")
    assert not holds("within", None, week, kind="date")


def test_filled_means_something_is_written() -> None:
    assert holds("filled", "x", True)
    assert not holds("filled", "  ", True)
    assert holds("filled", None, False)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("today", "2026-05-05T10:00"),
        ("tomorrow", "2026-05-06T10:00"),
        ("yesterday", "2026-05-04T10:00"),
        ("in 3 days", "2026-05-08T10:00"),
        ("2 hours ago", "2026-05-05T08:00"),
        ("in 1 month", "2026-06-05T10:00"),
        ("3 weeks ago at 9:30", "2026-04-14T09:30"),
        ("tomorrow at 15:00", "2026-05-06T15:00"),
        ("now", "2026-05-05T10:00"),
    ],
)
def test_times_are_told_from_the_spaces_now(words: str, expected: str) -> None:
    moment = read_moment(words)
    assert moment
    assert point(moment, NOW).isoformat("T", "minutes").startswith(expected)


@pytest.mark.parametrize("words", ["soon", "in days", "tomorrow at 25:00", "in 3 years", "-1 days ago", ""])
def test_words_that_are_no_time_are_none(words: str) -> None:
    assert read_moment(words) is None


def test_a_month_after_the_31st_is_the_months_last_day() -> None:
    moment = read_moment("in 1 month")
    assert moment
    assert point(moment, NOW.replace(month=1, day=31)).date() == date(2026, 2, 28)
