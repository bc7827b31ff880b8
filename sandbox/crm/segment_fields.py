"""What segments may ask of deals, of leads, and of what was said: areas that marketing knows nothing of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from sandbox.crm.communications.models import Activity
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.lists import choices, word
from sandbox.crm.marketing.segments.customer_fields import own_fields_of, owner
from sandbox.crm.marketing.segments.fields import (
    AT_LEAST,
    CHOICE,
    DAYS,
    MONEY,
    SegmentField,
    amount,
    asks,
    choice,
    days_before,
    fact,
    moment,
    text,
)
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import Lead
from sandbox.crm.sales.pipelines import Stage
from sandbox.crm.sales.words import lead_statuses

SPOKEN = ("call", "meeting", "email")
Having = Callable[[Any], Any]
Link = tuple[Any, Any]


@asks("contact")
def of_a_contacts_deals() -> Iterator[SegmentField]:
    """The deals of a contact, or of the company where they work."""
    yield from _deals((Contact.id, Deal.contact_id), (Contact.company_id, Deal.company_id))
    yield _last_spoken(
        "contact.spoken",
        _("Contact"),
        (Contact.id, Activity.contact_id),
        (Contact.id, Deal.contact_id),
    )


@asks("company")
def of_a_companys_deals() -> Iterator[SegmentField]:
    """The deals of a company."""
    yield from _deals((Company.id, Deal.company_id))
    yield _last_spoken(
        "company.spoken",
        _("Company"),
        (Company.id, Activity.company_id),
        (Company.id, Contact.company_id),
        (Company.id, Deal.company_id),
    )


@asks("lead")
def of_a_lead() -> Iterator[SegmentField]:
    """The fields of a lead."""
    about = _("Lead")
    yield choice("lead.status", _("State"), Lead.status, lead_statuses, about)
    yield choice("lead.source", _("Source"), Lead.source, lambda: choices("lead_sources"), about)
    yield owner("lead.owner", Lead, about)
    yield amount("lead.budget", word("lead.budget", _("Budget")), Lead.budget, about, kind=MONEY)
    yield from own_fields_of("lead", Lead, about)
    yield moment("lead.added", _("Added"), Lead.created_at, about)
    yield text("lead.email", _("E-mail"), Lead.email, about)
    yield _last_spoken("lead.spoken", about, (Lead.id, Activity.lead_id))


def _deals(*links: Link) -> Iterator[SegmentField]:
    """Fields of the deals that a record has by any of the links: its column, and the one of a deal."""
    about = _("Deals")

    def having(*clauses: Any) -> Any:
        deals = (
            select(Deal.id).join(Stage, Deal.stage_id == Stage.id).where(Deal.deleted_at.is_(None), *clauses)
        )
        return _linked(links, deals)

    is_open, is_won = Stage.type == "open", Stage.type == "won"
    yield fact(
        "deal.open", _("Open deal"), _("has an open deal"), _("has no open deal"), having(is_open), about
    )
    yield fact("deal.won", _("Won deal"), _("has a won deal"), _("has no won deal"), having(is_won), about)
    yield SegmentField(
        "deal.stage",
        _("Stage of an open deal"),
        CHOICE,
        lambda _op, codes, _now: having(is_open, Stage.code.in_(codes)),
        about,
        lambda: choices("stages"),
    )
    yield SegmentField(
        "deal.won_at",
        _("Last deal won"),
        DAYS,
        lambda _op, values, now: having(is_won, Deal.won_at >= days_before(now, values[0])),
        about,
    )
    yield SegmentField("deal.amount", _("Sum of one of the deals"), MONEY, _of_sum(having), about)
    yield SegmentField(
        "deal.lost_reason",
        _("Deal lost because of"),
        CHOICE,
        lambda _op, codes, _now: having(Stage.type == "lost", Deal.lost_reason.in_(codes)),
        about,
        lambda: choices("lost_reasons"),
    )


def _of_sum(having: Having) -> Callable[[str, Sequence[str], datetime], Any]:
    def clause(operator: str, values: Sequence[str], _now: datetime) -> Any:
        limit = Decimal(values[0])
        return having(Deal.amount >= limit if operator == AT_LEAST else Deal.amount <= limit)

    return clause


def _last_spoken(code: str, about: Any, *links: Link) -> SegmentField:
    """When somebody last spoke with them: about them, about one of their deals, with one of their people."""

    def clause(_operator: str, values: Sequence[str], now: datetime) -> Any:
        spoken = (
            select(Activity.id)
            .join(Deal, Activity.deal_id == Deal.id, isouter=True)
            .join(Contact, Activity.contact_id == Contact.id, isouter=True)
            .where(Activity.kind.in_(SPOKEN), Activity.done_at >= days_before(now, values[0]))
        )
        return _linked(links, spoken)

    return SegmentField(code, _("Last call, meeting or letter"), DAYS, clause, about)


def _linked(links: Sequence[Link], found: Any) -> Any:
    """The clause for records that a select finds by any of the links; a list of ids, made once."""
    return or_(
        *(mine.in_(found.with_only_columns(theirs).where(theirs.is_not(None))) for mine, theirs in links)
    )
