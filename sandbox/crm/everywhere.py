"""What may be done on all records alike: call, task, meeting, e-mail, note."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from sandbox.crm.communications import making
from sandbox.crm.communications.cases import Case
from sandbox.crm.communications.forms import CallForm, MailForm, NoteForm, TaskForm
from sandbox.crm.communications.meeting_forms import MeetingForm
from sandbox.crm.communications.models import Activity
from sandbox.crm.customers.models import Company, Contact
from sandbox.crm.documents.models import Document
from sandbox.crm.sales.deals import Deal
from sandbox.crm.sales.leads import Lead
from sandbox.ledger import action

KINDS = (Company, Contact, Lead, Deal, Case, Document)


def _stands(record: Any) -> bool:
    return record.deleted_at is None


@action(
    "call.log",
    on=KINDS,
    makes=Activity,
    event="logged",
    right="communicate",
    form=CallForm,
    icon="phone",
    title=_l("Log a call"),
    says=_l("%(by)s logged a call: %(outcome)s"),
    shown=_stands,
    guards_version=False,
    fixed={"kind": "call"},
)
def log_call(record: Any, **values: Any) -> Activity:
    """Log a call that was made or taken, with its outcome."""
    return making.log_call(record, **values)


@action(
    "task.set",
    on=KINDS,
    makes=Activity,
    event="set",
    right="communicate",
    form=TaskForm,
    icon="checkbox",
    title=_l("Set a task"),
    says=_l("%(by)s set the task “%(subject)s” for %(due)s"),
    shown=_stands,
    guards_version=False,
    refusals=("due_in_past",),
)
def set_task(record: Any, **values: Any) -> Activity:
    """Set a task with a day, for oneself or for a colleague."""
    return making.set_task(record, **values)


@action(
    "meeting.plan",
    on=KINDS,
    makes=Activity,
    event="planned",
    right="communicate",
    form=MeetingForm,
    icon="calendar-plus",
    title=_l("Plan a meeting"),
    says=_l("%(by)s planned the meeting “%(subject)s” for %(starts)s"),
    shown=_stands,
    guards_version=False,
    fixed={"kind": "meeting"},
    refusals=("due_in_past", "clash", "outside_hours"),
)
def plan_meeting(record: Any, **values: Any) -> Activity:
    """Plan a meeting at a time when its person is free."""
    return making.plan_meeting(record, **values)


@action(
    "mail.note",
    on=KINDS,
    makes=Activity,
    event="noted",
    right="communicate",
    form=MailForm,
    icon="mail",
    title=_l("Note an e-mail"),
    says=_l("%(by)s noted an e-mail: %(subject)s"),
    shown=_stands,
    guards_version=False,
    fixed={"kind": "email"},
)
def note_mail(record: Any, **values: Any) -> Activity:
    """Note an e-mail that was sent or received elsewhere."""
    return making.note_mail(record, **values)


@action(
    "note.write",
    on=KINDS,
    makes=Activity,
    event="written",
    right="communicate",
    form=NoteForm,
    icon="note",
    title=_l("Write a note"),
    says=_l("%(by)s wrote a note: %(note)s"),
    shown=_stands,
    guards_version=False,
    fixed={"kind": "note"},
    refusals=("cannot_see", "nobody_named", "question_in_public"),
)
def write_note(record: Any, **values: Any) -> Activity:
    """Write a note on the record, and ask colleagues in it by @ and their name."""
    return making.write_note(record, **values)
