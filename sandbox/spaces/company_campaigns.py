"""What a company says of its campaigns: their types, what they cost money for, and how leads are credited."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sandbox.spaces.company_parts import Entry, Part

Touch = Literal["first", "last"]


class Campaigns(Part):
    """Lists for campaigns; `attribution` says whether the first or the last touch of a lead is credited.

    The `kind` of a type is the medium that stands in its links, such as `email`.
    """

    types: Annotated[list[Entry], Field(max_length=40)] = []
    costs: Annotated[list[Entry], Field(max_length=40)] = []
    attribution: Touch = "first"
