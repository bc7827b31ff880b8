"""What a company says of its campaigns: types, costs, how leads are credited, and those of its past."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from sandbox.scenarios.faults import nearest
from sandbox.spaces.company_faults import Finding, Loc
from sandbox.spaces.company_parts import Amount, Code, Entry, Line, Part

if TYPE_CHECKING:
    from sandbox.spaces.company import CompanyFile

Touch = Literal["first", "last"]
Days = Annotated[int, Field(ge=-3650, le=3650, strict=True)]


class PastCost(Part):
    """Money spent on a campaign of the past, so many days from the day of a space."""

    kind: Code
    what: Line
    day: Annotated[int, Field(ge=-3650, le=0, strict=True)]
    amount: Annotated[Amount, Field(gt=0)]


class PastCampaign(Part):
    """A campaign that a space begins with; its days are counted from the day of the space.

    `source` is where its leads say they come from; `pull` how many of the leads of its time it brings,
    compared with the other campaigns that run then.
    """

    name: Line
    tag: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=60)]
    type: Code
    source: Code
    from_days: Days
    until_days: Days
    budget: Amount
    expected_cost: Amount
    expected_revenue: Amount
    goal: Line
    pull: Annotated[Decimal, Field(ge=0, le=10)] = Decimal(1)
    costs: list[PastCost] = []


class Campaigns(Part):
    """Lists for campaigns, and the campaigns that a space begins with.

    `attribution` says whether the first or the last touch of a lead is credited. The `kind` of a type is the
    medium that stands in its links, such as `email`; `margin`, in per cent, is what the firm keeps of a sale.
    """

    types: Annotated[list[Entry], Field(max_length=40)] = []
    costs: Annotated[list[Entry], Field(max_length=40)] = []
    attribution: Touch = "first"
    margin: Annotated[Decimal, Field(gt=0, le=100)] = Decimal(100)
    past: Annotated[list[PastCampaign], Field(max_length=60)] = []


def check_campaigns(company: CompanyFile) -> Iterator[Finding]:
    """What the campaigns of a company must agree on with the rest of its file."""
    said = company.campaigns
    types, kinds = ([one.code for one in entries] for entries in (said.types, said.costs))
    sources = company.codes("lead_sources")
    for name, codes in (("types", types), ("costs", kinds), ("past", [one.tag for one in said.past])):
        for place, code in enumerate(codes):
            if code in codes[:place]:
                yield ("campaigns", name, place), f'"{code}" stands here twice', None
    for place, one in enumerate(said.past):
        loc: Loc = ("campaigns", "past", place)
        yield from _known((*loc, "type"), one.type, "type of campaign", types)
        yield from _known((*loc, "source"), one.source, "lead source", sources)
        if one.until_days < one.from_days:
            yield (*loc, "until_days"), "ends before it begins", None
        for number, cost in enumerate(one.costs):
            yield from _known((*loc, "costs", number, "kind"), cost.kind, "kind of cost", kinds)


def _known(loc: Any, code: str, what: str, known: list[str]) -> Iterator[Finding]:
    if code not in known:
        yield loc, f'there is no {what} "{code}"', nearest(code, known)
