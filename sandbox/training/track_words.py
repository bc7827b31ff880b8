"""The words of `scenarios/tracks.yaml`, and what is wrong where a file does not keep to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from sandbox.scenarios.faults import Fault, ScenarioFaults, nearest
from sandbox.scenarios.source import Loc, Source
from sandbox.scenarios.words import Part, Slug, TextWords

Grade = Annotated[int, Field(ge=1, le=5, strict=True)]
ScenarioSlug = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z][a-z0-9-]*$", max_length=80)]
Scenarios = Annotated[list[ScenarioSlug], Field(min_length=1, max_length=50)]
Icon = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Flag = Annotated[bool, Field(strict=True)]


class ProcessWords(Part):
    """A business process, for coverage."""

    title: TextWords


class RoleWords(Part):
    """What an operation means to one job role: weight = frequency * consequence, each 1 to 5."""

    frequency: Grade
    consequence: Grade
    critical: Flag = False


class OperationWords(Part):
    """A daily task that a clearance is for."""

    title: TextWords
    process: Slug
    icon: Icon
    scenarios: Scenarios
    timed: Flag = True
    roles: Annotated[dict[Slug, RoleWords], Field(min_length=1)]


class TrackWords(Part):
    """Scenarios in order, for one job role."""

    title: TextWords
    role: Slug
    scenarios: Scenarios


class FileWords(Part):
    """The whole file."""

    processes: Annotated[dict[Slug, ProcessWords], Field(min_length=1)]
    operations: Annotated[dict[Slug, OperationWords], Field(min_length=1)]
    tracks: dict[Slug, TrackWords]


_PARTS: dict[str, type[BaseModel]] = {
    "processes": ProcessWords,
    "operations": OperationWords,
    "tracks": TrackWords,
    "roles": RoleWords,
}

_SENTENCES = {
    "list_type": "expected a list",
    "dict_type": "expected codes with words under them",
    "model_type": "expected words with values under it",
    "model_attributes_type": "expected words with values under it",
    "string_type": "expected words",
    "string_too_short": "expected words, found nothing",
    "string_too_long": "longer than {max_length} characters",
    "too_short": "expected at least {min_length}",
    "too_long": "more than {max_length} of them",
    "int_type": "expected a whole number",
    "bool_type": "expected true or false",
    "greater_than_equal": "expected {ge} or more",
    "less_than_equal": "expected {le} or less",
    "string_pattern_mismatch": "expected lower-case Latin letters, digits and hyphens, as in log-call",
}
_SCENARIO_SENTENCE = "expected the area and the name of a scenario, as in sales/log-a-call"


def read_words(source: Source) -> FileWords:
    """The file as its words; ScenarioFaults with everything that does not fit, each at its line."""
    try:
        return FileWords.model_validate(source.data)
    except ValidationError as found:
        raise ScenarioFaults(_faults(source, found)) from None


def _faults(source: Source, found: ValidationError) -> Iterator[Fault]:
    for error in found.errors(include_url=False):
        kind = error["type"]
        named = "[key]" in error["loc"] or kind == "extra_forbidden"
        loc: Loc = tuple(step for step in error["loc"] if step != "[key]")
        word = str(loc[-1]) if loc else source.name
        line, column = source.place(loc, key=named)
        if kind == "extra_forbidden":
            yield Fault(source.name, line, column, f'unknown word "{word}"', nearest(word, _known(loc[:-1])))
        elif kind == "missing":
            yield Fault(source.name, line, column, f'"{word}" is missing{_inside(loc[:-1])}')
        else:
            told = _SENTENCES.get(kind, "").format(**error.get("ctx", {})) or error["msg"]
            if loc and isinstance(loc[-1], int):  # only scenarios stand in lists
                word = str(error["input"])
                told = _SCENARIO_SENTENCE if kind == "string_pattern_mismatch" else told
            yield Fault(source.name, line, column, f'"{word}": {told}')


def _known(loc: Loc) -> list[str]:
    """The words that may stand at a place: those of the part around it, by the section it stands in."""
    if not loc:
        return list(FileWords.model_fields)
    part = TextWords if loc[-1] == "title" else _PARTS.get(str(loc[-2]) if len(loc) > 1 else "")
    return list(part.model_fields) if part else []


def _inside(loc: Loc) -> str:
    return f' in "{loc[-1]}"' if loc else ""
