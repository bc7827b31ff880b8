"""What may be done with a company."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.addresses import follow_card
from sandbox.crm.customers.cleaning import (
    clean_email,
    clean_identifier,
    clean_phone,
    clean_tax_number,
    identifier_faults,
)
from sandbox.crm.customers.duplicates import alike_companies, company_card, warn_of
from sandbox.crm.customers.forms import CompanyForm, CreateCompanyForm
from sandbox.crm.customers.models import LEGAL, SOLE_TRADER, Company
from sandbox.crm.customers.questions import may_delete
from sandbox.crm.own_fields import take_own
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague, every, first

_FAULTS = ("bad_inn", "bad_kpp", "bad_ogrn", "bad_phone", "inn_taken")


def make_company(*, by: Colleague | None, at: datetime, **fields: Any) -> Company:
    """A company from its fields, cleaned, its identifiers checked; joins the running action."""
    company = Company(kind=LEGAL)
    _fill(company, fields)
    stamp_new(company, by, at)
    db.session.add(company)
    follow_card(company, by, at)
    db.session.flush()
    return company


@action(
    "company.create",
    makes=Company,
    event="created",
    right="customers",
    form=CreateCompanyForm,
    icon="building-plus",
    title=_l("New company"),
    submit=_l("Create company"),
    says=_l("%(by)s added the company %(name)s"),
    refusals=("duplicate", *_FAULTS),
)
def create_company(*, anyway: bool = False, by: Colleague, at: datetime, **fields: Any) -> Company:
    """Add a company, after a look at whether it is here already."""
    with db.session.no_autoflush:
        draft = Company(kind=LEGAL)
        _fill(draft, fields)
        if not anyway:
            warn_of(alike_companies(company_card(draft)))
    return make_company(by=by, at=at, **fields)


@action(
    "company.edit",
    on=Company,
    event="edited",
    right="customers",
    form=CompanyForm,
    icon="edit",
    title=_l("Edit"),
    submit=_l("Save"),
    says=_l("%(by)s edited the company %(record)s"),
    shown=lambda company: company.deleted_at is None,
    refusals=_FAULTS,
)
def edit_company(company: Company, *, by: Colleague, at: datetime, **fields: Any) -> None:
    """Change a company's card."""
    change_company(company, by=by, at=at, **fields)


def change_company(company: Company, *, by: Colleague | None, at: datetime, **fields: Any) -> None:
    """New values for a company, cleaned and checked; joins the running action."""
    with db.session.no_autoflush:
        _fill(company, fields)
        follow_card(company, by, at)
    stamp_change(company, by, at)


def _fits(company: Company) -> None:
    with db.session.no_autoflush:
        _insist_on_own_inn(company)


can_be_put_away(
    Company,
    right="customers",
    deleted=_l("%(by)s deleted the company %(record)s"),
    restored=_l("%(by)s restored the company %(record)s"),
    insist=may_delete.insist,
    refusals=("has_open_deals", "has_documents"),
    fits=_fits,
    misfits=("inn_taken",),
)


def _fill(company: Company, fields: dict[str, Any]) -> None:
    fields = take_own(company, fields)
    kept = ("owner", "kind")  # left empty they stay as they are
    given = {name: value for name, value in fields.items() if value is not None or name not in kept}
    for name, clean in (("phone", clean_phone), ("email", clean_email)):
        if name in given:
            given[name] = clean(given[name])
    for name, tidy in (("inn", clean_tax_number), ("kpp", clean_identifier), ("ogrn", clean_identifier)):
        if name in given:
            given[name] = tidy(given[name])
    for name, value in given.items():
        setattr(company, name, value)
    insist_on_numbers(company)


def _insist_on_identifiers(company: Company) -> None:
    faults = identifier_faults(
        company.inn, company.kpp, company.ogrn, sole_trader=company.kind == SOLE_TRADER
    )
    for name, sentence in faults.items():
        raise Refused(f"bad_{name}", sentence)


def insist_on_numbers(company: Company) -> None:
    """Refuse numbers that cannot be or belong to another card."""
    _insist_on_identifiers(company)
    _insist_on_own_inn(company)


def _insist_on_own_inn(company: Company) -> None:
    """Refuse with `inn_taken` when another company has this INN with this KPP."""
    if not company.inn:
        return
    query = every(Company).where(Company.inn == company.inn)
    query = query.where(Company.kpp == company.kpp if company.kpp else Company.kpp.is_(None))
    if company.id is not None:
        query = query.where(Company.id != company.id)
    other = first(query)
    if other is not None:
        raise Refused(
            "inn_taken",
            _("%(company)s has this INN and KPP already. Open that card and work there.", company=other.name),
        )
