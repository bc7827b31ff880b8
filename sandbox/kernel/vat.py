"""The sum of a line, and the value-added or sales tax in it.

The rounding rule, here and nowhere else: a line is price × quantity less its discounts, rounded once to the
minor unit, halves away from zero; its tax is rounded in the same way; a document adds up its rounded lines.
So every line can be checked by hand, and what is printed adds up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sandbox.kernel.money import round_money

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Sum:
    """What something costs: without tax, the tax, and with it."""

    net: Decimal
    vat: Decimal
    total: Decimal

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.net + other.net, self.vat + other.vat, self.total + other.total)


NOTHING = Sum(Decimal(0), Decimal(0), Decimal(0))


def line_sum(price: Decimal, quantity: int, off: Iterable[Decimal], rate: Decimal, *, included: bool) -> Sum:
    """A line at `price` for one; `off` are discounts in per cent, one after another; `rate` is in per cent.

    With `included` the price holds the tax already: it is the share rate / (100 + rate) of the sum. Without,
    it comes on top.
    """
    amount = round_money(price * quantity * left_after(off))
    if included:
        vat = round_money(amount * rate / (HUNDRED + rate))
        return Sum(amount - vat, vat, amount)
    vat = round_money(amount * rate / HUNDRED)
    return Sum(amount, vat, amount + vat)


def left_after(off: Iterable[Decimal]) -> Decimal:
    """What share is left after discounts in per cent, one after another: 10 and 10 leave 0.81."""
    left = Decimal(1)
    for percent in off:
        left *= 1 - percent / HUNDRED
    return left
