"""What people call the states of an offer."""

from __future__ import annotations

from flask_babel import pgettext

from sandbox.crm.sales.offers.models import (
    ACCEPTED,
    APPROVED,
    DECLINED,
    DRAFT,
    EXPIRED,
    SENT,
    SUPERSEDED,
    WAITING,
)

BADGES = {
    DRAFT: ("", "pencil"),
    WAITING: ("warn", "hourglass"),
    APPROVED: ("info", "rubber-stamp"),
    SENT: ("info", "send"),
    ACCEPTED: ("ok", "thumb-up"),
    DECLINED: ("bad", "thumb-down"),
    EXPIRED: ("warn", "clock-off"),
    SUPERSEDED: ("outline", "history"),
}


def offer_states() -> list[tuple[str, str]]:
    """Codes and words of an offer's states, expired among them."""
    return [
        (DRAFT, pgettext("offer", "Draft")),
        (WAITING, pgettext("offer", "Waits for approval")),
        (APPROVED, pgettext("offer", "Approved")),
        (SENT, pgettext("offer", "Sent")),
        (ACCEPTED, pgettext("offer", "Accepted")),
        (DECLINED, pgettext("offer", "Declined")),
        (EXPIRED, pgettext("offer", "Expired")),
        (SUPERSEDED, pgettext("offer", "Superseded")),
    ]
