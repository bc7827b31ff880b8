"""The places of the CRM in the rail, what can be made anew, and the way into a space."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, url_for
from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.inbox import count_waiting
from sandbox.crm.sight import closed_to
from sandbox.ledger.offers import Offer, may_do, offers_to_create
from sandbox.spaces.access import works_here
from sandbox.web.nav import NavItem, register

CREATES = (
    "lead.create",
    "deal.create",
    "company.create",
    "contact.create",
    "case.create",
    "campaign.create",
    "web_form.create",
    "document.create",
    "document.register",
    "segment.create",
    "mailing.create",
)


def init_app(app: Flask) -> None:
    """Register the rail's items and give templates the menu of what can be made."""
    register(
        app,
        NavItem(
            "overview",
            _l("Overview"),
            "layout-dashboard",
            "overview.overview",
            in_space=True,
            group=2,
            order=1,
            aside=True,
        ),
        NavItem(
            "customers", _l("Customers"), "users", "customers.companies", in_space=True, group=2, order=10
        ),
        NavItem(
            "companies",
            _l("Companies"),
            "",
            "customers.companies",
            in_space=True,
            parent="customers",
            order=1,
        ),
        NavItem(
            "contacts", _l("Contacts"), "", "customers.contacts", in_space=True, parent="customers", order=2
        ),
        NavItem(
            "duplicates",
            _l("Duplicates"),
            "",
            "customers.duplicates",
            in_space=True,
            parent="customers",
            order=3,
        ),
        NavItem(
            "imports",
            _l("Import"),
            "",
            _to_import,
            in_space=True,
            parent="customers",
            order=4,
        ),
        NavItem("sales", _l("Sales"), "briefcase", "sales.deals", in_space=True, group=2, order=20),
        NavItem("leads", _l("Leads"), "", _to_leads, in_space=True, parent="sales", order=1),
        NavItem("deals", _l("Deals"), "", "sales.deals", in_space=True, parent="sales", order=2),
        NavItem("offers", _l("Offers"), "", "offers.offers", in_space=True, parent="sales", order=3),
        NavItem("products", _l("Products"), "", "catalogue.products", in_space=True, parent="sales", order=4),
        NavItem(
            "handovers",
            _l("From marketing"),
            "",
            "handovers.handovers",
            in_space=True,
            parent="sales",
            order=6,
        ),
        NavItem(
            "price_lists",
            _l("Price lists"),
            "",
            "catalogue.price_lists",
            in_space=True,
            parent="sales",
            order=5,
        ),
        NavItem("lead_import", _l("Import"), "", _to_lead_import, in_space=True, parent="sales", order=7),
        NavItem(
            "marketing",
            _l("Marketing"),
            "speakerphone",
            "campaigns.campaigns",
            in_space=True,
            group=2,
            order=22,
        ),
        NavItem(
            "campaigns",
            _l("Campaigns"),
            "",
            "campaigns.campaigns",
            in_space=True,
            parent="marketing",
            order=20,
        ),
        NavItem(
            "mailings",
            _l("Mailings"),
            "",
            "mailings.mailings",
            in_space=True,
            parent="marketing",
            order=25,
        ),
        NavItem(
            "segments",
            _l("Segments"),
            "",
            "segments.segments",
            in_space=True,
            parent="marketing",
            order=30,
        ),
        NavItem(
            "message_templates",
            _l("Templates"),
            "",
            "messages.templates",
            in_space=True,
            parent="marketing",
            order=35,
        ),
        NavItem(
            "returns",
            _l("Returns"),
            "",
            "mailings.returns",
            in_space=True,
            parent="marketing",
            order=38,
        ),
        NavItem(
            "suppressions",
            _l("Suppressions"),
            "",
            "suppressions.suppressions",
            in_space=True,
            parent="marketing",
            order=45,
        ),
        NavItem(
            "web_forms",
            _l("Web forms"),
            "",
            "web_forms.web_forms",
            in_space=True,
            parent="marketing",
            order=48,
        ),
        NavItem(
            "documents", _l("Documents"), "file-text", "documents.documents", in_space=True, group=2, order=25
        ),
        NavItem(
            "papers",
            _l("All documents"),
            "",
            "documents.documents",
            in_space=True,
            parent="documents",
            order=1,
        ),
        NavItem("invoices", _l("Invoices"), "", _to_invoices, in_space=True, parent="documents", order=3),
        NavItem("chase", _l("To chase"), "", "chase.chase", in_space=True, parent="documents", order=5),
        NavItem(
            "exchange", _l("Exchange"), "", "exchange.exchange", in_space=True, parent="documents", order=4
        ),
        NavItem(
            "approvals",
            _l("Waiting for my visa"),
            "",
            "documents.approvals",
            in_space=True,
            parent="documents",
            order=2,
        ),
        NavItem(
            "inbox",
            _l("Inbox"),
            "inbox",
            "inbox.inbox",
            in_space=True,
            group=2,
            order=5,
            count=_how_much_waits,
        ),
        NavItem(
            "tasks", _l("Tasks"), "checkbox", "communications.activities", in_space=True, group=2, order=30
        ),
        NavItem(
            "to-do", _l("Tasks"), "", "communications.activities", in_space=True, parent="tasks", order=1
        ),
        NavItem("calendar", _l("Calendar"), "", "calendar.show", in_space=True, parent="tasks", order=2),
        NavItem("cases", _l("Cases"), "lifebuoy", "cases.cases", in_space=True, group=2, order=35),
        NavItem(
            "instructions",
            _l("Instructions"),
            "",
            "instructions.instructions",
            in_space=True,
            parent="tasks",
            order=3,
        ),
    )
    app.add_template_global(what_can_be_made, "new_actions")
    app.add_template_global(new_menu_key)


def _to_invoices(space: Any) -> str:
    """Invoices are a part of the list of papers."""
    return url_for("documents.documents", space=space.id, kind="invoice")


def _to_import(space: Any) -> str | None:
    """Files are brought by those who answer for the cards; to others the place is not shown."""
    return url_for("importing.imports", space=space.id) if may_do("import.run") else None


def _to_lead_import(space: Any) -> str | None:
    """Files are brought where customers are; from sales one comes to bring leads."""
    sells = may_do("import.run") and may_do("lead.create")
    return url_for("importing.imports", space=space.id, kind="leads") if sells else None


def _to_leads(space: Any) -> str | None:
    """Leads are not shown to a job role that works without them."""
    colleague = g.get("colleague")
    if colleague is not None and "lead" in closed_to(colleague.job_role):
        return None
    return url_for("sales.leads", space=space.id)


def _how_much_waits(space: Any) -> int:
    """What waits for the colleague whom the person plays here; nothing outside a space."""
    colleague = g.get("colleague")
    if "how_much_waits" in g:
        return int(g.how_much_waits)
    return count_waiting(colleague) if colleague is not None and g.get("space") is not None else 0


def new_menu_key() -> Any:
    """All that decides what can be made: where, by which company's rules, in which job role; None outside."""
    space, colleague = g.get("space"), g.get("colleague")
    if space is None or colleague is None:
        return None
    return ("new", space.id, space.recipe_digest, colleague.job_role, works_here())


def what_can_be_made() -> list[Offer]:
    """The creating actions that the colleague's job role may do; none outside of a space."""
    if g.get("space") is None or g.get("colleague") is None:
        return []
    return offers_to_create(CREATES)
