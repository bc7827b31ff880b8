"""What people call the states of a mailing, the lines of its audience, and what became of a letter."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

from sandbox.crm.marketing.mailings import models

BADGES = {
    models.DRAFT: ("", "pencil"),
    models.SCHEDULED: ("info", "calendar-time"),
    models.SENDING: ("warn", "mail-fast"),
    models.DONE: ("ok", "check"),
    models.CANCELLED: ("bad", "x"),
}
OUTCOME_BADGES = {
    models.WAITING: ("", "hourglass"),
    models.DELIVERED: ("ok", "mail-check"),
    models.SOFT: ("warn", "refresh"),
    models.GAVE_UP: ("bad", "mail-question"),
    models.HARD: ("bad", "mail-x"),
}


def mailing_states() -> list[tuple[str, str]]:
    """Codes and words of a mailing's states."""
    return [
        (models.DRAFT, pgettext("mailing", "Draft")),
        (models.SCHEDULED, pgettext("mailing", "Scheduled")),
        (models.SENDING, pgettext("mailing", "Going out")),
        (models.DONE, pgettext("mailing", "Sent")),
        (models.CANCELLED, pgettext("mailing", "Called off")),
    ]


def lines() -> list[tuple[str, str]]:
    """The lines of the audience, in the order of the equation."""
    return [
        (models.NO_ADDRESS, pgettext("audience", "without an e-mail address")),
        (models.OPTED_OUT, pgettext("audience", "opted out of advertising")),
        (models.INVALID, pgettext("audience", "address does not work")),
        (models.REPEATED, pgettext("audience", "repeated: the same address a second time")),
        (models.SUPPRESSED, pgettext("audience", "suppressed")),
        (models.NO_CONSENT, pgettext("audience", "without provable consent to advertising")),
        (models.SENT, pgettext("audience", "to be sent")),
    ]


def outcomes() -> list[tuple[str, str]]:
    """What became of a letter."""
    return [
        (models.WAITING, pgettext("letter", "on its way")),
        (models.DELIVERED, pgettext("letter", "delivered")),
        (models.SOFT, pgettext("letter", "came back for now, will be tried again")),
        (models.GAVE_UP, pgettext("letter", "came back each time")),
        (models.HARD, pgettext("letter", "came back for good")),
    ]


def reactions() -> list[tuple[str, str]]:
    """What a recipient did."""
    return [
        ("opened", pgettext("letter", "opened")),
        ("clicked", pgettext("letter", "pressed a link")),
        ("opted_out", pgettext("letter", "opted out")),
    ]


def fate_words(recipient: Any) -> str:
    """What became of one letter, in one line: “delivered, opened, pressed a link”."""
    if recipient.line != models.SENT:
        return dict(lines())[recipient.line]
    said = [dict(outcomes())[recipient.outcome or models.WAITING]]
    said += [words for name, words in reactions() if getattr(recipient, name)]
    return ", ".join(said)


def told_of(mailing: str) -> str:
    """How an opt-out by the link in a letter is known; kept as evidence."""
    return _("Opt-out link in the mailing “%(mailing)s”", mailing=mailing)
