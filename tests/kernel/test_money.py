from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.kernel.money import BadMoney, from_minor, parse_money, round_money, to_minor


@pytest.mark.parametrize(
    "text, amount",
    [
        ("612 000,50", "612000.50"),
        ("48,600.00", "48600.00"),
        ("$48,600", "48600.00"),
        ("1.234,56", "1234.56"),
        ("1,234,567", "1234567.00"),
        ("612\u00a0000\u202f₽".replace("\u202f", " "), "612000.00"),
        ("12 000.5 руб.", "12000.50"),
        ("0,5", "0.50"),
        ("−5", "-5.00"),
        ("1'000.00", "1000.00"),
        ("7", "7.00"),
        ("0.500", "0.50"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, amount):
    assert parse_money(text) == Decimal(amount)
    assert parse_money(text).as_tuple().exponent == -2


@pytest.mark.parametrize(
    "text, rule",
    [
        ("", "empty"),
        ("₽", "empty"),
        ("abc", "not_a_number"),
        ("1e5", "not_a_number"),
        ("--5", "not_a_number"),
        ("NaN", "not_a_number"),
        ("1 2", "grouping"),
        ("1,23,456", "grouping"),
        ("1.2,3.4", "grouping"),
        ("0,005", "too_precise"),
        ("9" * 20, "too_large"),
    ],
)
def test_what_is_no_amount_names_its_fault(text, rule):
    with pytest.raises(BadMoney) as fault:
        parse_money(text)
    assert fault.value.rule == rule


def test_a_currency_without_minor_units_takes_none():
    assert parse_money("48,600", places=0) == Decimal(48600)


def test_halves_go_away_from_zero():
    assert round_money(Decimal("0.125")) == Decimal("0.13")
    assert round_money(Decimal("-0.125")) == Decimal("-0.13")


def test_an_amount_finer_than_a_kopeck_has_no_minor_units():
    with pytest.raises(ValueError):
        to_minor(Decimal("0.001"))


@given(st.integers(min_value=1 - 10**14, max_value=10**14 - 1))
def test_minor_units_go_there_and_back(units):
    assert to_minor(from_minor(units)) == units
    assert to_minor(parse_money(str(from_minor(units)))) == units
