"""Leads and deals as lists and the board ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.lists import (
    Column,
    Filter,
    Listed,
    choices,
    code_filter,
    listed,
    owner_filter,
    related,
    word,
)
from sandbox.crm.places import lists
from sandbox.crm.record_page import Beside
from sandbox.crm.sales.attention import attention_filter, month_filter
from sandbox.crm.sales.attribution import campaign_filters
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import Lead
from sandbox.crm.sales.pipelines import Pipeline, Stage
from sandbox.crm.sales.words import deal_statuses, lead_statuses
from sandbox.extensions import db
from sandbox.spaces import every

# What the page of a deal shows of other records, in one question.
WHOLE = (
    joinedload(Deal.stage),
    joinedload(Deal.company),
    joinedload(Deal.contact),
    joinedload(Deal.owner),
    joinedload(Deal.lead),
    joinedload(Deal.campaign),
)
WHOLE_LEAD = (
    joinedload(Lead.company),
    joinedload(Lead.contact),
    joinedload(Lead.owner),
    joinedload(Lead.campaign),
    joinedload(Lead.deal).joinedload(Deal.stage),
)
NOTHING = Decimal(0)


@dataclass
class Sums:
    """What deals are worth together; `weighted` by the probability of their stages."""

    amount: Decimal = NOTHING
    weighted: Decimal = NOTHING


@lists(Lead)
def list_leads() -> Listed:
    """The page of leads that the address asks for, with their budgets summed."""
    columns = (
        Column(_("Lead"), "title", Lead.sort_key),
        Column(_("Status"), "status", Lead.status),
        Column(_("Source"), "source", Lead.source, css="last"),
        Column(_("Phone"), css="minor"),
        Column(word("lead.budget", _("Budget")), "budget", Lead.budget, num=True),
        Column(_("What is next"), css="aside"),
        Column(_("Owner"), css="minor"),
        Column(_("Created"), "created", Lead.created_at, css="last"),
    )
    filters = (
        owner_filter(Lead, g.colleague),
        code_filter("status", _("Status"), Lead.status, lead_statuses()),
        code_filter("source", _("Source"), Lead.source, choices("lead_sources")),
        *campaign_filters(Lead),
    )
    return listed(
        every(Lead),
        Lead,
        columns=columns,
        filters=filters,
        sort="-created",
        options=(joinedload(Lead.owner),),
        totals=_budgets,
    )


@lists(Deal)
def list_deals() -> Listed:
    """The page of deals that the address asks for, with their sums over all that match."""
    columns = (
        Column(_("Deal"), "title", Deal.sort_key),
        Column(_("Stage"), "stage", Stage.position),
        Column(word("deal.amount", _("Amount")), "amount", Deal.amount, num=True),
        Column(_("Close date"), "close", Deal.close_date, css="minor"),
        Column(_("What is next"), css="aside"),
        Column(_("Owner"), css="minor"),
        Column(_("Created"), "created", Deal.created_at, css="last"),
    )
    options = (
        joinedload(Deal.company),
        joinedload(Deal.owner),
        joinedload(Deal.stage),
    )
    return listed(
        every(Deal).join(Stage, Deal.stage_id == Stage.id),
        Deal,
        columns=columns,
        filters=deal_filters(),
        sort="-created",
        options=options,
        totals=_sums,
    )


def deal_filters() -> tuple[Filter, ...]:
    """The filters of the list of deals, which the board shares; the query must be joined to the stages."""
    return (
        owner_filter(Deal, g.colleague),
        code_filter("status", _("Status"), Stage.type, deal_statuses()),
        code_filter("stage", _("Stage"), Stage.code, choices("stages")),
        attention_filter(),
        month_filter(),
        *_pipeline_filter(),
        *campaign_filters(Deal),
    )


def _pipeline_filter() -> tuple[Filter, ...]:
    """By pipeline, where the company has several."""
    known = choices("pipelines")
    if len(known) < 2:
        return ()

    def clause(codes: list[str]) -> Any:
        return Stage.pipeline_id.in_(select(Pipeline.id).where(Pipeline.code.in_(codes)))

    return (Filter("pipeline", _("Pipeline"), known, clause),)


def beside_customers(record: Any) -> list[Beside]:
    """The deals and leads of a company or a contact, for its page."""
    if not isinstance(record, Company | Contact):
        return []
    key = f"{record.__record__}_id"
    deals = every(Deal).where(getattr(Deal, key) == record.id).options(joinedload(Deal.stage))
    return [
        (_("Deals"), "briefcase", list(db.session.scalars(deals.order_by(Deal.id.desc()).limit(6)))),
        (_("Leads"), "user-question", related(Lead, getattr(Lead, key) == record.id)),
    ]


def beside_sales(record: Any) -> list[Beside]:
    """What a lead became, and the lead that a deal came of."""
    if isinstance(record, Deal):
        return [(_("Came of the lead"), "user-question", [record.lead] if record.lead else [])]
    if not isinstance(record, Lead):
        return []
    became = (record.deal, record.company, record.contact)
    return [(_("What came of it"), "arrows-exchange", [one for one in became if one is not None])]


def _budgets(query: Select[Any]) -> tuple[int, Decimal]:
    row = db.session.execute(
        query.with_only_columns(func.count(), func.sum(Lead.budget), maintain_column_froms=True)
    ).one()
    return row[0], row[1] or NOTHING


def _sums(query: Select[Any]) -> tuple[int, Sums]:
    found = db.session.execute(
        query.with_only_columns(Stage.probability, func.count(), func.sum(Deal.amount)).group_by(
            Stage.probability
        )
    )
    total, sums = 0, Sums()
    for probability, number, amount in found:
        total += number
        sums.amount += amount or NOTHING
        sums.weighted += (amount or NOTHING) * probability / 100
    return total, sums
