"""What may be done with an item of the inbox, whichever area it comes from, and with the inbox itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.communications.cases import Case
from sandbox.crm.communications.forms import SnoozeForm, SwitchesForm
from sandbox.crm.communications.inbox import everything_waiting, marks_of, news_of
from sandbox.crm.communications.inbox_models import InboxChoice, InboxMark, switched_off
from sandbox.crm.communications.instructions import Acknowledgement
from sandbox.crm.communications.mentions import Mention
from sandbox.crm.communications.models import Activity
from sandbox.crm.communications.words import INBOX_KINDS
from sandbox.crm.documents.approval_models import Visa
from sandbox.crm.documents.exchange_models import Sending
from sandbox.crm.everywhere import KINDS as RECORDS
from sandbox.crm.sales.handovers.models import Handover
from sandbox.crm.sales.offers.models import Offer
from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import Event, action, tell
from sandbox.spaces import Colleague, InSpace, every, first

# An area whose things wait for people (`waits_for`) adds its kinds of row here.
ITEMS = (Mention, Activity, Acknowledgement, Visa, Sending, Handover, Offer)


def _only_in_the_inbox(_record: Any) -> bool:
    return False


@action(
    "inbox.snooze",
    on=(*ITEMS, *RECORDS),
    event="snoozed",
    right="communicate",
    form=SnoozeForm,
    icon="clock-pause",
    title=_l("Snooze"),
    says=_l("%(by)s put “%(record)s” off until %(until)s"),
    shown=_only_in_the_inbox,
    guards_version=False,
    refusals=("due_in_past",),
)
def snooze(record: InSpace, *, until: datetime, by: Colleague, at: datetime) -> None:
    """Take an item out of the inbox until a time; it comes back by itself."""
    if until <= at:
        raise Refused("due_in_past", _("This moment has passed. Choose one ahead."))
    mark = _mark(record, by)
    mark.snoozed_until, mark.read_at = until, None


@action(
    "inbox.read",
    on=(*ITEMS, *RECORDS),
    event="read",
    right="communicate",
    icon="mail-opened",
    title=_l("Mark as read"),
    says=_l("%(by)s marked “%(record)s” as read"),
    shown=_only_in_the_inbox,
    guards_version=False,
)
def read(record: InSpace, *, by: Colleague, at: datetime) -> None:
    """Take an item out of the inbox; a question stays unanswered, and who asked still waits."""
    _read(record, by, at)


@action(
    "inbox.read_all",
    event="read_all",
    right="communicate",
    icon="mail-opened",
    title=_l("Mark all as read"),
    says=_l("%(by)s marked everything in the inbox as read: %(count)s"),
)
def read_all(*, by: Colleague, at: datetime) -> None:
    """Empty the inbox at once. Questions stay unanswered and tasks undone: whoever waits, goes on waiting."""
    marks = marks_of(by)
    hidden = {key for key, mark in marks.items() if mark.hides(at)}
    rows = [one.row for one in everything_waiting(by) if one.key not in hidden]
    rows += [news.record for news in news_of(by, marks, at)]
    for row in rows:
        _read(row, by, at)
    tell(count=len(rows))


@action(
    "inbox.choose",
    event="chosen",
    right="communicate",
    form=SwitchesForm,
    icon="adjustments-horizontal",
    title=_l("What comes into my inbox"),
    says=_l("%(by)s chose what comes into the inbox"),
)
def choose(*, by: Colleague, at: datetime, **kinds: bool) -> None:
    """Switch each kind of item on or off."""
    off = switched_off(by)
    for kind in INBOX_KINDS:
        if not kinds.get(kind) and kind not in off:
            db.session.add(InboxChoice(colleague_id=by.id, kind=kind))
        elif kinds.get(kind) and kind in off:
            chosen = every(InboxChoice).where(InboxChoice.colleague_id == by.id, InboxChoice.kind == kind)
            db.session.delete(first(chosen))


def _read(record: InSpace, by: Colleague, at: datetime) -> None:
    mark = _mark(record, by)
    if isinstance(record, RECORDS):
        newest = every(Event).where(Event.record_table == record.__table__.name, Event.record_n == record.n)
        last = first(newest.order_by(Event.id.desc()))
        mark.read_n = last.n if last else 0
        mark.snoozed_until = None
        if not isinstance(record, Case):
            return
    mark.read_at = at


def _mark(record: InSpace, by: Colleague) -> InboxMark:
    table = record.__table__.name
    mark = first(
        every(InboxMark).where(
            InboxMark.colleague_id == by.id, InboxMark.item_table == table, InboxMark.item_n == record.n
        )
    )
    if mark is None:
        mark = InboxMark(colleague_id=by.id, item_table=table, item_n=record.n)
        db.session.add(mark)
    return mark
