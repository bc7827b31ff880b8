"""The parts of a company file: one class for each kind of entry, checked word by word."""

from datetime import date, time
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["en", "ru"]
Right = Literal["customers", "steward", "communicate", "sell", "lead", "market", "paper", "approve"]
StageKind = Literal["open", "won", "lost"]
FieldKind = Literal["text", "number", "choice", "date", "bool"]
RecordKind = Literal["company", "contact", "lead", "deal", "activity", "case", "document"]
Need = Literal["amount", "close_date", "payment", "contact", "next_step", "company", "contract"]
Supply = Literal["goods", "services"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
TrapKind = Literal[
    "near_namesake",
    "phone_spelling",
    "bounced_address",
    "stale_deal",
    "overdue_task",
    "no_next_step",
    "opt_out",
    "unattributed_lead",
    "unmarked_test",
]

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$", max_length=60)]
FieldCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$", max_length=40)]
WordKey = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(?:\.[a-z_]+)?$", max_length=60)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Percent = Annotated[Decimal, Field(ge=0, le=100)]
Amount = Annotated[Decimal, Field(ge=0, lt=Decimal(10) ** 12, decimal_places=2)]
Count = Annotated[int, Field(ge=0, le=200_000, strict=True)]


class Part(BaseModel):
    """Unknown words are refused; what was read never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Title(Part):
    """What people read, in both languages."""

    en: Line
    ru: Line

    def __getitem__(self, language: str) -> str:
        """The title in a language; English where there is no other."""
        return self.in_(language)

    def in_(self, language: str) -> str:
        """The same, for those who read it better as a word."""
        return self.ru if str(language).startswith("ru") else self.en


class Entry(Part):
    """One entry of a dictionary: records keep its code, people read its title."""

    code: Code
    title: Title
    kind: Code | None = None
    needs_note: bool = False


class Bank(Part):
    """The bank details of the played firm."""

    name: Line
    account: Line
    bic: Line | None = None
    correspondent_account: Line | None = None
    routing: Line | None = None


class Legal(Part):
    """What stands on the firm's papers; which numbers there are depends on its country."""

    full_name: Line
    address: Line
    phone: Line
    email: Line
    inn: Line | None = None
    kpp: Line | None = None
    ogrn: Line | None = None
    ein: Line | None = None
    bank: Bank


class WorkingHours(Part):
    """When the firm works, in its own time zone."""

    days: Annotated[list[Weekday], Field(min_length=1, max_length=7)]
    begins: time
    ends: time


class Role(Part):
    """A job role: its title, where it belongs, what it may do in the CRM, and what stays closed to it."""

    title: Title
    department: Code
    rights: list[Right]
    closed: list[RecordKind] = []


class NamedColleague(Part):
    """Someone of the played firm."""

    code: Code
    given: Line
    middle: Line | None = None
    family: Line
    job_role: Code
    department: Code
    email: Line

    @property
    def name(self) -> str:
        """How colleagues call each other: given and family name."""
        return f"{self.given} {self.family}"


class Stage(Part):
    """A stage of a pipeline; `exit` names what must be filled before a deal may leave it."""

    code: Code
    title: Title
    type: StageKind = "open"
    probability: Percent
    exit: list[Annotated[str, StringConstraints(max_length=60)]] = []
    skip: bool | None = None


class Pipeline(Part):
    """The stages of a deal, in their order."""

    code: Code
    title: Title
    stages: Annotated[list[Stage], Field(min_length=3, max_length=20)]

    def stage(self, code: str) -> Stage | None:
        """The stage with this code."""
        return next((stage for stage in self.stages if stage.code == code), None)

    @property
    def open_stages(self) -> list[Stage]:
        """The stages a deal goes through before it is won or lost."""
        return [stage for stage in self.stages if stage.type == "open"]


class Dictionaries(Part):
    """Every list of codes that people choose from."""

    lead_sources: Annotated[list[Entry], Field(min_length=1)]
    reject_reasons: Annotated[list[Entry], Field(min_length=2)]
    lost_reasons: Annotated[list[Entry], Field(min_length=1)]
    call_outcomes: Annotated[list[Entry], Field(min_length=2)]
    company_types: Annotated[list[Entry], Field(min_length=1)]
    contact_roles: Annotated[list[Entry], Field(min_length=1)]
    industries: Annotated[list[Entry], Field(min_length=1)]
    regions: Annotated[list[Entry], Field(min_length=1)]
    tags: list[Entry]
    consent_sources: list[Entry] = []
    payments: Annotated[list[Entry], Field(min_length=1)]


class ConsentText(Part):
    """A wording that people agree to, in the firm's language; the newest of its purpose is in force."""

    code: Code
    purpose: Literal["personal_data", "advertising"]
    title: Title
    valid_from: date
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class LegalValue(Part):
    """A value that the law sets and changes: valid from its date until the next one of the same code."""

    code: FieldCode
    title: Title
    value: Decimal
    valid_from: date


class Rules(Part):
    """What the firm demands of its people's work."""

    win_needs: list[Need]
    payment_enough: list[Code]
    lead_response_hours: Annotated[Decimal, Field(gt=0, le=240)]
    stage_skip: bool
    stale_deal_days: Annotated[int, Field(ge=1, le=365)]
    discount_limits: dict[Code, Percent] = {}
    vat: FieldCode | None = None
    offer_days: Annotated[int, Field(ge=1, le=365)] = 14
    offer_prefix: Annotated[str, StringConstraints(max_length=12)] = ""
    legal_values: list[LegalValue] = []


class CustomField(Part):
    """A field of the firm's own on one type of record; `between` is the range that seeding fills in."""

    code: FieldCode
    type: FieldKind
    title: Title
    choices: list[Entry] = []
    required: bool = False
    between: Annotated[list[Decimal], Field(min_length=2, max_length=2)] | None = None


class ProductDeals(Part):
    """How deals about a product are called and what they cost; with `count`, `amount` is for one piece."""

    titles: Annotated[list[Line], Field(min_length=1)]
    count: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None
    amount: Annotated[list[Amount], Field(min_length=2, max_length=2)]
    step: Annotated[Amount, Field(gt=0)]


class Product(Part):
    """Something the firm sells, in the firm's language."""

    code: Code
    name: Line
    unit: Line
    price: Amount
    supply: Supply = "goods"
    deals: ProductDeals


class PriceList(Part):
    """Prices that hold for a time, given in days around the day of a space; the first valid one is usual.

    `prices` are those that differ from the product's own; `without` names what the list does not have.
    """

    code: Code
    title: Line
    vat_included: bool
    from_days: Annotated[int, Field(ge=-3650, le=3650, strict=True)]
    until_days: Annotated[int, Field(ge=-3650, le=3650, strict=True)] | None = None
    prices: dict[Code, Annotated[Amount, Field(gt=0)]] = {}
    without: list[Code] = []


class Volume(Part):
    """How many records of each type a space holds."""

    companies: Count
    contacts: Count
    leads: Count
    deals: Count
    activities: Count


class Volumes(Part):
    """The three sizes of a space."""

    small: Volume
    medium: Volume
    large: Volume


class Trap(Part):
    """A difficulty planted in the data, so many times in a small space."""

    kind: TrapKind
    count: Annotated[int, Field(ge=0, le=1000)]
