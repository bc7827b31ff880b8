"""The web forms that a space begins with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints

from sandbox.scenarios.faults import nearest
from sandbox.spaces.company_faults import Finding
from sandbox.spaces.company_parts import Code, Line, Part

if TYPE_CHECKING:
    from sandbox.spaces.company import CompanyFile

Asked = Literal["company_name", "inn", "phone", "email", "region", "product", "need"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class PastForm(Part):
    """A web form; `asks` says of each field whether it is `asked` or `needed`.

    `rules` name a colleague for each region or product; one that is not `published` may hold a mistake.
    """

    name: Line
    address: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
    intro: Words | None = None
    thanks: Words | None = None
    asks: dict[Asked, Literal["asked", "needed"]]
    personal_text: Code | None = None
    advertising_text: Code | None = None
    advertising_ticked: bool = False
    routing: Literal["fixed", "round_robin", "region", "product"] = "round_robin"
    routed_to: Code | None = None
    rules: dict[Code, Code] = {}
    campaign: Line | None = None
    published: bool = True
    day: Annotated[int, Field(ge=-3650, le=0, strict=True)] = -30


def check_web_forms(company: CompanyFile) -> Iterator[Finding]:
    """What the forms of a company must agree on with the rest of its file."""
    people = [one.code for one in company.people]
    texts = [one.code for one in company.consent_texts]
    tags = [one.tag for one in company.campaigns.past]
    for place, one in enumerate(company.web_forms):
        loc: Any = ("web_forms", place)
        named = (
            *(("rules", who, "colleague", people) for who in one.rules.values()),
            ("routed_to", one.routed_to, "colleague", people),
            ("personal_text", one.personal_text, "text of a consent", texts),
            ("advertising_text", one.advertising_text, "text of a consent", texts),
            ("campaign", one.campaign, "campaign", tags),
        )
        for word, code, what, known in named:
            if code is not None and code not in known:
                yield (*loc, word), f'there is no {what} "{code}"', nearest(code, known)
