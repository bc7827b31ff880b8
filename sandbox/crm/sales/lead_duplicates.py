"""Leads that ask the same thing twice."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_

from sandbox.crm.customers.duplicates import NEAR, Card, likeness, warn_of
from sandbox.crm.sales.leads import OPEN_STATUSES, Lead
from sandbox.extensions import db
from sandbox.spaces import every


def warn_of_lead(name: str | None, phone: str | None, email: str | None) -> None:
    """Refuse once with `duplicate` when an open lead has this phone or e-mail."""
    ways: list[ColumnElement[bool]] = []
    if phone:
        ways.append(Lead.phone == phone)
    if email:
        ways.append(Lead.email == email)
    if not ways:
        return
    card = Card(name, phone, email)
    query = every(Lead).where(or_(*ways), Lead.status.in_(OPEN_STATUSES))
    scored = [
        (lead, likeness(card, Card(lead.name, lead.phone, lead.email))) for lead in db.session.scalars(query)
    ]
    warn_of([(lead, score) for lead, score in scored if score >= NEAR])
