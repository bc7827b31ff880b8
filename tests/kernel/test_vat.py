"""A line is rounded once, its tax in the same way, and a document adds up its lines."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sandbox.kernel.vat import NOTHING, Sum, line_sum

D = Decimal


@pytest.mark.parametrize(
    ("price", "quantity", "off", "rate", "included", "expected"),
    [
        ("42.50", 3, (), "5.75", False, ("127.50", "7.33", "134.83")),  # 7.33125
        ("350", 40, (), "22", True, ("11475.41", "2524.59", "14000.00")),  # 2524.5901…
        ("78.40", 1001, ("7.5",), "22", True, ("59502.07", "13090.45", "72592.52")),  # 78478.40 × 0.925
        ("0.05", 1, ("10",), "20", False, ("0.05", "0.01", "0.06")),  # 0.045 goes up to 0.05
        ("100", 1, ("10", "10"), "0", False, ("81.00", "0.00", "81.00")),
        ("100", 1, ("100",), "22", True, ("0.00", "0.00", "0.00")),
    ],
)
def test_a_line_with_its_tax(
    price: str, quantity: int, off: tuple[str, ...], rate: str, included: bool, expected: tuple[str, ...]
) -> None:
    found = line_sum(D(price), quantity, [D(one) for one in off], D(rate), included=included)
    assert found == Sum(*(D(one) for one in expected))
    assert found.net + found.vat == found.total


def test_lines_add_up_as_they_are_printed() -> None:
    one = line_sum(D("0.03"), 1, (), D(20), included=False)
    assert (one.vat, (one + one + one).vat) == (D("0.01"), D("0.03"))  # not 0.018 rounded to 0.02
    assert NOTHING + one == one
