"""What mailings must ask of others, and what they answer; wiring joins them."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from sandbox.crm.marketing.mailings.models import DRAFT, SCHEDULED, Mailing, MailingSegment
from sandbox.crm.marketing.segments.models import Segment
from sandbox.ledger import Question
from sandbox.ledger.questions import Reason
from sandbox.spaces import every, first

# may_run_out.ask(mailing): reasons why nobody may skip the time that a delivery takes
may_run_out = Question("may_run_out")


def no_mailing_ahead(segment: Segment) -> Iterator[Reason]:
    """Why a segment may not be put away: a mailing is still to go out by it."""
    waiting = (
        every(Mailing)
        .join(MailingSegment, MailingSegment.mailing_id == Mailing.id)
        .where(MailingSegment.segment_id == segment.id, Mailing.status.in_((DRAFT, SCHEDULED)))
    )
    mailing = first(waiting)
    if mailing is not None:
        yield Reason(
            "in_use",
            _("The mailing “%(mailing)s” is still to go out to this segment.", mailing=mailing.title),
        )
