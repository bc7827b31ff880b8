"""Papers as lists and pages ask for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import pgettext
from sqlalchemy import func
from sqlalchemy.orm import joinedload

from sandbox.crm.bulk.ways import Way, in_bulk
from sandbox.crm.columns import (
    Column,
    badge_column,
    code_column,
    day_column,
    light_column,
    link_column,
    macro,
    money_column,
    own_columns,
    person_column,
    text_column,
    title_column,
)
from sandbox.crm.communications.queries import lights
from sandbox.crm.documents.models import ANNULLED, UNPAID, Document
from sandbox.crm.documents.words import BADGES, document_states, document_statuses
from sandbox.crm.filters import Span, own_filters
from sandbox.crm.lists import Filter, Listed, choices, code_filter, listed, owner_filter, related
from sandbox.crm.places import lists
from sandbox.crm.record_page import Beside
from sandbox.extensions import db
from sandbox.spaces import current_space, every, fetch, number_of

in_bulk(
    Document,
    Way("document.edit", "owner", _l("Assign an owner"), "user-share"),
    Way("task.set"),
    Way("document.annul"),
)


@lists(Document)
def list_documents() -> Listed:
    """The page of papers that the address asks for, with their amounts summed."""
    states, today = document_states(), current_space().today()

    def stands(one: Document) -> tuple[Any, str, str]:
        state = one.state(today)
        return (states[state], *BADGES[state])

    columns = (
        title_column(_("Document"), Document, sub=lambda one: one.company.title),
        badge_column(_("State"), "status", Document.status, stands),
        day_column(_("Date"), "date", "date", Document.date, css="minor"),
        money_column(_("Amount"), "amount", Document.amount, css="aside"),
        Column(
            pgettext("column", "Until"),
            "until",
            func.coalesce(Document.due_on, Document.valid_until),
            css="aside",
            cells=_untils,
            value=lambda one: one.due_on or one.valid_until,
        ),
        light_column(lights, css="minor", only=_asks),
        person_column(_("Owner")),
        link_column(_("Company"), "company", offered=True),
        code_column(_("Type"), "type", Document.type, choices("document_types"), edits="", offered=True),
        text_column(_("Number"), "number", Document.number, edits="", offered=True),
        day_column(_("Signed on"), "signed", "signed_on", Document.signed_on, offered=True),
        day_column(_("Original received"), "received", "received_on", Document.received_on, offered=True),
        *own_columns("document", Document),
    )
    filters = (
        owner_filter(Document, g.colleague),
        _kind(),
        code_filter("type", _("Type"), Document.type, choices("document_types")),
        code_filter("status", _("State"), Document.status, document_statuses()),
        _validity(),
        _payment(),
        _origin(),
        Span("amount", _("Amount"), Document.amount),
        Span("date", _("Date"), Document.date, "date"),
        *own_filters("document", Document),
    )
    return listed(
        every(Document),
        Document,
        columns=columns,
        filters=filters,
        sort="-date",
        options=(joinedload(Document.company), joinedload(Document.owner)),
    )


def _untils(_found: Listed) -> Any:
    """Until when papers are valid, with a word where that is over or nearly so."""
    space, drawn = current_space(), macro("documents/_document.html", "until")
    today, soon = space.today(), space.company.documents.renewal_days
    return lambda one: drawn(one, today, soon)


def _asks(one: Document) -> bool:
    """Whether a paper that has nothing planned should say so: while it is written, and as it ends."""
    space = current_space()
    soon = space.company.documents.renewal_days
    left = one.days_left(space.today())
    return one.is_alive and (one.is_open or (left is not None and left <= soon))


def open_document(n: int) -> Document:
    """A paper with what its page names, in one query; NotFound where there is none."""
    named = (Document.company, Document.contact, Document.deal, Document.owner, Document.base)
    found = db.session.get(Document, number_of(Document, n), options=[joinedload(one) for one in named])
    return found or fetch(Document, n, deleted=True)


def beside_records(record: Any) -> list[Beside]:
    """The papers of a company or a deal, for its page; the papers that belong to a paper."""
    if isinstance(record, Document):
        mine = related(Document, Document.base_id, record)
        return [(_("Made for this document"), "files", [*([record.base] if record.base else []), *mine])]
    if record.__record__ not in ("company", "deal"):
        return []
    key = getattr(Document, f"{record.__record__}_id")
    return [(_("Documents"), "file-text", related(Document, key, record))]


def _validity() -> Filter:
    """By how long papers are still valid."""
    today = current_space().today()
    soon = today + timedelta(days=current_space().company.documents.renewal_days)
    clauses: dict[str, Any] = {
        "ending": (Document.valid_until >= today) & (Document.valid_until <= soon),
        "expired": Document.valid_until < today,
        "valid": Document.valid_until > soon,
    }

    def clause(codes: list[str]) -> Any:
        chosen = clauses[codes[0]]
        for code in codes[1:]:
            chosen = chosen | clauses[code]
        return (Document.status != ANNULLED) & chosen

    options = [("ending", _("ends soon")), ("expired", _("is over")), ("valid", _("valid for longer"))]
    return Filter("until", _("Validity"), options, clause)


def _kind() -> Filter:
    """By what papers are for: one kind may have several types."""
    types = current_space().company.documents.types
    options = [
        ("contract", _("contracts")),
        ("invoice", _("invoices")),
        ("closing", _("closing documents")),
        ("letter", _("letters")),
    ]

    def clause(codes: list[str]) -> Any:
        return Document.type.in_([one.code for one in types if one.kind in codes])

    return Filter("kind", _("Kind"), options, clause)


def _payment() -> Filter:
    """By whether money is still awaited."""
    unpaid = Document.status.in_(UNPAID)
    overdue = unpaid & (Document.due_on < current_space().today())

    def clause(codes: list[str]) -> Any:
        return unpaid if "unpaid" in codes else overdue

    options = [("unpaid", _("not paid yet")), ("overdue", pgettext("payment", "overdue"))]
    return Filter("payment", _("Payment"), options, clause)


def _origin() -> Filter:
    """By where papers come from, and whether their original lies with us."""
    clauses: dict[str, Any] = {
        "ours": Document.incoming.is_(False),
        "theirs": Document.incoming.is_(True),
        "no-original": (Document.status == "signed") & Document.received_on.is_(None),
    }

    def clause(codes: list[str]) -> Any:
        chosen = clauses[codes[0]]
        for code in codes[1:]:
            chosen = chosen | clauses[code]
        return chosen

    options = [("ours", _("ours")), ("theirs", _("came in")), ("no-original", _("signed, original missing"))]
    return Filter("origin", _("Origin"), options, clause)
