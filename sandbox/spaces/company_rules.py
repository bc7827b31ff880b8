"""What the words of a company file must agree on with each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, get_args
from zoneinfo import available_timezones

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies

from sandbox.kernel.identifiers import (
    Rule,
    check_account,
    check_bic,
    check_correspondent_account,
    check_ein,
    check_inn,
    check_kpp,
    check_ogrn,
    check_routing,
)
from sandbox.kernel.phones import e164
from sandbox.scenarios.faults import nearest
from sandbox.spaces.company_campaigns import check_campaigns
from sandbox.spaces.company_documents import check_documents
from sandbox.spaces.company_faults import Finding, Loc
from sandbox.spaces.company_handover import check_handover
from sandbox.spaces.company_marketing import check_marketing
from sandbox.spaces.company_parts import Dictionaries, Need, PriceList
from sandbox.spaces.company_web_forms import check_web_forms

if TYPE_CHECKING:
    from sandbox.spaces.company import CompanyFile

_SAFE_DOMAINS = ("example", "example.com", "example.org", "example.net")
_IDENTIFIER = {
    Rule.empty: "is missing",
    Rule.digits: "holds a character that does not belong there",
    Rule.length: "has a wrong number of characters",
    Rule.checksum: "has a control digit that does not fit; look for two digits that changed places",
    Rule.component: "has a part that cannot be",
    Rule.bank: "does not fit the bank",
}


def check(company: CompanyFile) -> Iterator[Finding]:
    """Everything in the file that contradicts something else in it, with its place."""
    yield from _place(company)
    yield from _legal(company)
    yield from _people(company)
    yield from _pipelines(company)
    yield from _dictionaries(company)
    yield from _rules(company)
    yield from _twice(("consent_texts",), (text.code for text in company.consent_texts))
    yield from _custom_fields(company)
    yield from _products(company)
    yield from check_documents(company)
    yield from _price_lists(company)
    yield from check_campaigns(company)
    yield from check_marketing(company)
    yield from check_handover(company)
    yield from check_web_forms(company)
    yield from _volumes(company)


def _unknown(loc: Loc, word: str, what: str, known: Collection[str]) -> Iterator[Finding]:
    if word not in known:
        yield loc, f'there is no {what} "{word}"', nearest(word, known)


def _twice(loc: Loc, codes: Iterable[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, code in enumerate(codes):
        if code in seen:
            yield (*loc, place), f'the code "{code}" stands here twice', None
        seen.add(code)


def _place(company: CompanyFile) -> Iterator[Finding]:
    yield from _unknown(("timezone",), company.timezone, "time zone", available_timezones())
    yield from _unknown(("country",), company.country, "country", phonenumbers.SUPPORTED_REGIONS)
    yield from _unknown(("currency",), company.currency, "currency", _currencies())
    try:
        spoken = Locale.parse(company.locale).language
    except (UnknownLocaleError, ValueError):
        yield ("locale",), f'there is no locale "{company.locale}"; expected one such as en_US', None
    else:
        if spoken != company.language:
            message = f'the locale "{company.locale}" does not speak the language "{company.language}"'
            yield ("locale",), message, None
    if company.working_hours.begins >= company.working_hours.ends:
        yield ("working_hours", "ends"), "the day ends before it begins", None


def _currencies() -> set[str]:
    """The currencies in use today: the nearest word to RBU is RUB, not the rouble of 1997."""
    return {code for region in phonenumbers.SUPPORTED_REGIONS for code in get_territory_currencies(region)}


def _legal(company: CompanyFile) -> Iterator[Finding]:
    legal, bank = company.legal, company.legal.bank
    found: dict[Loc, Rule | None] = {}
    if company.country == "RU":
        found = {
            ("inn",): check_inn(legal.inn, sole_trader=False),
            ("kpp",): check_kpp(legal.kpp),
            ("ogrn",): check_ogrn(legal.ogrn),
            ("bank", "bic"): check_bic(bank.bic),
            ("bank", "account"): check_account(bank.account, bank.bic),
            ("bank", "correspondent_account"): check_correspondent_account(
                bank.correspondent_account, bank.bic
            ),
        }
    elif company.country == "US":
        found = {("ein",): check_ein(legal.ein), ("bank", "routing"): check_routing(bank.routing)}
    for loc, rule in found.items():
        if rule is not None:
            yield ("legal", *loc), _IDENTIFIER[rule], None
    if e164(legal.phone, company.country) is None:
        yield ("legal", "phone"), f'"{legal.phone}" is no phone of {company.country}', None
    yield from _mail(("legal", "email"), legal.email)


def _mail(loc: Loc, email: str) -> Iterator[Finding]:
    name, at, domain = email.partition("@")
    if not name or not at or "@" in domain:
        yield loc, f'"{email}" is no e-mail address', None
    elif not domain.endswith(tuple(f".{safe}" for safe in _SAFE_DOMAINS)) and domain not in _SAFE_DOMAINS:
        yield loc, f'"{email}" may belong to someone; use a domain that ends in .example', None


def _people(company: CompanyFile) -> Iterator[Finding]:
    for code, role in company.roles.items():
        yield from _unknown(("roles", code, "department"), role.department, "department", company.departments)
    yield from _twice(("people",), (one.code for one in company.people))
    for place, one in enumerate(company.people):
        yield from _unknown(("people", place, "job_role"), one.job_role, "job role", company.roles)
        yield from _unknown(
            ("people", place, "department"), one.department, "department", company.departments
        )
        yield from _mail(("people", place, "email"), one.email)
    for right, who in (("sell", "sells"), ("lead", "leads the sales")):
        if not any(right in company.rights(one.job_role) for one in company.people):
            yield ("people",), f'nobody {who}: no colleague has a job role with the right "{right}"', None


def _pipelines(company: CompanyFile) -> Iterator[Finding]:
    yield from _twice(("pipelines",), (line.code for line in company.pipelines))
    # a contract is asked for at the end, not on the way
    needs = [
        *(need for need in get_args(Need) if need != "contract"),
        *(f"custom.{field.code}" for field in company.fields_of("deal")),
    ]
    for at, line in enumerate(company.pipelines):
        loc: Loc = ("pipelines", at, "stages")
        yield from _twice(loc, (stage.code for stage in line.stages))
        for kind in ("open", "won", "lost"):
            if not any(stage.type == kind for stage in line.stages):
                yield loc, f'no stage is of the type "{kind}"', None
        highest = -1
        for place, stage in enumerate(line.stages):
            here = (*loc, place)
            fixed = {"won": 100, "lost": 0}.get(stage.type)
            if fixed is not None and stage.probability != fixed:
                yield (*here, "probability"), f"a stage of the type {stage.type} has {fixed}", None
            if stage.type == "open":
                if stage.probability < highest:
                    yield (*here, "probability"), "less than at the stage before it", None
                highest = max(highest, int(stage.probability))
            for number, need in enumerate(stage.exit):
                yield from _unknown((*here, "exit", number), need, "field of a deal", needs)


def _dictionaries(company: CompanyFile) -> Iterator[Finding]:
    for name in Dictionaries.model_fields:
        yield from _twice(
            ("dictionaries", name), (entry.code for entry in getattr(company.dictionaries, name))
        )
    kinds = {
        "reject_reasons": ("junk", "unqualified"),
        "call_outcomes": ("reached", "missed"),
        "payments": ("none", "part", "full"),
    }
    for name, known in kinds.items():
        entries = getattr(company.dictionaries, name)
        for place, entry in enumerate(entries):
            if entry.kind not in known:
                message = f'"{entry.code}" needs the kind {" or ".join(known)}'
                yield ("dictionaries", name, place), message, nearest(entry.kind or "", known)
        for kind in known:
            if not any(entry.kind == kind for entry in entries):
                yield ("dictionaries", name), f'no entry is of the kind "{kind}"', None


def _rules(company: CompanyFile) -> Iterator[Finding]:
    payments = company.codes("payments")
    for place, code in enumerate(company.rules.payment_enough):
        yield from _unknown(("rules", "payment_enough", place), code, "payment", payments)
    if "payment" in company.rules.win_needs and not company.rules.payment_enough:
        yield ("rules", "payment_enough"), "winning needs a payment, and no payment is enough", None
    for code in company.rules.discount_limits:
        yield from _unknown(("rules", "discount_limits", code), code, "job role", company.roles)
    if company.rules.vat is not None:
        codes = [value.code for value in company.rules.legal_values]
        yield from _unknown(("rules", "vat"), company.rules.vat, "legal value", codes)
    dated = [(value.code, value.valid_from) for value in company.rules.legal_values]
    for place, pair in enumerate(dated):
        if pair in dated[:place]:
            yield ("rules", "legal_values", place), f'"{pair[0]}" has two values from the same day', None


def _custom_fields(company: CompanyFile) -> Iterator[Finding]:
    for record, fields in company.custom_fields.items():
        loc: Loc = ("custom_fields", record)
        yield from _twice(loc, (field.code for field in fields))
        for place, field in enumerate(fields):
            if field.type == "choice" and not field.choices:
                yield (*loc, place), f'"{field.code}" has nothing to choose from', None
            if field.type != "choice" and field.choices:
                yield (*loc, place, "choices"), f"a field of the type {field.type} has no choices", "choice"
            if field.between and field.between[0] > field.between[1]:
                yield (*loc, place, "between"), "the first number is the larger one", None
            yield from _twice((*loc, place, "choices"), (entry.code for entry in field.choices))


def _products(company: CompanyFile) -> Iterator[Finding]:
    yield from _twice(("products",), (product.code for product in company.products))
    for place, product in enumerate(company.products):
        loc: Loc = ("products", place, "deals")
        if product.deals.amount[0] > product.deals.amount[1]:
            yield (*loc, "amount"), "the first amount is the larger one", None
        if product.deals.count and not 1 <= product.deals.count[0] <= product.deals.count[1]:
            yield (*loc, "count"), "expected two counts, the smaller first, from 1 on", None
        for number, title in enumerate(product.deals.titles):
            rest = title.replace("{count}", "")
            if "{" in rest or "}" in rest or ("{count}" in title) != (product.deals.count is not None):
                message = "{count} stands in a title exactly when the product has a count; no other braces"
                yield (*loc, "titles", number), message, None


def _price_lists(company: CompanyFile) -> Iterator[Finding]:
    known = [product.code for product in company.products]
    yield from _twice(("price_lists",), (one.code for one in company.price_lists))
    for place, one in enumerate(company.price_lists):
        loc: Loc = ("price_lists", place)
        for code in one.prices:
            yield from _unknown((*loc, "prices", code), code, "product", known)
        for number, code in enumerate(one.without):
            yield from _unknown((*loc, "without", number), code, "product", known)
        if one.until_days is not None and one.until_days < one.from_days:
            yield (*loc, "until_days"), "ends before it begins", None
    if company.price_lists and not any(_holds_today(one) for one in company.price_lists):
        yield ("price_lists",), "no price list is valid today: none with from_days <= 0 <= until_days", None


def _holds_today(one: PriceList) -> bool:
    return one.from_days <= 0 and (one.until_days is None or one.until_days >= 0)


def _volumes(company: CompanyFile) -> Iterator[Finding]:
    small = company.volumes.small
    room = {
        "near_namesake": small.companies,
        "phone_spelling": small.contacts,
        "bounced_address": small.contacts,
        "opt_out": small.contacts,
        "stale_deal": small.deals,
        "overdue_task": small.activities,
        "no_next_step": small.deals,
        "unattributed_lead": small.leads,
        "unmarked_test": small.leads,
    }
    yield from _twice(("traps",), (trap.kind for trap in company.traps))
    for place, trap in enumerate(company.traps):
        if trap.count > room[trap.kind]:
            message = f"{trap.count} do not fit into the small volume"
            yield ("traps", place, "count"), message, None
