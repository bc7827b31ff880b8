"""What happens around a record: calls, e-mails, meetings, notes, tasks, each a step with its activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sandbox.crm import Activity
from sandbox.crm.communications.models import INTERNAL
from sandbox.seeding import phrases
from sandbox.seeding.scribe import Row
from sandbox.seeding.world import World
from sandbox.spaces import Colleague

Changes = Sequence[tuple[Row, Mapping[str, Any]]]


class Beats:
    """Steps about one record by the colleague who looks after it."""

    def __init__(self, world: World, on: Row, by: Colleague, contact: str = "") -> None:
        self.world = world
        self.on = on
        self.by = by
        self.contact = contact

    def call(self, at: datetime, stage: str, kind: str = "reached", changes: Changes = ()) -> None:
        """A call at a stage; kind: reached or missed."""
        world = self.world
        outcome = world.outcome(kind)
        note = phrases.call_note(world.chance, stage, outcome, self.contact) or None
        inbound = kind == "reached" and world.chance.happens(0.2)
        fields = {"outcome": outcome, "note": note, "direction": "in" if inbound else "out"}
        self._done(at, "call.log", "call", fields, changes)

    def mail(self, at: datetime, stage: str) -> None:
        """An e-mail sent at a stage."""
        subject, note = phrases.mail(self.world.chance, stage)
        self._done(at, "mail.note", "email", {"subject": subject, "note": note, "direction": "out"})

    def mail_in(self, at: datetime, subject: str, note: str) -> None:
        """An e-mail received."""
        self._done(at, "mail.note", "email", {"subject": subject, "note": note, "direction": "in"})

    def note(self, at: datetime, text: str) -> None:
        """A note for colleagues."""
        self._done(at, "note.write", "note", {"note": text, "visibility": INTERNAL})

    def task(self, at: datetime, subject: str, due: date, kind: str = "task") -> Row:
        """Something to do; it stays open."""
        fields = {"subject": subject}
        row = self._activity(kind, fields, due_at=self.world.end_of(due))
        self._tell(at, "task.set", row, subject=subject, due=due, kind=kind)
        return row

    def finish(self, at: datetime, task: Row) -> None:
        """The task is done, and what came of it."""
        result = phrases.task_result(self.world.chance)
        self._end(at, "task.finish", task, result)

    def meeting(self, planned: datetime, held: datetime) -> None:
        """A meeting planned and held; it begins an hour before its minutes are written."""
        subject, result = phrases.meeting(self.world.chance)
        starts = max(planned, held - timedelta(hours=1))
        row = self._activity("meeting", {"subject": subject}, due_at=starts)
        self._tell(planned, "meeting.plan", row, subject=subject, starts=starts)
        self._end(held, "meeting.hold", row, result)

    def meeting_ahead(self, at: datetime, starts: datetime) -> None:
        """A meeting that is still to come."""
        subject, _result = phrases.meeting(self.world.chance)
        row = self._activity("meeting", {"subject": subject}, due_at=starts)
        self._tell(at, "meeting.plan", row, subject=subject, starts=starts)

    def next_step(self, at: datetime, text: str, due: date) -> Row:
        """The next step of a deal, with the task for it."""
        row = self._activity("task", {"subject": text}, due_at=self.world.end_of(due))
        self.world.scribe.tell(
            at,
            "deal.set_next_step",
            self.by,
            self.on,
            made=[row],
            changes=[(self.on, {"next_step": text})],
            next_step=text,
            due=due,
        )
        return row

    def _done(
        self, at: datetime, action: str, kind: str, fields: Mapping[str, Any], changes: Changes = ()
    ) -> None:
        row = self._activity(kind, fields, done_at=at)
        self.world.scribe.tell(at, action, self.by, self.on, made=[row], changes=changes, **fields)

    def _activity(self, kind: str, fields: Mapping[str, Any], **times: datetime) -> Row:
        self.world.told += 1
        about = f"{self.on.model.__record__}_id"
        return Row(Activity, kind=kind, assignee_id=self.by, **{about: self.on}, **fields, **times)

    def _tell(self, at: datetime, action: str, row: Row, **values: Any) -> None:
        self.world.scribe.tell(at, action, self.by, self.on, made=[row], **values)

    def _end(self, at: datetime, action: str, row: Row, result: str) -> None:
        self.world.scribe.tell(
            at, action, self.by, row, changes=[(row, {"done_at": at, "result": result})], result=result
        )
