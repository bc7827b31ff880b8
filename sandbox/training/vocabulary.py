"""What scenario files may speak of: made from the action registry, the models and a company file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Boolean, Date, Integer, Text, inspect
from sqlalchemy.orm import Mapper

from sandbox.columns import Money, Percent, UtcDateTime
from sandbox.ledger import registry
from sandbox.ledger.forms import DeclaredField, declared_fields
from sandbox.ledger.registry import Action as DeclaredAction
from sandbox.scenarios.vocabulary import Action, Field, RecordType
from sandbox.spaces import InSpace
from sandbox.spaces.company import CompanyFile
from sandbox.training import record_words

FAKES = ("company", "person", "first_name", "last_name", "phone", "email", "inn", "note", "deal_title")
# Columns that are the house's own, never a scenario's.
_HIDDEN = frozenset("id space_id version search_key sort_key custom deleted_at created_at changed_at".split())


@dataclass(frozen=True)
class CompanyVocabulary:
    """The Vocabulary protocol of scenarios for one company."""

    company: CompanyFile
    types: Mapping[str, RecordType]
    actions: Mapping[str, Action]
    roles: Collection[str]
    stages: Collection[str]
    pages: Collection[str]
    fakes: Collection[str] = field(default=FAKES)

    def label(self, code: str, language: str) -> str:
        """The word people read for `deal.amount`, `deal.stage=offer`, `call.log.outcome=reached`."""
        place, _, choice = code.partition("=")
        if choice:
            return self._choice(place, choice, language)
        if place in registry.actions:
            return str(registry[place].title)
        told = _labels().get(place)
        known = str(told) if told else record_words.record_word(place) or record_words.field_word(place)
        return self.company.word(place, language, known or place.rpartition(".")[2].replace("_", " "))

    def state(self, code: str, is_so: bool, language: str) -> str:
        """What people say of `activity.done` being so or not; empty for a field of the company's own."""
        return record_words.state_word(code, is_so) or ""

    def _choice(self, place: str, choice: str, language: str) -> str:
        if place.endswith("stage"):
            for pipeline in self.company.pipelines:
                for stage in pipeline.stages:
                    if stage.code == choice:
                        return stage.title.in_(language)
        dictionary = _dictionaries().get(place)
        if dictionary:
            return str(self.company.label(dictionary, choice, language))
        return record_words.choice_word(place, choice) or choice


@lru_cache(maxsize=8)
def _vocabulary(digest: str, company: _Hashable) -> CompanyVocabulary:
    return _made(company.company)


class _Hashable:
    """A company file as a cache key: its digest stands for it."""

    def __init__(self, company: CompanyFile) -> None:
        self.company = company

    def __hash__(self) -> int:
        return hash(self.company.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashable) and other.company.digest == self.company.digest


def vocabulary_for(company: CompanyFile) -> CompanyVocabulary:
    """The vocabulary of a company (kept by its digest)."""
    return _vocabulary(company.digest, _Hashable(company))


def is_code_list(model: type[InSpace]) -> bool:
    """Whether rows of this kind are entries of a list known by code, such as the stages of a pipeline."""
    return model.__record__ is None and hasattr(model, "code")


def _made(company: CompanyFile) -> CompanyVocabulary:
    stages = [stage.code for pipeline in company.pipelines for stage in pipeline.stages]
    records = registry.records()
    return CompanyVocabulary(
        company=company,
        types={
            word: RecordType(word, _fields(model, company, stages), model.__table__.name)
            for word, model in records.items()
        },
        actions={declared.code: _action(declared, company, stages) for declared in registry},
        roles=tuple(company.roles),
        stages=tuple(stages),
        pages=tuple(model.__table__.name for model in records.values()),
    )


def custom_of(company: CompanyFile, word: str) -> list[Any]:
    """The custom fields that a company gives a kind of record."""
    return [one for kind, fields in company.custom_fields.items() if kind == word for one in fields]


def _fields(model: type[InSpace], company: CompanyFile, stages: list[str]) -> dict[str, Field]:
    mapper: Mapper[Any] = inspect(model)
    told = _told(str(model.__record__))
    found = {
        column.key: _column_field(column, told.get(column.key), company)
        for column in mapper.column_attrs
        if column.key not in _HIDDEN and not column.key.endswith("_id")
    }
    for name, relation in mapper.relationships.items():
        target = relation.mapper.class_
        if relation.uselist or not issubclass(target, InSpace):
            continue
        if is_code_list(target):
            found[name] = Field(name, "choice", choices=tuple(stages) if name == "stage" else None)
        elif target.__record__:
            found[name] = Field(name, "reference", types=(target.__record__,))
    for name, (kind, reads) in getattr(model, "__derived__", {}).items():
        types = tuple(registry.records()) if kind == "reference" else ()
        found[name] = Field(name, kind, types=types, reads=reads)
    for custom in custom_of(company, str(model.__record__)):
        found[f"custom.{custom.code}"] = Field(f"custom.{custom.code}", custom.type)
    return found


def _column_field(column: Any, told: DeclaredField | None, company: CompanyFile) -> Field:
    if told is not None and told.kind not in ("reference",):
        return Field(column.key, told.kind, choices=_codes(told, company))
    kinds = (
        (Percent, "percent"),
        (Money, "money"),
        (UtcDateTime, "datetime"),
        (Boolean, "bool"),
        (Date, "date"),
    )
    type_ = column.columns[0].type
    kind = next((kind for made, kind in kinds if isinstance(type_, made)), None)
    if kind is None:
        kind = "number" if isinstance(type_, Integer) else "longtext" if isinstance(type_, Text) else "text"
    return Field(column.key, kind)


def _action(declared: DeclaredAction, company: CompanyFile, stages: list[str]) -> Action:
    fields = {told.name: _form_field(told, company, stages) for told in declared_fields(declared.form)}
    makes = declared.makes.__record__ if declared.makes else None
    return Action(
        code=declared.code,
        event=declared.event,
        fields=fields,
        on=tuple(str(model.__record__) for model in declared.on),
        makes=makes,
        fixed=declared.fixed,
        refusals=frozenset(declared.refusals),
    )


def _form_field(told: DeclaredField, company: CompanyFile, stages: list[str]) -> Field:
    if told.model is not None and is_code_list(told.model):
        return Field(told.name, "choice", choices=tuple(stages), required=told.required)
    types = (str(told.model.__record__),) if told.model is not None else ()
    codes = _codes(told, company)
    return Field(told.name, told.kind, choices=codes, types=types, required=told.required, sets=told.sets)


def _codes(told: DeclaredField, company: CompanyFile) -> tuple[str, ...] | None:
    if told.dictionary is None:
        return None
    return tuple(code for code, _label in company.choices(told.dictionary, company.language))


def _told(word: str) -> dict[str, DeclaredField]:
    """What the forms of the actions that make or change a kind of record say of its fields."""
    found: dict[str, DeclaredField] = {}
    for declared in sorted(registry, key=lambda one: one.area != word):  # the record's own actions lead
        about = [model.__record__ for model in (declared.makes, *declared.on) if model is not None]
        if declared.area == word or (word in about and declared.makes is not None):
            for told in declared_fields(declared.form):
                found.setdefault(told.sets or told.name, told)
    return found


@lru_cache(maxsize=1)
def _labels() -> dict[str, Any]:
    """Labels of fields by `deal.amount` and `call.log.note`, as the forms name them."""
    found: dict[str, Any] = {}
    for word in registry.records():
        found.update({f"{word}.{name}": told.label for name, told in _told(word).items()})
    for declared in registry:
        found.update({f"{declared.code}.{told.name}": told.label for told in declared_fields(declared.form)})
    return found


@lru_cache(maxsize=1)
def _dictionaries() -> dict[str, str]:
    found: dict[str, str] = {}
    for word in registry.records():
        found.update(
            {f"{word}.{name}": told.dictionary for name, told in _told(word).items() if told.dictionary}
        )
    for declared in registry:
        for told in declared_fields(declared.form):
            if told.dictionary:
                found[f"{declared.code}.{told.name}"] = told.dictionary
    return found
