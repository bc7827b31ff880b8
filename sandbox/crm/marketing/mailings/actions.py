"""What may be done with mailings."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.marketing.campaigns.models import Campaign
from sandbox.crm.marketing.mailings.audience import audience_of
from sandbox.crm.marketing.mailings.forms import (
    RETRY,
    AddSegmentForm,
    BounceForm,
    CancelForm,
    CreateMailingForm,
    MailingForm,
    ScheduleForm,
)
from sandbox.crm.marketing.mailings.models import (
    DELIVERED,
    DRAFT,
    GAVE_UP,
    HARD,
    SCHEDULED,
    SENDING,
    SENT,
    Mailing,
    MailingRecipient,
    MailingSegment,
)
from sandbox.crm.marketing.mailings.questions import may_run_out
from sandbox.crm.marketing.mailings.rules import (
    NEEDED,
    insist_on_draft,
    insist_on_future,
    insist_on_needs,
)
from sandbox.crm.marketing.mailings.sending import addresses_of, call_off, go_on, go_out, mark_invalid
from sandbox.crm.marketing.messages.models import MessageTemplate
from sandbox.crm.marketing.segments.models import Segment
from sandbox.crm.putting_away import can_be_put_away
from sandbox.crm.record import stamp_change, stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, tell
from sandbox.spaces import Colleague

MOST_SEGMENTS = 5


def is_under_way(mailing: Mailing) -> bool:
    """Whether it went out, and something of it is still to come."""
    return mailing.started_at is not None and mailing.next_at is not None


@action(
    "mailing.create",
    makes=Mailing,
    event="created",
    right="market",
    form=CreateMailingForm,
    icon="mail-plus",
    title=_l("New mailing"),
    submit=_l("Create mailing"),
    says=_l("%(by)s drafted the mailing “%(record)s”"),
)
def create_mailing(
    *,
    name: str,
    template: MessageTemplate,
    segment: Segment,
    campaign: Campaign | None = None,
    by: Colleague,
    at: datetime,
) -> Mailing:
    """Draft a mailing of a template to a segment; nothing goes out yet."""
    made = Mailing(name=name, template=template, campaign=campaign, status=DRAFT)
    stamp_new(made, by, at)
    db.session.add(made)
    made.lists.append(MailingSegment(segment=segment))
    return made


@action(
    "mailing.edit",
    on=Mailing,
    event="edited",
    right="market",
    form=MailingForm,
    icon="edit",
    title=_l("Edit"),
    submit=_l("Save"),
    says=_l("%(by)s edited the mailing “%(record)s”"),
    shown=lambda mailing: mailing.status == DRAFT and mailing.deleted_at is None,
    refusals=("not_draft",),
)
def edit_mailing(
    mailing: Mailing,
    *,
    name: str,
    template: MessageTemplate,
    campaign: Campaign | None = None,
    by: Colleague,
    at: datetime,
) -> None:
    """Change what a draft is called and which template it goes by."""
    insist_on_draft(mailing)
    mailing.name, mailing.template, mailing.campaign = name, template, campaign
    stamp_change(mailing, by, at)


@action(
    "mailing.add_segment",
    on=Mailing,
    event="segment_added",
    right="market",
    form=AddSegmentForm,
    icon="users-plus",
    title=_l("Add a segment"),
    submit=_l("Add"),
    says=_l("%(by)s added the segment “%(segment)s” to the mailing “%(record)s”"),
    shown=lambda mailing: mailing.status == DRAFT and mailing.deleted_at is None,
    guards_version=False,
    refusals=("not_draft", "segment_here", "too_many"),
)
def add_segment(mailing: Mailing, *, segment: Segment, by: Colleague, at: datetime) -> None:
    """Send it to one more segment; whoever stands in two of them gets it once."""
    insist_on_draft(mailing)
    if any(one.segment_id == segment.id for one in mailing.lists):
        raise Refused("segment_here", _("This segment is in the mailing already."))
    if len(mailing.lists) >= MOST_SEGMENTS:
        raise Refused("too_many", _("A mailing goes to at most five segments. Join some of them into one."))
    mailing.lists.append(MailingSegment(segment=segment))
    stamp_change(mailing, by, at)


@action(
    "mailing_segment.remove",
    on=MailingSegment,
    event="removed",
    right="market",
    kind="danger",
    icon="x",
    title=_l("Take the segment out"),
    says=_l("%(by)s took the segment “%(record)s” out of the mailing “%(mailing)s”"),
    shown=lambda one: one.mailing.status == DRAFT,
    guards_version=False,
    refusals=("not_draft",),
)
def remove_segment(one: MailingSegment, *, by: Colleague, at: datetime) -> Mailing:
    """Do not send it to a segment after all."""
    mailing = one.mailing
    insist_on_draft(mailing)
    tell(mailing={"type": mailing.__record__, "n": mailing.n, "title": mailing.title})
    mailing.lists.remove(one)
    stamp_change(mailing, by, at)
    return mailing


@action(
    "mailing.schedule",
    on=Mailing,
    event="scheduled",
    right="market",
    form=ScheduleForm,
    kind="primary",
    icon="calendar-time",
    title=_l("Schedule"),
    says=_l("%(by)s scheduled the mailing “%(record)s” for %(send_at)s"),
    shown=lambda mailing: mailing.status == DRAFT and mailing.deleted_at is None,
    refusals=("not_draft", "in_past", *NEEDED),
)
def schedule_mailing(mailing: Mailing, *, send_at: datetime, by: Colleague, at: datetime) -> None:
    """Let it go out at a moment; its wording is settled now, who gets it then."""
    insist_on_draft(mailing)
    insist_on_future(send_at, at)
    insist_on_needs(mailing, audience_of(mailing.segments))
    mailing.subject, mailing.body = mailing.template.subject, mailing.template.body
    mailing.status, mailing.send_at, mailing.next_at = SCHEDULED, send_at, send_at
    stamp_change(mailing, by, at)


@action(
    "mailing.send",
    on=Mailing,
    event="started",
    right="market",
    icon="send",
    title=_l("Send now"),
    says=_l("%(by)s sent the mailing “%(record)s”: %(sent)s of %(targets)s targets"),
    shown=lambda mailing: mailing.status in (DRAFT, SCHEDULED) and mailing.deleted_at is None,
    refusals=("went_out", *NEEDED),
)
def send_mailing(mailing: Mailing, *, by: Colleague, at: datetime) -> None:
    """Send it at once; from now on its figures stand fast."""
    if mailing.status not in (DRAFT, SCHEDULED):
        raise Refused("went_out", _("This mailing has gone out, or was called off."))
    if mailing.status == DRAFT:
        insist_on_needs(mailing, audience_of(mailing.segments))
    mailing.send_at = at
    go_out(mailing, by, at)


@action(
    "mailing.take_back",
    on=Mailing,
    event="taken_back",
    right="market",
    icon="arrow-back-up",
    title=_l("Back to draft"),
    says=_l("%(by)s took the mailing “%(record)s” back to a draft"),
    shown=lambda mailing: mailing.status == SCHEDULED,
    refusals=("not_scheduled",),
)
def take_back_mailing(mailing: Mailing, *, by: Colleague, at: datetime) -> None:
    """Make a scheduled mailing a draft again."""
    if mailing.status != SCHEDULED:
        raise Refused("not_scheduled", _("Only a scheduled mailing can be taken back."))
    mailing.status = DRAFT
    mailing.subject = mailing.body = mailing.send_at = mailing.next_at = None
    stamp_change(mailing, by, at)


@action(
    "mailing.cancel",
    on=Mailing,
    event="cancelled",
    right="market",
    form=CancelForm,
    kind="danger",
    icon="player-stop",
    title=_l("Call off"),
    says=_l("%(by)s called the mailing “%(record)s” off: %(reason)s"),
    shown=lambda mailing: mailing.status in (SCHEDULED, SENDING),
    refusals=("not_going",),
)
def cancel_mailing(mailing: Mailing, *, reason: str, by: Colleague, at: datetime) -> None:
    """Stop it: nothing more goes out, what was delivered stays."""
    if mailing.status not in (SCHEDULED, SENDING):
        raise Refused("not_going", _("Only a mailing that is scheduled or going out can be called off."))
    call_off(mailing, reason, by, at)


@action(
    "mailing.advance",
    on=Mailing,
    event="advanced",
    right="market",
    icon="refresh",
    title=_l("See what came back"),
    says=_l("The mail servers answered for the mailing “%(record)s”, events: %(happened)s"),
    shown=lambda mailing: mailing.next_at is not None and mailing.status != DRAFT,
    guards_version=False,
    refusals=("nothing_due",),
)
def advance_mailing(mailing: Mailing, *, by: Colleague, at: datetime) -> None:
    """Take in what happened by now: the sending itself, answers of mail servers, clicks, opt-outs."""
    if mailing.next_at is None or mailing.next_at > at:
        raise Refused("nothing_due", _("Nothing new has come back yet. Look again a little later."))
    if mailing.status == SCHEDULED:
        go_out(mailing, by, mailing.send_at or at)
    tell(happened=go_on(mailing, at, by, at))


@action(
    "mailing.run_out",
    on=Mailing,
    event="ran_out",
    right="market",
    icon="player-track-next",
    title=_l("Do not wait: show the outcome"),
    says=_l("%(by)s let the delivery of “%(record)s” run to its end, events: %(happened)s"),
    shown=lambda mailing: is_under_way(mailing) and not may_run_out.ask(mailing),
    guards_version=False,
    refusals=("nothing_due", "in_exam"),
)
def run_out_mailing(mailing: Mailing, *, by: Colleague, at: datetime) -> None:
    """In practice nobody waits two days: all that is still to come, comes now."""
    may_run_out.insist(mailing)
    if not is_under_way(mailing):
        raise Refused("nothing_due", _("Nothing is still to come."))
    tell(happened=go_on(mailing, None, by, at))


can_be_put_away(
    Mailing,
    right="market",
    deleted=_l("%(by)s deleted the mailing “%(record)s”"),
    restored=_l("%(by)s restored the mailing “%(record)s”"),
    shown=lambda mailing: mailing.status == DRAFT,
    insist=insist_on_draft,
    refusals=("not_draft",),
)


@action(
    "mailing_recipient.process",
    on=MailingRecipient,
    event="processed",
    right="market",
    form=BounceForm,
    icon="mail-question",
    title=_l("Process the return"),
    submit=_l("Done"),
    says=_l("%(by)s processed the letter that came back from %(record)s: %(verdict)s"),
    shown=lambda one: one.bounced and not one.processed,
    refusals=("no_return", "hard_bounce", "soft_bounce"),
)
def process_return(one: MailingRecipient, *, verdict: str, by: Colleague, at: datetime) -> None:
    """Draw the consequence of a returned letter: a dead address is marked, a full mailbox tried again."""
    if one.line != SENT or one.outcome not in (HARD, GAVE_UP) or one.processed:
        raise Refused("no_return", _("There is no return to process here."))
    if one.outcome == HARD and verdict == RETRY:
        raise Refused(
            "hard_bounce",
            _("There is no such mailbox, the server says. Trying again only harms our own name."),
        )
    if one.outcome == GAVE_UP and verdict != RETRY:
        raise Refused(
            "soft_bounce",
            _("The mailbox exists and was only full or busy. The address is good: try again."),
        )
    one.processed_at = at
    if one.outcome == HARD:
        mark_invalid(addresses_of(one.email or ""), one.server_said, by, at)
    else:
        one.outcome, one.tries, one.delivered_at = DELIVERED, one.tries + 1, at
    stamp_change(one.mailing, by, at)
