"""What people call the states of papers."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import pgettext

from sandbox.crm.documents.models import (
    ANNULLED,
    APPROVED,
    CLARIFICATION,
    CORRECTED,
    DELIVERED,
    DRAFT,
    IN_APPROVAL,
    ISSUED,
    OVERDUE,
    PAID,
    PARTLY,
    REFUSED,
    REGISTERED,
    RETURNED,
    SENT,
    SIGNED,
    Document,
)
from sandbox.crm.lists import language, word

BADGES = {
    DRAFT: ("", "pencil"),
    IN_APPROVAL: ("info", "hourglass"),
    RETURNED: ("warn", "arrow-back-up"),
    APPROVED: ("ok", "check"),
    REGISTERED: ("info", "inbox"),
    SIGNED: ("ok", "signature"),
    ISSUED: ("info", "file-invoice"),
    PARTLY: ("warn", "coins"),
    PAID: ("ok", "cash"),
    OVERDUE: ("bad", "alert-circle"),
    SENT: ("info", "send"),
    DELIVERED: ("info", "mail-check"),
    REFUSED: ("bad", "file-alert"),
    CLARIFICATION: ("warn", "message-question"),
    CORRECTED: ("outline", "history"),
    ANNULLED: ("bad", "x"),
}


def vat_word() -> str:
    """What the company calls its tax."""
    return word("offer.vat", _("VAT"))


def variant_word(document: Document) -> str | None:
    """What people call the variant of its type; None where it has none."""
    said = document.said
    found = next((one for one in said.variants if one.code == document.variant), None) if said else None
    return found.title[language()] if found else None


def document_statuses() -> list[tuple[str, str]]:
    """Codes and words of a paper's states."""
    return [
        (DRAFT, _("Draft")),
        (IN_APPROVAL, _("In approval")),
        (RETURNED, _("Returned with remarks")),
        (APPROVED, _("Approved")),
        (REGISTERED, _("Registered")),
        (SIGNED, _("Signed")),
        (ISSUED, _("Issued")),
        (PARTLY, _("Paid in part")),
        (PAID, pgettext("invoice", "Paid")),
        (SENT, pgettext("document", "Sent")),
        (DELIVERED, _("Delivered")),
        (REFUSED, _("Refused")),
        (CLARIFICATION, _("Clarification asked")),
        (CORRECTED, _("Corrected")),
        (ANNULLED, _("Annulled")),
    ]


def document_states() -> dict[str, str]:
    """The same words by code, with the one that is read off the calendar."""
    return {**dict(document_statuses()), OVERDUE: pgettext("invoice", "Overdue")}
