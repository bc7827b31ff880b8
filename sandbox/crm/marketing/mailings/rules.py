"""What must be so before a mailing goes out; each rule a refusal, and all of them a list for its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from sandbox.crm.marketing.mailings.audience import Audience
from sandbox.crm.marketing.mailings.models import DRAFT, NO_CONSENT, Mailing
from sandbox.kernel.errors import Refused

NEEDED = ("no_segment", "no_opt_out", "not_tested", "nobody")


@dataclass(frozen=True)
class Need:
    """One thing that a mailing needs: whether it has it, and what is to be done where it has not."""

    code: str
    words: Any
    met: bool
    remedy: Any


def needs_of(mailing: Mailing, audience: Audience) -> Sequence[Need]:
    """What a draft needs before it may go out, in the order in which it is looked at."""
    template = mailing.template
    return [
        Need("no_segment", _("A segment"), bool(mailing.lists), _("Choose at least one segment.")),
        Need(
            "no_opt_out",
            _("An opt-out link"),
            template.has_opt_out,
            _("The text has no opt-out link. Put {{ opt_out }} into the template."),
        ),
        Need(
            "not_tested",
            _("A test of this wording"),
            template.tested,
            _("This wording was not tested. Send a test of the template to a colleague first."),
        ),
        Need("nobody", _("Somebody it may be sent to"), bool(audience.to_be_sent), _nobody(audience)),
    ]


def insist_on_needs(mailing: Mailing, audience: Audience) -> None:
    """Refuse with the first thing that is missing."""
    for need in needs_of(mailing, audience):
        if not need.met:
            raise Refused(need.code, need.remedy)


def insist_on_draft(mailing: Mailing) -> None:
    """Refuse with `not_draft` once a mailing is scheduled or out."""
    if mailing.status != DRAFT:
        raise Refused("not_draft", _("Only a draft is changed. Take a scheduled mailing back first."))


def insist_on_future(send_at: datetime, at: datetime) -> None:
    """Refuse with `in_past` a moment that is over."""
    if send_at <= at:
        raise Refused("in_past", _("This moment is over. Choose a later one, or send it now."))


def _nobody(audience: Audience) -> str:
    without = audience.lines[NO_CONSENT]
    if without and without == len(audience.targets):
        return ngettext(
            "The only target has no consent to advertising that can be proven. "
            "Consent to personal data is none.",
            "None of the %(num)d targets has consent to advertising that can be proven. "
            "Consent to personal data is none.",
            without,
        )
    return _("Nobody is left to send it to. Look at the lines of the audience.")
