"""How the played firm deals with cases: their types and priorities, the clocks, and what is answered."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from sandbox.spaces.company_parts import Code, Entry, Part, Title


class CaseType(Part):
    """What a case is about, and the least priority that it has by the firm's rule."""

    code: Code
    title: Title
    priority: Code


class CasePriority(Part):
    """How urgent a case is: hours of work until it is answered, and until it is solved."""

    code: Code
    title: Title
    respond_hours: Annotated[Decimal, Field(gt=0, le=400)]
    resolve_hours: Annotated[Decimal, Field(gt=0, le=2000)]


class AnswerTemplate(Part):
    """An answer in the firm's language; {contact}, {number}, {subject} and {me} are filled in."""

    code: Code
    title: Title
    text: str


class CaseRules(Part):
    """Priorities from the lowest to the highest; a firm without types keeps no cases."""

    first_number: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    types: list[CaseType] = []
    priorities: list[CasePriority] = []
    results: list[Entry] = []
    templates: list[AnswerTemplate] = []

    def priority(self, code: str | None) -> CasePriority | None:
        """The priority with this code."""
        return next((one for one in self.priorities if one.code == code), None)

    def rank(self, code: str | None) -> int:
        """The place of a priority, the lowest first; -1 for an unknown one."""
        return next((place for place, one in enumerate(self.priorities) if one.code == code), -1)

    def least(self, type_: str) -> str:
        """The least priority of a type of case."""
        return next((one.priority for one in self.types if one.code == type_), "")

    def template(self, code: str | None) -> AnswerTemplate | None:
        """The template with this code."""
        return next((one for one in self.templates if one.code == code), None)
