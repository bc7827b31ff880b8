"""Leads and deals as lists and the board ask for them."""

from __future__ import annotations

from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import or_, select, type_coerce
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from sandbox.columns import Money
from sandbox.crm.bulk.ways import Way, in_bulk
from sandbox.crm.columns import (
    Cell,
    Column,
    badge_column,
    code_column,
    day_column,
    light_column,
    link_column,
    money_column,
    own_columns,
    person_column,
    phone_column,
    text_column,
    title_column,
)
from sandbox.crm.communications.models import Activity
from sandbox.crm.communications.queries import lights
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.filters import Span, own_filters
from sandbox.crm.lists import (
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
from sandbox.crm.putting_away import among
from sandbox.crm.record_page import Beside
from sandbox.crm.sales.answering import answer_filter, lead_lights
from sandbox.crm.sales.attention import attention_filter, month_filter
from sandbox.crm.sales.attribution import campaign_filters
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.handovers.models import Handover
from sandbox.crm.sales.leads import Lead
from sandbox.crm.sales.pipelines import Pipeline, Stage
from sandbox.crm.sales.words import BADGES, STATUS_BADGES, deal_statuses, lead_statuses
from sandbox.crm.sight import is_closed
from sandbox.extensions import db
from sandbox.spaces import current_space, every
from sandbox.web.formatting import moment, percent, short_dates
from sandbox.web.icons import icon

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
    selectinload(Lead.handovers).options(joinedload(Handover.to), joinedload(Handover.from_)),
)
HUNDREDFOLD = "hundredfold"  # the weighted sum, before its per cent are taken


in_bulk(
    Lead,
    Way("lead.edit", "owner", _l("Assign an owner"), "user-share"),
    Way("lead.take"),
    Way("lead.reject"),
    Way("task.set"),
)
in_bulk(
    Deal,
    Way("deal.edit", "owner", _l("Assign an owner"), "user-share"),
    Way("deal.edit", "close_date", _l("Close date"), "calendar"),
    Way("task.set"),
    Way("deal.lose"),
)


@lists(Lead)
def list_leads() -> Listed:
    """The page of leads that the address asks for, with their budgets summed."""
    states, budget = dict(lead_statuses()), word("lead.budget", _("Budget"))
    columns = (
        title_column(
            _("Lead"),
            Lead,
            said=lambda one: one.name,
            sub=lambda one: one.company_name,
            edits="name",
        ),
        badge_column(
            _("Status"),
            "status",
            Lead.status,
            lambda one: (states[one.status], *BADGES[one.status]),
            also=lambda one: (_("our own test"), "outline", "flask") if one.is_test else None,
        ),
        code_column(_("Source"), "source", Lead.source, choices("lead_sources"), css="last"),
        phone_column(_("Phone"), css="minor nowrap"),
        money_column(budget, "budget", Lead.budget),
        light_column(lead_lights, only=lambda one: one.is_open, css="aside", card=True),
        person_column(_("Owner")),
        day_column(
            _("Created"),
            "created",
            "created_at",
            Lead.created_at,
            cell=lambda one: moment(one.created_at),
            css="last nowrap",
            card=True,
        ),
        text_column(_("Company as written"), "company_name", offered=True),
        text_column(_("E-mail"), "email", Lead.email, offered=True),
        text_column(_("Need"), "need", offered=True),
        *own_columns("lead", Lead),
    )
    filters = (
        owner_filter(Lead, g.colleague),
        code_filter("status", _("Status"), Lead.status, lead_statuses()),
        code_filter("source", _("Source"), Lead.source, choices("lead_sources"), blank=True),
        answer_filter(),
        *campaign_filters(Lead),
        Span("budget", budget, Lead.budget),
        *own_filters("lead", Lead),
    )
    return listed(
        among(Lead),
        Lead,
        columns=columns,
        filters=filters,
        sort="-created",
        options=(joinedload(Lead.owner),),
    )


@lists(Deal)
def list_deals() -> Listed:
    """The page of deals that the address asks for, with their sums over all that match."""
    columns = (
        title_column(
            _("Deal"), Deal, sub=lambda one: one.company.title if one.company else None, edits="title"
        ),
        badge_column(
            _("Stage"), "stage", Stage.position, lambda one: (one.stage.title, *STATUS_BADGES[one.status])
        ),
        money_column(word("deal.amount", _("Amount")), "amount", Deal.amount),
        _close_column(),
        light_column(lights, only=lambda one: one.is_open, css="aside", card=True),
        person_column(_("Owner")),
        day_column(_("Created"), "created", "created_at", Deal.created_at, css="last"),
        link_column(_("Company"), "company", edits="company", offered=True),
        link_column(_("Contact"), "contact", edits="contact", offered=True, loads=joinedload(Deal.contact)),
        text_column(_("Next step"), "next_step", offered=True, edits=""),
        Column(
            _("Probability"),
            "probability",
            Stage.probability,
            num=True,
            cell=lambda one: percent(one.stage.probability / 100),
            value=lambda one: one.stage.probability,
            offered=True,
        ),
        *own_columns("deal", Deal),
    )
    options = (
        joinedload(Deal.company).load_only(Company.name),
        joinedload(Deal.owner),
        contains_eager(Deal.stage),
    )
    return listed(
        # outer, so that both databases go through the deals in their order and look up each one's stage
        among(Deal).outerjoin(Stage, Deal.stage_id == Stage.id),
        Deal,
        columns=columns,
        filters=(*deal_filters(), *_spans(), *own_filters("deal", Deal)),
        sort="-created",
        options=options,
        sums={HUNDREDFOLD: type_coerce(Deal.amount * Stage.probability, Money())},
    )


def _close_column() -> Column:
    """The day on which a deal should close, red where it has passed."""

    def cells(_found: Listed) -> Cell:
        late = Markup('<span class="is-bad">{} {{}}</span>').format(icon("alert-circle", 16))
        drawn, today = short_dates(), current_space().today()

        def cell(deal: Deal) -> Any:
            day = drawn(deal.close_date)
            return late.format(day) if deal.is_overdue(today) else day

        return cell

    return day_column(
        _("Close date"),
        "close",
        "close_date",
        Deal.close_date,
        cells=cells,
        css="minor",
        card=True,
        edits="close_date",
    )


def _spans() -> tuple[Span, ...]:
    return (
        Span("amount", word("deal.amount", _("Amount")), Deal.amount),
        Span("close", _("Close date"), Deal.close_date, "date"),
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
        (_("Leads"), "user-question", related(Lead, getattr(Lead, key), record)),
    ]


def sold_to(record: Any) -> Any:
    """What was said on the deals and leads of a customer, and on the lead that a deal came of."""
    if isinstance(record, Deal):
        return Activity.lead_id == record.lead_id if record.lead_id else None
    if not isinstance(record, Company | Contact):
        return None
    kinds = [kind for kind in (Deal, Lead) if not is_closed(kind)]
    key = f"{record.__record__}_id"
    theirs = [
        getattr(Activity, f"{kind.__record__}_id").in_(
            select(kind.id).where(getattr(kind, key) == record.id, kind.deleted_at.is_(None))
        )
        for kind in kinds
    ]
    return or_(*theirs) if theirs else None


def beside_sales(record: Any) -> list[Beside]:
    """What a lead became, and the lead that a deal came of."""
    if isinstance(record, Deal):
        return [(_("Came of the lead"), "user-question", [record.lead] if record.lead else [])]
    if not isinstance(record, Lead):
        return []
    became = (record.deal, record.company, record.contact)
    return [(_("What came of it"), "arrows-exchange", [one for one in became if one is not None])]
