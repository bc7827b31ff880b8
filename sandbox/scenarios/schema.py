"""Holds a file against its words; what does not fit becomes a sentence with a place and a suggestion."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from sandbox.scenarios.faults import Fault, ScenarioFaults, nearest
from sandbox.scenarios.naming import in_where
from sandbox.scenarios.source import Loc, Source
from sandbox.scenarios.words import ScenarioWords

_SENTENCES = {
    "list_type": "expected a list",
    "dict_type": "expected words with values, as in {{is: lead}}",
    "model_type": "expected words with values, as in {{en: …, ru: …}}",
    "string_type": "expected words",
    "string_too_short": "expected words, found nothing",
    "string_too_long": "longer than {max_length} characters",
    "too_long": "more than {max_length} of them",
    "too_short": "expected at least {min_length}",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "bool_type": "expected true or false",
    "greater_than_equal": "expected {ge} or more",
    "less_than_equal": "expected {le} or less",
    "string_pattern_mismatch": "expected lower-case Latin letters and digits, as in lead-to-deal or deal.win",
}


def read_words(source: Source) -> ScenarioWords:
    """The file as its words; ScenarioFaults with everything that does not fit."""
    try:
        return ScenarioWords.model_validate(source.data)
    except ValidationError as fault:
        raise ScenarioFaults(_faults(source, fault)) from None


def _faults(source: Source, found: ValidationError) -> Iterator[Fault]:
    for error in found.errors(include_url=False):
        loc: Loc = tuple(step for step in error["loc"] if step != "[key]")
        kind, context = error["type"], error.get("ctx", {})
        word, place = str(loc[-1]) if loc else "", in_where(loc[:-1])
        line, column = source.place(loc, key=kind == "extra_forbidden")
        suggestion = None
        if kind == "extra_forbidden":
            message, suggestion = f'unknown word "{word}"{place}', nearest(word, _known(loc[:-1]))
        elif kind == "missing":
            message = f'"{word}" is missing{place}'
        elif kind == "literal_error":
            choices = _literals(loc)
            message = f'"{error["input"]}" is no {word}{place}; expected {context["expected"]}'
            suggestion = nearest(str(error["input"]), choices)
        else:
            told = _SENTENCES.get(kind, "").format(**context) or error["msg"]
            message = f'"{word}"{place}: {told}'
        yield Fault(source.name, line, column, message, suggestion)


def _model_at(loc: Loc) -> type[BaseModel] | None:
    """The part of the schema that a place of the file belongs to."""
    model: type[BaseModel] | None = ScenarioWords
    for step in loc:
        if isinstance(step, int) or model is None:
            continue
        field = _field(model, step)
        if field is not None:
            model = _inner(field)
    return model


def _field(model: type[BaseModel], word: str) -> Any:
    for name, field in model.model_fields.items():
        if word in (name, field.alias):
            return field.annotation
    return None


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _inner(arg))), None)


def _known(loc: Loc) -> list[str]:
    model = _model_at(loc)
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _literals(loc: Loc) -> list[str]:
    model = _model_at(loc[:-1])
    annotation = _field(model, str(loc[-1])) if model else None
    return [str(word) for word in _flat(annotation)]


def _flat(annotation: Any) -> list[Any]:
    found: list[Any] = []
    for arg in get_args(annotation):
        found.extend([arg] if isinstance(arg, str) else _flat(arg))
    return found
