"""When a lead may be passed from marketing to sales, and how soon sales answers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from sandbox.spaces.company_faults import Finding
from sandbox.spaces.company_parts import Amount, Entry, Part

if TYPE_CHECKING:
    from sandbox.spaces.company import CompanyFile

LeadNeed = Literal["company_name", "phone", "email", "need", "budget", "source", "campaign"]


class Handover(Part):
    """The fit rule: what a lead must have; sales accepts or returns it within `answer_hours` of work."""

    needs: list[LeadNeed] = []
    least_budget: Amount | None = None
    answer_hours: Annotated[Decimal, Field(gt=0, le=240)] = Decimal(4)
    reasons: Annotated[list[Entry], Field(max_length=40)] = []


def check_handover(company: CompanyFile) -> Iterator[Finding]:
    """A code stands among the reasons once."""
    codes = [one.code for one in company.handover.reasons]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            yield ("handover", "reasons", place), f'the code "{code}" stands here twice', None
