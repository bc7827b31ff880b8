"""What may be done with a note in the timeline, and with a question to a colleague."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.communications import making
from sandbox.crm.communications.forms import AnswerForm, AskedTaskForm
from sandbox.crm.communications.mentions import Mention
from sandbox.crm.communications.models import INTERNAL, Activity
from sandbox.crm.record import stamp_change
from sandbox.kernel.errors import Refused
from sandbox.ledger import action
from sandbox.spaces import Colleague


@action(
    "mention.answer",
    on=Mention,
    event="answered",
    right="communicate",
    form=AnswerForm,
    icon="message-reply",
    title=_l("Answer"),
    says=_l("%(by)s answered a question: %(text)s"),
    shown=lambda mention: mention.is_open,
    guards_version=False,
    refusals=("not_asked", "answered"),
)
def answer_mention(mention: Mention, *, text: str, by: Colleague, at: datetime) -> None:
    """Answer a colleague's question; the answer stands as a note on the same record."""
    _insist_on_own(mention, by)
    mention.answer = making.write_note(mention.on, note=text, visibility=INTERNAL, by=by, at=at)
    mention.answered_at = at
    stamp_change(mention, by, at)


@action(
    "mention.set_task",
    on=Mention,
    event="made_task",
    right="communicate",
    form=AskedTaskForm,
    icon="checkbox",
    title=_l("Make it a task"),
    says=_l("%(by)s made a task of a question: “%(subject)s”, due %(due)s"),
    shown=lambda mention: mention.is_open,
    guards_version=False,
    refusals=("not_asked", "answered", "due_in_past"),
)
def make_task_of_mention(mention: Mention, *, subject: str, due: date, by: Colleague, at: datetime) -> None:
    """Make a task of one's own out of a question, when the answer needs work first."""
    _insist_on_own(mention, by)
    note = mention.activity.note
    mention.task = making.set_task(mention.on, subject=subject, due=due, note=note, by=by, at=at)
    stamp_change(mention, by, at)


@action(
    "activity.pin",
    on=Activity,
    event="pinned",
    right="communicate",
    icon="pin",
    title=_l("Pin on top"),
    says=_l("%(by)s pinned “%(record)s”"),
    shown=lambda activity: activity.done and not activity.pinned,
    guards_version=False,
)
def pin_activity(activity: Activity, *, by: Colleague, at: datetime) -> None:
    """Keep what was said on top of the record's timeline."""
    activity.pinned_at = at
    stamp_change(activity, by, at)


@action(
    "activity.unpin",
    on=Activity,
    event="unpinned",
    right="communicate",
    icon="pinned-off",
    title=_l("Unpin"),
    says=_l("%(by)s unpinned “%(record)s”"),
    shown=lambda activity: activity.pinned,
    guards_version=False,
)
def unpin_activity(activity: Activity, *, by: Colleague, at: datetime) -> None:
    """Let it go back to its place in the timeline."""
    activity.pinned_at = None
    stamp_change(activity, by, at)


def _insist_on_own(mention: Mention, by: Colleague) -> None:
    if mention.answered:
        raise Refused("answered", _("This question is answered. Write a note if there is more to say."))
    if not mention.is_open:
        raise Refused("answered", _("There is a task for this question. Finish the task instead."))
    if mention.colleague_id != by.id:
        raise Refused(
            "not_asked",
            _(
                "%(colleague)s was asked, and answers. Write a note if you know it better.",
                colleague=mention.colleague.name,
            ),
        )
