"""What people call the states of papers."""

from __future__ import annotations

from flask_babel import gettext as _

from sandbox.crm.documents.models import (
    ANNULLED,
    APPROVED,
    DRAFT,
    IN_APPROVAL,
    REGISTERED,
    RETURNED,
    SIGNED,
)

BADGES = {
    DRAFT: ("", "pencil"),
    IN_APPROVAL: ("info", "hourglass"),
    RETURNED: ("warn", "arrow-back-up"),
    APPROVED: ("ok", "check"),
    REGISTERED: ("info", "inbox"),
    SIGNED: ("ok", "signature"),
    ANNULLED: ("bad", "x"),
}


def document_statuses() -> list[tuple[str, str]]:
    """Codes and words of a paper's states."""
    return [
        (DRAFT, _("Draft")),
        (IN_APPROVAL, _("In approval")),
        (RETURNED, _("Returned with remarks")),
        (APPROVED, _("Approved")),
        (REGISTERED, _("Registered")),
        (SIGNED, _("Signed")),
        (ANNULLED, _("Annulled")),
    ]
