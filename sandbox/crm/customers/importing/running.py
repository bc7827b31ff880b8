"""Doing an import: one action, one event, each row created, updated or rejected with its cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from sandbox.crm.customers.consents import PERSONAL_DATA, Consent, text_on
from sandbox.crm.customers.importing.converting import Converter, Row
from sandbox.crm.customers.importing.kinds import kinds
from sandbox.crm.customers.importing.matching import MASKED, NEARLY
from sandbox.crm.customers.importing.models import CREATE, DONE, SKIP, Upload
from sandbox.crm.customers.tags import put_tag
from sandbox.crm.record import stamp_new
from sandbox.extensions import db
from sandbox.kernel.errors import NotFound, Refused
from sandbox.ledger import ActionForm, Event, action, tell
from sandbox.ledger.fields import NumberField
from sandbox.ledger.perform import rights_of
from sandbox.ledger.undoing import undone
from sandbox.scenarios.language.quotes import nest_quotes
from sandbox.spaces import BLOCK, Colleague, current_space, every, fetch

Progress = Callable[[int], None]
_listener: ContextVar[Progress | None] = ContextVar("progress", default=None)


class RunForm(ActionForm):
    """Which file."""

    upload = NumberField(_l("File"), required=True)


@action(
    "import.run",
    event="ran",
    right="steward",
    form=RunForm,
    icon="file-import",
    title=_l("Import"),
    says=_l(
        "%(by)s imported “%(file)s”: created %(created)s, updated %(updated)s, "
        "rejected %(rejected)s of %(rows)s"
    ),
    undoable=True,
    refusals=("no_upload", "not_yours", "ran_before", "file_empty", "not_a_table", "bad_encoding"),
)
def run_import(*, upload: int, by: Colleague, at: datetime) -> None:
    """Import an uploaded file: every row is created, updated, or rejected with its cause."""
    try:
        file = upload_of(upload)
    except NotFound:
        raise Refused("no_upload", _("There is no such file here: upload it first.")) from None
    if file.content is None or (done_before(file) and not file.again):
        raise Refused(
            "ran_before", _("This file was imported already: doing it twice makes every card twice.")
        )
    if kinds[file.kind].right not in rights_of(by):
        raise Refused("not_yours", _("Your job role does not keep these records. Ask somebody who does."))
    sheet = file.sheet()
    run = Run(file, by, at)
    for place, cells in enumerate(sheet.rows):
        run.take(place + sheet.first_line, cells)
        if (hears := _listener.get()) is not None:
            hears(place + 1)
    file.counts = run.counts(len(sheet.rows))
    file.columns, file.rejected = sheet.columns, run.rejected
    file.status, file.content = DONE, None
    tell(file=file.name, **file.counts)


class Run:
    """One import while it goes on: what is known, and what came of each row so far."""

    def __init__(self, file: Upload, by: Colleague, at: datetime) -> None:
        self.file, self.by, self.at = file, by, at
        self.kind = kinds[file.kind]
        self.converter = Converter(self.kind, file.mapping, file.date_order)
        self.known = self.kind.known()
        self.created = self.updated = 0
        self.rejected: list[dict[str, Any]] = []

    def take(self, line: int, cells: list[str]) -> None:
        """Do one row; whatever a rule says against it is its cause."""
        row = self.converter.convert(line, cells)
        cause = "; ".join(row.faults) or self.objection(row)
        if not cause:
            try:
                with db.session.begin_nested():
                    self._do(row)
            except Refused as refusal:
                cause = str(refusal.message)
        if cause:
            self.rejected.append({"line": line, "cause": nest_quotes(cause), "cells": cells})

    def objection(self, row: Row) -> str:
        """Why a row is not taken because of a card that is here already; '' where nothing is against it."""
        found = self.known.find(row.values)
        if found is None:
            return ""
        how, id_ = found
        if how == MASKED:
            return _("This person withdrew their consent: they are not written down again.")
        if self.file.policy == CREATE:
            return ""
        if id_ < 0:
            return self._against_line(how, -id_)
        title = db.session.get_one(self.known.model, id_).title
        if how == NEARLY:
            return _("Nearly the same as “%(card)s”: decide by hand whether it is another one.", card=title)
        if self.file.policy == SKIP:
            return _("“%(card)s” is here already.", card=title)
        return ""

    def foresee(self, row: Row) -> str:
        """What will come of a row, '' where it will be taken: rows below are then held against it, too."""
        cause = "; ".join(row.faults) or self.objection(row)
        if not cause and (self.file.policy == CREATE or self.known.find(row.values) is None):
            self.known.foresee(row.values, row.line)
        return nest_quotes(cause)

    def _against_line(self, how: str, line: int) -> str:
        if how == NEARLY:
            return _(
                "Nearly the same as line %(line)s of this file: decide by hand whether it is another one.",
                line=line,
            )
        return _("The same as line %(line)s of this file.", line=line) if self.file.policy == SKIP else ""

    def counts(self, rows: int) -> dict[str, int]:
        """created + updated + rejected = rows."""
        return {
            "rows": rows,
            "created": self.created,
            "updated": self.updated,
            "rejected": len(self.rejected),
        }

    def _do(self, row: Row) -> None:
        fields = dict(row.values)
        tags, agreed = fields.pop("tags", []), fields.pop("consent_on", None)
        found = None if self.file.policy == CREATE else self.known.find(row.values)
        if found is None:
            card = self.kind.make(by=self.by, at=self.at, **fields)
        else:
            card = fetch(self.known.model, found[1] % BLOCK)
            self.kind.fill(card, by=self.by, at=self.at, **fields)
        for code in tags:
            put_tag(card, code, self.by, self.at)
        if agreed is not None:
            self._consent(card, agreed)
        db.session.flush()
        self.known.add(card)
        if found is None:
            self.created += 1
        else:
            self.updated += 1

    def _consent(self, contact: Any, day: Any) -> None:
        text = text_on(PERSONAL_DATA, day)
        sources = current_space().company.codes("consent_sources")
        if text is None or not sources:
            raise Refused("wrong_version", _("No text of a consent was in force on that day."))
        if any(one.active and one.purpose == PERSONAL_DATA for one in contact.consents):
            return
        source = "paper" if "paper" in sources else sources[0]
        made = Consent(contact=contact, purpose=PERSONAL_DATA, text=text.code, source=source, given_on=day)
        stamp_new(made, self.by, self.at)
        db.session.add(made)


def upload_of(number: int) -> Upload:
    """A file that was brought into the current space, or NotFound."""
    file = db.session.get(Upload, number) if 0 < number < 2**31 else None
    if file is None or file.space_id != current_space().id:
        raise NotFound(f"upload {number}")
    return file


def done_before(file: Upload) -> Upload | None:
    """The same file, imported into this space before; one that was undone or reset away does not count."""
    query = select(Upload).where(
        Upload.space_id == file.space_id,
        Upload.digest == file.digest,
        Upload.kind == file.kind,
        Upload.status == DONE,
        Upload.id != (file.id or 0),
    )
    found = list(db.session.scalars(query.order_by(Upload.id.desc()).limit(20)))
    events = every(Event).where(Event.action == "import.run")
    standing = {event.n for event in db.session.scalars(events)} - undone()
    return next((one for one in found if one.event_n in standing), None)


@contextmanager
def tell_progress(listener: Progress) -> Iterator[None]:
    """Let somebody hear after each row how many are done."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
