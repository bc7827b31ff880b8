"""The papers of a company: their types, numbers, texts, and who must approve them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from sandbox.scenarios.faults import nearest
from sandbox.spaces.company_faults import Finding, Loc
from sandbox.spaces.company_parts import Amount, Code, FieldCode, Line, Part, Percent, Supply, Title

if TYPE_CHECKING:
    from sandbox.spaces.company import CompanyFile

DocumentKind = Literal["contract", "invoice", "closing", "letter"]
Days = Annotated[int, Field(ge=1, le=365, strict=True)]
_PARTS = ("n", "year")


class RouteStep(Part):
    """One step of a route: the job roles whose visas are asked for together; `above` an amount only."""

    roles: Annotated[list[Code], Field(min_length=1, max_length=6)]
    above: Amount | None = None


class Variant(Part):
    """One way in which papers of a type are made out; `taxed`: for sums with tax only, or without it only."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
    title: Title
    taxed: bool | None = None


class DocumentType(Part):
    """A type of paper: how it is numbered, what is written in it, and the way to its approval.

    `number` is a pattern such as `TK-{year}/{n:04}`; the count begins anew each year where it names the year.
    `template` has one paragraph a line, `#` for a heading, `{{ customer.name }}` for a detail of a card.
    """

    code: Code
    title: Title
    kind: DocumentKind
    number: Annotated[str, StringConstraints(min_length=3, max_length=40)]
    template: Annotated[str, StringConstraints(max_length=20_000)] | None = None
    months: Annotated[int, Field(ge=1, le=120, strict=True)] | None = None
    route: list[RouteStep] = []
    variants: Annotated[list[Variant], Field(max_length=12)] = []
    corrected_by: Code | None = None
    supply: Supply | None = None

    def numbered(self, n: int, year: int) -> str:
        """The number of the n-th paper of a year."""
        return self.number.format(n=n, year=year)

    @property
    def by_year(self) -> bool:
        """Whether the count begins anew each year."""
        return "{year" in self.number


class Power(Part):
    """Who may sign for the firm, on what basis; days count from the day of a space."""

    colleague: Code
    basis: Line
    from_days: Annotated[int, Field(ge=-5000, le=5000, strict=True)]
    until_days: Annotated[int, Field(ge=-5000, le=5000, strict=True)] | None = None


class Answer(Part):
    """Why a counterparty refuses to sign, or what it asks before it does."""

    code: Code
    kind: Literal["refusal", "question"]
    title: Title


class Exchange(Part):
    """The operator through whom closing documents go, and how counterparties answer, in per cent of them."""

    title: Title
    prefix: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2,6}$")]
    connected: FieldCode | None = None
    deliver_minutes: Annotated[int, Field(ge=1, le=10_000, strict=True)] = 15
    answer_minutes: Annotated[int, Field(ge=1, le=10_000, strict=True)] = 180
    refused: Percent = Decimal(10)
    questioned: Percent = Decimal(10)
    reasons: Annotated[list[Answer], Field(max_length=20)] = []


class Documents(Part):
    """Everything that the firm says of its papers."""

    types: Annotated[list[DocumentType], Field(max_length=40)] = []
    approval_days: Days = 2
    invoice_days: Days = 10
    vat_in_amounts: bool = True
    closing_within: FieldCode | None = None
    powers: Annotated[list[Power], Field(max_length=40)] = []
    exchange: Exchange | None = None
    renewal_days: Days = 30

    def type(self, code: str) -> DocumentType | None:
        """The type with this code."""
        return next((one for one in self.types if one.code == code), None)


def check_documents(company: CompanyFile) -> Iterator[Finding]:
    """What the papers of a company must agree on with the rest of its file."""
    yield from _exchange(company)
    seen: set[str] = set()
    for place, one in enumerate(company.documents.types):
        loc: Loc = ("documents", "types", place)
        if one.code in seen:
            yield loc, f'the code "{one.code}" stands here twice', None
        seen.add(one.code)
        yield from _number(one, loc)
        for number, step in enumerate(one.route):
            for index, role in enumerate(step.roles):
                if role not in company.roles:
                    here = (*loc, "route", number, "roles", index)
                    yield here, f'there is no job role "{role}"', nearest(role, company.roles)
                elif "approve" not in company.rights(role):
                    here = (*loc, "route", number, "roles", index)
                    yield here, f'the job role "{role}" has no right to approve', None


def _exchange(company: CompanyFile) -> Iterator[Finding]:
    """What closing documents and their exchange name elsewhere in the file."""
    known = [one.code for one in company.documents.types if one.kind == "closing"]
    for place, one in enumerate(company.documents.types):
        if one.corrected_by is not None and one.corrected_by not in known:
            loc: Loc = ("documents", "types", place, "corrected_by")
            yield loc, f'there is no closing document "{one.corrected_by}"', nearest(one.corrected_by, known)
    people = [one.code for one in company.people]
    for place, power in enumerate(company.documents.powers):
        loc = ("documents", "powers", place)
        if power.colleague not in people:
            yield (*loc, "colleague"), f'there is no colleague "{power.colleague}"', None
        if power.until_days is not None and power.until_days < power.from_days:
            yield (*loc, "until_days"), "ends before it begins", None
    within = company.documents.closing_within
    values = [value.code for value in company.rules.legal_values]
    if within is not None and within not in values:
        yield ("documents", "closing_within"), f'there is no legal value "{within}"', nearest(within, values)
    exchange = company.documents.exchange
    if exchange is None or exchange.connected is None:
        return
    fields = [field.code for field in company.fields_of("company") if field.type == "bool"]
    if exchange.connected not in fields:
        message = f'companies have no field "{exchange.connected}" of the type bool'
        yield ("documents", "exchange", "connected"), message, nearest(exchange.connected, fields)


def _number(one: DocumentType, loc: Loc) -> Iterator[Finding]:
    try:
        named = [
            part for _text, part, _spec, _conversion in Formatter().parse(one.number) if part is not None
        ]
        one.numbered(1, 2026)
    except (ValueError, KeyError, IndexError, AttributeError):
        yield (*loc, "number"), "a number is made of {n} and {year} only, such as TK-{year}/{n:04}", None
        return
    if "n" not in named or any(part not in _PARTS for part in named):
        yield (*loc, "number"), "a number holds {n}, and of other parts {year} only", None
