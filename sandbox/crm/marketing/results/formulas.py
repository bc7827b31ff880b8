"""The figures of a campaign's results, each with its formula and where it comes from.

Farris, Bendle, Pfeifer, Reibstein, *Marketing Metrics*, 2nd edition, 2010: cost per customer acquired and
return on marketing investment (ROMI). Opened letters and clicks are no result there, and none here.
"""

from __future__ import annotations

from decimal import Decimal

HUNDRED = Decimal(100)


def per_piece(cost: Decimal, pieces: int) -> Decimal | None:
    """What one of `pieces` (leads, won deals) cost, in the company's currency; None where there is none.

    Cost per lead = cost of the campaign / its leads.
    """
    return (cost / pieces).quantize(Decimal("0.01")) if pieces else None


def return_on_investment(won_sum: Decimal, cost: Decimal, margin: Decimal = HUNDRED) -> Decimal | None:
    """What came back of each unit of money spent, as a share: 0.25 is 25 % more than was spent.

    ROMI = (won sum × margin − cost) / cost, where the margin, in per cent, is what the company keeps of a
    sale. None where nothing was spent: there is nothing to return on.
    """
    return (won_sum * margin / HUNDRED - cost) / cost if cost else None


def share(part: int, whole: int) -> Decimal | None:
    """How many of the whole, as a share from 0 to 1; None of nothing."""
    return Decimal(part) / whole if whole else None
