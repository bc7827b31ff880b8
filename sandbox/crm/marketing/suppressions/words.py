"""What people call the reasons of a suppression."""

from __future__ import annotations

from flask_babel import pgettext

from sandbox.crm.marketing.suppressions.models import COMPETITOR, COMPLAINT, OTHER, PARTNER, STAFF


def reasons() -> list[tuple[str, str]]:
    """Codes and words."""
    return [
        (COMPLAINT, pgettext("suppression", "Complained")),
        (COMPETITOR, pgettext("suppression", "Competitor")),
        (PARTNER, pgettext("suppression", "Partner: written to by hand")),
        (STAFF, pgettext("suppression", "Our own people")),
        (OTHER, pgettext("suppression", "Other")),
    ]
