"""Reads a company file and says what is wrong with it: file, line, a sentence, the nearest right word."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from ruamel.yaml.comments import CommentedMap

from sandbox.scenarios.faults import Fault, ScenarioFaults, nearest
from sandbox.scenarios.source import Source

Loc = tuple[str | int, ...]
Finding = tuple[Loc, str, str | None]
Model = TypeVar("Model", bound=BaseModel)

_SENTENCES = {
    "list_type": "expected a list",
    "dict_type": "expected words with values, as in {{code: value}}",
    "model_type": "expected words with values, as in {{en: …, ru: …}}",
    "string_type": "expected text; put it in quotation marks when it looks like a number or a date",
    "string_too_short": "expected text, found nothing",
    "string_too_long": "longer than {max_length} characters",
    "too_long": "more than {max_length} of them",
    "too_short": "expected at least {min_length}",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "decimal_type": "expected a number",
    "decimal_parsing": "expected a number",
    "decimal_max_places": "expected no more than {decimal_places} decimals",
    "date_from_datetime_parsing": "expected a date such as 2026-01-31",
    "date_type": "expected a date such as 2026-01-31",
    "time_parsing": 'expected a time such as "09:00"',
    "time_type": 'expected a time such as "09:00"',
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "greater_than": "expected more than {gt}",
    "greater_than_equal": "expected {ge} or more",
    "less_than": "expected less than {lt}",
    "less_than_equal": "expected {le} or less",
}
_PATTERNS = {
    "domain": 'expected an address that nobody owns, as in "finch-ledger.example"',
    "currency": "expected three capital letters, as in USD",
    "country": "expected two capital letters, as in US",
}
_CODE = "expected lower-case Latin letters, digits and hyphens, as in head-of-sales"


class CompanyFaults(Exception):
    """A company that cannot be played, with everything that is wrong in its file, by line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.column))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    @classmethod
    def at(
        cls, file: str, message: str, suggestion: str | None = None, *, word: str = "", text: str = ""
    ) -> "CompanyFaults":
        """One fault, at a word of the file's first level or at its first line."""
        line, column = _CompanySource(file, text).place((word,)) if text else (1, 1)
        return cls([Fault(file, line, column, message, suggestion)])

    @classmethod
    def unknown(cls, code: str, known: Sequence[str]) -> "CompanyFaults":
        """There is no such company; names those there are."""
        message = f'there is no company "{code}"; there are: {", ".join(known) or "none"}'
        return cls([Fault("seeds", 1, 1, message, nearest(code, known))])


class _CompanySource(Source):
    """The same careful reader as a scenario's, for a company."""

    def _parse(self, text: str) -> object:
        root = super()._parse(text)
        if not isinstance(root, CommentedMap):
            message = "expected a company: words such as code, name, people, pipelines"
            raise ScenarioFaults([Fault(self.name, 1, 1, message)])
        return root


def read(model: type[Model], name: str, text: str, check: Callable[[Model], Iterator[Finding]]) -> Model:
    """The checked model of a file's text; `check` finds what the words of the schema cannot say."""
    try:
        source = _CompanySource(name, text)
    except ScenarioFaults as faults:
        raise CompanyFaults(faults.faults) from None
    try:
        found = model.model_validate(source.data)
    except ValidationError as fault:
        raise CompanyFaults(_faults(model, source, fault)) from None
    findings = [
        Fault(name, *source.place(loc), _said(loc) + message, suggestion)
        for loc, message, suggestion in check(found)
    ]
    if findings:
        raise CompanyFaults(findings)
    return found


def _said(loc: Loc) -> str:
    """The place as its author would call it: `pipelines 1, stages 2, probability: `."""
    words: list[str] = []
    for step in loc:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return f"{', '.join(words)}: " if words else ""


def _faults(model: type[BaseModel], source: Source, found: ValidationError) -> Iterator[Fault]:
    for error in found.errors(include_url=False):
        key_fault = "[key]" in error["loc"]
        loc: Loc = tuple(step for step in error["loc"] if step != "[key]")
        kind, context = error["type"], error.get("ctx", {})
        word = str(loc[-1]) if loc else ""
        line, column = source.place(loc, key=kind == "extra_forbidden" or key_fault)
        suggestion = None
        if kind == "extra_forbidden":
            message = f'{_said(loc[:-1])}unknown word "{word}"'
            suggestion = nearest(word, _words(_annotation(model, loc[:-1])))
        elif kind == "missing":
            message = f'{_said(loc[:-1])}"{word}" is missing'
        elif kind == "literal_error":
            right = _literals(_annotation(model, loc)) or _quoted(str(context.get("expected", "")))
            message = f'{_said(loc)}"{error["input"]}" is not one of {", ".join(right)}'
            suggestion = nearest(str(error["input"]), right)
        elif kind == "string_pattern_mismatch":
            message = f'{_said(loc)}"{error["input"]}": {_PATTERNS.get(word, _CODE)}'
        else:
            told = _SENTENCES.get(kind, "").format(**context) or error["msg"]
            message = f"{_said(loc)}{told}"
        yield Fault(source.name, line, column, message, suggestion)


def _quoted(expected: str) -> list[str]:
    return [part.strip(" '") for part in expected.replace(" or ", ", ").split(",") if part.strip()]


def _annotation(model: type[BaseModel], loc: Loc) -> Any:
    """The type that the schema gives a place of the file."""
    found: Any = model
    for step in loc:
        inner = _models(found)
        field = next((one.model_fields[str(step)] for one in inner if str(step) in one.model_fields), None)
        if field is not None:
            found = field.annotation
    return found


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for arg in get_args(annotation) for found in _models(arg)]


def _words(annotation: Any) -> list[str]:
    return [word for model in _models(annotation) for word in model.model_fields]


def _literals(annotation: Any) -> list[str]:
    found: list[str] = []
    for arg in get_args(annotation):
        found.extend([arg] if isinstance(arg, str) else _literals(arg))
    return found
