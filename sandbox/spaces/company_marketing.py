"""What a company says of its letters: templates, segments, suppressions, and mailings of its past."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from sandbox.scenarios.faults import nearest
from sandbox.spaces.company_faults import Finding
from sandbox.spaces.company_parts import Code, Line, Part

if TYPE_CHECKING:
    from sandbox.spaces.company import CompanyFile

Match = Literal["all", "any"]
Days = Annotated[int, Field(ge=1, le=3650, strict=True)]


class LetterTemplate(Part):
    """A template of messages; the cards fill `{{ contact.first_name }}` and the like."""

    code: Code
    name: Line
    subject: Line
    body: Annotated[str, StringConstraints(min_length=1, max_length=20000)]
    tested: bool = True


class SegmentCondition(Part):
    """A condition of a segment, or a group of conditions in brackets with a `match` of its own."""

    field: Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z0-9_]+$", max_length=80)] | None = None
    operator: Code | None = None
    values: list[str] = []
    match: Match | None = None
    conditions: list[SegmentCondition] = []


class PastSegment(Part):
    """A segment that a space begins with; `members` of a fixed one are drawn, so many in a small space."""

    code: Code
    name: Line
    of: Literal["contact", "company", "lead"] = "contact"
    match: Match = "all"
    note: Line | None = None
    conditions: list[SegmentCondition] = []
    members: Annotated[int, Field(ge=0, le=5000, strict=True)] = 0


class PastSuppression(Part):
    """An address or a domain that no mailing goes to."""

    value: Line
    reason: Literal["competitor", "complaint", "partner", "staff", "other"]
    note: Line | None = None


class PastMailing(Part):
    """A mailing to fixed segments that went out so many days ago; without `days_ago` it is still a draft.

    `returns_open`: the letters that came back were not looked at yet.
    """

    name: Line
    template: Code
    segments: Annotated[list[Code], Field(min_length=1, max_length=5)]
    days_ago: Days | None = None
    returns_open: bool = False


class Marketing(Part):
    """What a space has of letters when it begins."""

    templates: Annotated[list[LetterTemplate], Field(max_length=40)] = []
    segments: Annotated[list[PastSegment], Field(max_length=40)] = []
    suppressions: Annotated[list[PastSuppression], Field(max_length=200)] = []
    mailings: Annotated[list[PastMailing], Field(max_length=40)] = []


def check_marketing(company: CompanyFile) -> Iterator[Finding]:
    """What the letters of a company must agree on with each other."""
    said = company.marketing
    codes = {
        "templates": [one.code for one in said.templates],
        "segments": [one.code for one in said.segments],
    }
    for name, found in codes.items():
        for place, code in enumerate(found):
            if code in found[:place]:
                yield ("marketing", name, place), f'the code "{code}" stands here twice', None
    fixed = {one.code for one in said.segments if one.members}
    for place, mailing in enumerate(said.mailings):
        loc: Any = ("marketing", "mailings", place)
        if mailing.template not in codes["templates"]:
            near = nearest(mailing.template, codes["templates"])
            yield (*loc, "template"), f'there is no template "{mailing.template}"', near
        for number, code in enumerate(mailing.segments):
            if code not in codes["segments"]:
                near = nearest(code, codes["segments"])
                yield (*loc, "segments", number), f'there is no segment "{code}"', near
            elif mailing.days_ago is not None and code not in fixed:
                yield (*loc, "segments", number), "a mailing of the past goes to fixed segments", None
