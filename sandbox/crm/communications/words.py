"""What people call directions, who reads a note, and the kinds of what comes into the inbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from sandbox.crm.communications.models import INTERNAL, PUBLIC

INBOUND, OUTBOUND = "in", "out"
INBOX_KINDS = ("mention", "task", "case", "lead", "instruction", "approval", "exchange", "news")
INBOX_ICONS = {
    "mention": "at",
    "task": "checkbox",
    "case": "lifebuoy",
    "lead": "user-question",
    "instruction": "file-text",
    "approval": "file-check",
    "exchange": "file-alert",
    "news": "news",
}


def directions() -> Iterable[tuple[str, Any]]:
    """Codes and words of who called or wrote."""
    return [(OUTBOUND, _l("From us")), (INBOUND, _l("From the customer"))]


def mail_directions() -> Iterable[tuple[str, Any]]:
    """The same of an e-mail: a language may have another ending for it."""
    return [
        (OUTBOUND, lazy_pgettext("mail", "From us")),
        (INBOUND, lazy_pgettext("mail", "From the customer")),
    ]


def visibilities() -> Iterable[tuple[str, Any]]:
    """Codes and words of who may read a note."""
    return [(INTERNAL, _l("Colleagues only")), (PUBLIC, _l("The customer, too"))]


def inbox_words() -> dict[str, Any]:
    """What people call the kinds of what comes into the inbox."""
    return {
        "mention": _l("Questions of colleagues"),
        "task": _l("Tasks and meetings due"),
        "case": _l("Urgent cases"),
        "lead": _l("Leads to answer"),
        "instruction": _l("Instructions to read"),
        "approval": _l("Papers to approve"),
        "exchange": _l("Answers of counterparties"),
        "news": _l("News of my records"),
    }
