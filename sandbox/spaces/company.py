"""The company file: the firm being played, its people, words, rules and volumes."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, PrivateAttr, StringConstraints

from sandbox.spaces.company_campaigns import Campaigns
from sandbox.spaces.company_cases import CaseRules
from sandbox.spaces.company_documents import Documents
from sandbox.spaces.company_faults import CompanyFaults, read
from sandbox.spaces.company_handover import Handover
from sandbox.spaces.company_marketing import Marketing
from sandbox.spaces.company_parts import (
    Code,
    ConsentText,
    CustomField,
    Dictionaries,
    Entry,
    Language,
    Legal,
    Line,
    NamedColleague,
    Part,
    Pipeline,
    PriceList,
    Product,
    RecordKind,
    Role,
    Rules,
    Stage,
    Title,
    Trap,
    Volume,
    Volumes,
    WordKey,
    WorkingHours,
)
from sandbox.spaces.company_rules import check
from sandbox.spaces.company_web_forms import PastForm

__all__ = ["CompanyFaults", "CompanyFile", "companies", "find", "from_text", "load_company", "read_folder"]

# Not dictionaries of their own, but chosen from and labelled in the same way.
_OTHER_LISTS = (
    "roles",
    "departments",
    "pipelines",
    "stages",
    "products",
    "people",
    "consent_texts",
    "document_types",
    "return_reasons",
)

_OF_CASES = {
    "case_types": "types",
    "case_priorities": "priorities",
    "case_results": "results",
    "answer_templates": "templates",
}

_OF_CAMPAIGNS = {"campaign_types": "types", "campaign_costs": "costs"}


class CompanyFile(Part):
    """One file of `seeds/`, checked; money is Decimal in `currency`, times are the firm's own."""

    code: Code
    title: Title
    name: Line
    legal: Legal
    domain: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)*\.example$", max_length=80)]
    language: Language
    locale: Line
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    timezone: Line
    working_hours: WorkingHours
    departments: Annotated[dict[Code, Title], Field(min_length=1)]
    roles: Annotated[dict[Code, Role], Field(min_length=1)]
    people: Annotated[list[NamedColleague], Field(min_length=1, max_length=200)]
    pipelines: Annotated[list[Pipeline], Field(min_length=1)]
    dictionaries: Dictionaries
    rules: Rules
    cases: CaseRules = CaseRules()
    consent_texts: list[ConsentText] = []
    custom_fields: dict[RecordKind, list[CustomField]] = {}
    products: Annotated[list[Product], Field(min_length=1)]
    units: dict[Line, Annotated[list[Line], Field(min_length=1, max_length=4)]] = {}
    documents: Documents = Documents()
    price_lists: list[PriceList] = []
    campaigns: Campaigns = Campaigns()
    marketing: Marketing = Marketing()
    handover: Handover = Handover()
    web_forms: Annotated[list[PastForm], Field(max_length=40)] = []
    words: dict[WordKey, Title] = {}
    volumes: Volumes
    seasons: Annotated[list[Annotated[Decimal, Field(ge=0, le=5)]], Field(min_length=12, max_length=12)]
    traps: list[Trap] = []

    _text: str = PrivateAttr(default="")

    @property
    def text(self) -> str:
        """The file as it was written: what a recipe keeps."""
        return self._text

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the file says; comments, order of words and spacing do not count."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def entries(self, dictionary: str) -> Sequence[tuple[str, Title]]:
        """Codes and titles of a dictionary, of `roles`, `stages`…, or of a custom field: `company.fuel`."""
        if dictionary in Dictionaries.model_fields:
            return [(entry.code, entry.title) for entry in getattr(self.dictionaries, dictionary)]
        if dictionary == "roles":
            return [(code, role.title) for code, role in self.roles.items()]
        if dictionary == "consent_texts":
            return [(text.code, text.title) for text in self.consent_texts]
        if dictionary == "departments":
            return list(self.departments.items())
        if dictionary == "pipelines":
            return [(pipeline.code, pipeline.title) for pipeline in self.pipelines]
        if dictionary == "stages":
            return list({stage.code: stage.title for line in self.pipelines for stage in line.stages}.items())
        if dictionary == "products":
            return [(one.code, Title(en=one.name, ru=one.name)) for one in self.products]
        if dictionary == "document_types":
            return [(one.code, one.title) for one in self.documents.types]
        if dictionary == "people":
            return [(one.code, Title(en=one.name, ru=one.name)) for one in self.people]
        if dictionary in _OF_CASES:
            return [(one.code, one.title) for one in getattr(self.cases, _OF_CASES[dictionary])]
        if dictionary == "return_reasons":
            return [(one.code, one.title) for one in self.handover.reasons]
        if dictionary in _OF_CAMPAIGNS:
            return [(one.code, one.title) for one in getattr(self.campaigns, _OF_CAMPAIGNS[dictionary])]
        record, _, code = dictionary.partition(".")
        field = self.custom_field(record, code.removeprefix("custom."))
        if field is None:
            known = ", ".join([*Dictionaries.model_fields, *_OTHER_LISTS, *_OF_CASES, *_OF_CAMPAIGNS])
            raise KeyError(f"{self.code} has no dictionary {dictionary}; there are {known}")
        return [(entry.code, entry.title) for entry in field.choices]

    def label(self, dictionary: str, code: str | None, language: str) -> str:
        """The title of a code for people; the code itself when the file no longer has it."""
        if not code:
            return ""
        titles = dict(self.entries(dictionary))
        return titles[code][language] if code in titles else code

    def choices(self, dictionary: str, language: str) -> list[tuple[str, str]]:
        """Pairs of code and title, in the file's order, for a select."""
        return [(code, title[language]) for code, title in self.entries(dictionary)]

    def codes(self, dictionary: str) -> list[str]:
        """The codes of a dictionary, in the file's order."""
        return [code for code, _ in self.entries(dictionary)]

    def entry(self, dictionary: str, code: str) -> Entry | None:
        """The whole entry of a dictionary, with its kind and whether it needs a note."""
        return next((entry for entry in getattr(self.dictionaries, dictionary) if entry.code == code), None)

    def word(self, key: str, language: str, default: str = "") -> str:
        """The firm's own word for `lead.budget`, or the default."""
        return self.words[key][language] if key in self.words else default

    def role(self, code: str) -> Role | None:
        """The job role with this code."""
        return self.roles.get(code)

    def rights(self, role: str) -> frozenset[str]:
        """What colleagues of this job role may do; nothing for an unknown one."""
        found = self.roles.get(role)
        return frozenset(found.rights) if found else frozenset()

    def colleague(self, code: str) -> NamedColleague | None:
        """The colleague with this code."""
        return next((one for one in self.people if one.code == code), None)

    def colleagues(self, role: str) -> list[NamedColleague]:
        """The colleagues of a job role, in the file's order."""
        return [one for one in self.people if one.job_role == role]

    def pipeline(self, code: str | None = None) -> Pipeline:
        """The pipeline with this code; the first one when it is not named."""
        return next((line for line in self.pipelines if line.code == code), self.pipelines[0])

    def stage(self, code: str) -> Stage | None:
        """The first stage with this code in any pipeline."""
        return next((stage for line in self.pipelines if (stage := line.stage(code))), None)

    def may_skip(self, stage: Stage) -> bool:
        """Whether a deal may pass a stage by: what the stage says, else the rule of the firm."""
        return self.rules.stage_skip if stage.skip is None else stage.skip

    def custom_field(self, record: str, code: str) -> CustomField | None:
        """The firm's own field of a type of record."""
        return next((field for field in self.fields_of(record) if field.code == code), None)

    def fields_of(self, record: str) -> Sequence[CustomField]:
        """The firm's own fields of a type of record."""
        return next((fields for kind, fields in self.custom_fields.items() if kind == record), [])

    def volume(self, size: str) -> Volume:
        """How many records a small, medium or large space holds."""
        found: Volume = getattr(self.volumes, size)
        return found

    def season(self, month: int) -> Decimal:
        """How busy a month (1–12) is; 1 is an ordinary one."""
        return self.seasons[month - 1]

    def vat_rate(self, on: date) -> Decimal:
        """The tax on what the firm sells on a day, in per cent; 0 where its file names none."""
        return (self.legal_value(self.rules.vat, on) if self.rules.vat else None) or Decimal(0)

    def discount_limit(self, role: str) -> Decimal:
        """How much a job role may take off without approval, in per cent."""
        return next((limit for code, limit in self.rules.discount_limits.items() if code == role), Decimal(0))

    def legal_value(self, code: str, on: date) -> Decimal | None:
        """The value that the law sets for `code` on a day; None when it sets none yet."""
        valid = [value for value in self.rules.legal_values if value.code == code and value.valid_from <= on]
        return max(valid, key=lambda value: value.valid_from).value if valid else None


def from_text(text: str, name: str = "company.yaml") -> CompanyFile:
    """Read a company from the text of its file; CompanyFaults with everything that is wrong in it."""
    company = read(CompanyFile, name, text, check)
    company._text = text
    return company


def load_company(path: Path | str) -> CompanyFile:
    """Read a company file; kept in memory until the file changes."""
    path = Path(path)
    try:
        stat = path.stat()
    except OSError as fault:
        raise CompanyFaults.at(path.name, f"cannot be read: {fault.strerror}") from None
    return _load(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _load(path: Path, changed: int, size: int) -> CompanyFile:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CompanyFaults.at(path.name, "the file is not UTF-8 text") from None
    except OSError as fault:
        raise CompanyFaults.at(path.name, f"cannot be read: {fault.strerror}") from None
    company = from_text(text, path.name)
    if company.code != path.stem:
        message = f'the code "{company.code}" differs from the name of the file'
        raise CompanyFaults.at(path.name, message, path.stem, word="code", text=text)
    return company


def read_folder(folder: Path | str) -> tuple[dict[str, CompanyFile], list[CompanyFaults]]:
    """Every company of a folder by code, and the faults of the files that cannot be played."""
    good: dict[str, CompanyFile] = {}
    bad: list[CompanyFaults] = []
    for path in sorted(Path(folder).glob("*.yaml")):
        try:
            good[path.stem] = load_company(path)
        except CompanyFaults as faults:
            bad.append(faults)
    return good, bad


def companies(folder: Path | str) -> dict[str, CompanyFile]:
    """Every company of a folder by code; CompanyFaults of all files when one of them is wrong."""
    good, bad = read_folder(folder)
    if bad:
        raise CompanyFaults([fault for faults in bad for fault in faults.faults])
    return good


def find(code: str, folder: Path | str) -> CompanyFile:
    """The company with this code; CompanyFaults with the nearest one when the folder has none."""
    path = Path(folder) / f"{code}.yaml"
    if code and Path(code).name == code and path.is_file():
        return load_company(path)
    known = [other.stem for other in sorted(Path(folder).glob("*.yaml"))]
    raise CompanyFaults.unknown(code, known)
