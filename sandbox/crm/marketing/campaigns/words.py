"""What people call the states of a campaign."""

from __future__ import annotations

from flask_babel import pgettext

from sandbox.crm.marketing.campaigns.models import CANCELLED, FINISHED, PLANNED, RUNNING

BADGES = {
    PLANNED: ("", "calendar"),
    RUNNING: ("info", "player-play"),
    FINISHED: ("ok", "flag"),
    CANCELLED: ("outline", "ban"),
}


def campaign_states() -> list[tuple[str, str]]:
    """Codes and words of a campaign's states."""
    return [
        (PLANNED, pgettext("campaign", "Planned")),
        (RUNNING, pgettext("campaign", "Running")),
        (FINISHED, pgettext("campaign", "Finished")),
        (CANCELLED, pgettext("campaign", "Called off")),
    ]
