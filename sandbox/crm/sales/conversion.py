"""What comes of a lead: one company, one contact, one deal, and nothing that is here already twice."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sandbox.crm.attribution import carry_over
from sandbox.crm.customers.companies import make_company
from sandbox.crm.customers.contacts import make_contact
from sandbox.crm.customers.duplicates import Card, same_company, same_contact
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.customers.names import name_parts
from sandbox.crm.sales.deal_making import make_deal
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import Lead
from sandbox.spaces import Colleague


def convert(
    lead: Lead,
    *,
    company: Company | None,
    title: str | None,
    amount: Decimal | None,
    by: Colleague,
    at: datetime,
) -> Deal:
    """Link or make the company and the contact, and make the deal; all in the running action."""
    lead.company = company or lead.company or _company(lead, by, at)
    lead.contact = lead.contact or _contact(lead, by, at)
    deal = make_deal(
        title=title or lead.company_name or lead.name,
        company=lead.company,
        contact=lead.contact,
        amount=amount if amount is not None else lead.budget,
        owner=lead.owner,
        by=by,
        at=at,
    )
    deal.lead = lead
    carry_over(lead, deal)
    return deal


def _company(lead: Lead, by: Colleague, at: datetime) -> Company:
    """The company that the lead certainly speaks of, or a new one; a private person's bears their name."""
    name = lead.company_name or lead.name
    found = same_company(Card(name, lead.phone, lead.email)) or _company_of_contact(lead)
    return found or make_company(
        name=name,
        phone=lead.phone,
        email=lead.email,
        source=lead.source,
        owner=lead.owner,
        by=by,
        at=at,
    )


def _company_of_contact(lead: Lead) -> Company | None:
    contact = same_contact(Card(lead.name, lead.phone, lead.email), None)
    return contact.company if contact is not None else None


def _contact(lead: Lead, by: Colleague, at: datetime) -> Contact:
    found = same_contact(Card(lead.name, lead.phone, lead.email), lead.company)
    if found is not None:
        if found.company is None:
            found.company = lead.company
        return found
    parts = name_parts(lead.name)
    return make_contact(
        first_name=parts.first,
        middle_name=parts.middle,
        last_name=parts.last,
        company=lead.company,
        phone=lead.phone,
        email=lead.email,
        owner=lead.owner,
        by=by,
        at=at,
    )
