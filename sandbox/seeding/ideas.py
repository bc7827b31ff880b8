"""What a deal is about: a title by the firm's products, and a sum that one believes at its stage."""

from dataclasses import dataclass
from decimal import Decimal

from sandbox.seeding.chance import Chance
from sandbox.spaces.company_parts import Product, Stage

_COARSE = 5


@dataclass(frozen=True)
class DealIdea:
    """A product, the title of a deal about it, its sum, and for how many pieces (None: not counted)."""

    product: Product
    title: str
    amount: Decimal
    count: int | None


def compose_deal(chance: Chance, stage: Stage, product: Product | None = None) -> DealIdea:
    """An idea of a deal; the surer the stage, the smaller and the more exact the sum.

    Large deals are rarely won: the sum is drawn from the product's range with its peak near the top for
    early and lost stages, near the bottom for won ones.
    """
    chosen = product or chance.weighted(chance.company.products, _popularity(len(chance.company.products)))
    deals = chosen.deals
    count = _count(chance, *deals.count) if deals.count else None
    title = chance.pick(deals.titles).replace("{count}", str(count))
    low, high = deals.amount
    surety = float(stage.probability) / 100 if stage.type != "lost" else 0.1
    share = Decimal(repr(chance.random.triangular(0, 1, 0.6 - 0.5 * surety)))
    exact = (low + (high - low) * share) * (count or 1)
    # The first guess at a sum is a round one.
    step = deals.step * (_COARSE if stage.type == "open" and surety <= 0.1 else 1)
    amount = max(step, (exact / step).quantize(Decimal(1)) * step)
    return DealIdea(chosen, title, amount.quantize(Decimal("0.01")), count)


def _popularity(products: int) -> list[float]:
    """The first products of the file sell best."""
    return [1 / (place + 1.5) for place in range(products)]


def _count(chance: Chance, low: int, high: int) -> int:
    """Mostly few pieces; in Russian only numbers after which the plural of many stands: «на 40 машин»."""
    numbers = [number for number in range(low, high + 1) if chance.language != "ru" or _many(number)]
    place = int(len(numbers) * chance.random.triangular(0, 1, 0.2))
    return numbers[min(place, len(numbers) - 1)] if numbers else high


def _many(number: int) -> bool:
    return number % 10 in (0, 5, 6, 7, 8, 9) or number % 100 in (11, 12, 13, 14)
