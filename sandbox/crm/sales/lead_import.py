"""Leads as a file has them: a list from an exhibition, or from a program used before."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.customers.addresses import Address
from sandbox.crm.customers.importing.kinds import Kind, add_kind
from sandbox.crm.customers.importing.matching import MASKED, SURE, Found
from sandbox.crm.customers.importing.targets import SHARED, TAGS, Target
from sandbox.crm.customers.masking import PREFIX, digest_of
from sandbox.crm.own_words import own_word
from sandbox.crm.sales.lead_actions import change_lead, make_lead
from sandbox.crm.sales.leads import OPEN_STATUSES, Lead
from sandbox.extensions import db
from sandbox.spaces import every

_REACHED_BY = ("phone", "email")
TARGETS = (
    Target(
        "name",
        _l("Who asked"),
        headings=("name", "contact", "full name", "фио", "имя", "контакт", "контактное лицо"),
    ),
    Target(
        "company_name",
        _l("Company name"),
        headings=("company", "organisation", "organization", "компания", "организация", "фирма"),
    ),
    *(target for target in SHARED if target.code != TAGS),
    Target("source", _l("Source"), "choice", dictionary="lead_sources", headings=("lead source", "источник")),
    Target(
        "budget",
        own_word("lead.budget", _l("Budget")),
        "money",
        40,
        headings=("budget", "amount", "бюджет", "сумма", "оборот"),
    ),
    Target(
        "need",
        _l("What they need"),
        longest=4000,
        headings=("need", "request", "comment", "потребность", "запрос", "комментарий"),
    ),
)


class KnownLeads:
    """Open leads by phone and e-mail: whoever asks twice is one lead; a masked person is none."""

    model: Any = Lead

    def __init__(self) -> None:
        self.by_address: dict[str, int] = {}
        for lead in db.session.scalars(every(Lead).where(Lead.status.in_(OPEN_STATUSES))):
            self.add(lead)
        masked = every(Address).where(Address.value.startswith(PREFIX))
        self.masked = {address.value: address.id for address in db.session.scalars(masked)}

    def find(self, values: dict[str, Any]) -> Found | None:
        """The lead that a row is about."""
        reached = [values[name] for name in _REACHED_BY if values.get(name)]
        for value in reached:
            if digest_of(value) in self.masked:
                return (MASKED, self.masked[digest_of(value)])
        return next(((SURE, self.by_address[value]) for value in reached if value in self.by_address), None)

    def add(self, lead: Lead) -> None:
        """Take a lead in that was just made."""
        for value in (lead.phone, lead.email):
            if value:
                self.by_address.setdefault(value, lead.id)

    def foresee(self, values: dict[str, Any], line: int) -> None:
        """A row above will be taken: what stands below is held against it, too, by its line below zero."""
        for name in _REACHED_BY:
            if values.get(name):
                self.by_address.setdefault(values[name], -line)


add_kind(
    Kind(
        "leads",
        _l("Leads"),
        _l("Show the leads"),
        "sales.leads",
        "lead",
        TARGETS,
        "name",
        known=KnownLeads,
        make=make_lead,
        fill=change_lead,
        right="sell",
    )
)
