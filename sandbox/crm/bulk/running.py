"""Doing an action with many records: each by its own rules, all of them one event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from sandbox.crm.bulk.models import DONE, WAITING, BulkRun
from sandbox.crm.bulk.ways import Way, way_of
from sandbox.extensions import db
from sandbox.kernel.clock import machine_now
from sandbox.kernel.errors import NotFound, Refused
from sandbox.ledger import Action, ActionForm, Event, action, registry, tell, undone
from sandbox.ledger.acting import running
from sandbox.ledger.fields import NumberField
from sandbox.ledger.perform import rights_of
from sandbox.ledger.questions import listeners_during
from sandbox.spaces import BLOCK, Colleague, InSpace, current_space, every, fetch

CODE = "bulk.run"
PART = 200  # so many records in one transaction: about a second, then whoever waits to write has a turn


class BulkForm(ActionForm):
    """The number of a piece of work that was laid out."""

    run = NumberField(_l("Number"), required=True)


@action(
    CODE,
    event="done",
    right="communicate",
    form=BulkForm,
    icon="list-check",
    title=_l("Do it with many records"),
    says=_l("%(by)s did “%(what)s” with many records at once: %(done)s done, %(refused)s refused"),
    undoable=True,
    refusals=("no_bulk_run", "nothing_done"),
)
def run_bulk(*, run: int, by: Colleague, at: datetime) -> None:
    """Do an action with the next of the ticked records; what a rule turns down is told, the rest is done."""
    work = run_of(run)
    db.session.refresh(work)  # the numbers of this event are taken: nobody else does the same part now
    if work.status != WAITING or work.colleague_n != by.n:
        raise Refused("no_bulk_run", _("This work is over already. Tick the records anew."))
    model, way = _what(work)
    way.declared.permit(by, rights_of(by))
    part = work.numbers[work.place : work.place + PART]
    refused: list[dict[str, Any]] = []
    for row in _rows(model, part):
        title = str(getattr(row, "title", row.key))
        try:
            with db.session.begin_nested():
                _do(way, row, work.typed, by, at)
        except Refused as refusal:
            refused.append({"n": row.n, "title": title, "cause": str(refusal.message), "code": refusal.code})
    done = len(part) - len(refused)
    work.refused = [*(work.refused or []), *refused]
    work.done += done
    work.place += len(part)
    work.event_ns = [*work.event_ns, running().n]
    work.moved_at = machine_now()
    if work.place >= len(work.numbers):
        work.status = DONE
    titles = {language: _in(language, way) for language in ("en", "ru")}
    tell(what=titles, done=done, refused=len(refused), of=work.list_table, run=run)


def parts_of(event: Event) -> list[Event]:
    """All events of the work that an event is a part of, as far as they still stand: undone as one."""
    work = db.session.get(BulkRun, event.values.get("run", 0))
    if work is None or work.space_id != event.space_id:
        return [event]
    gone = undone()
    return [fetch(Event, n) for n in work.event_ns if n not in gone]


def run_of(number: int) -> BulkRun:
    """A piece of work of this space; those of others do not exist."""
    work = db.session.get(BulkRun, number) if 0 < number < BLOCK else None
    if work is None or work.space_id != current_space().id:
        raise NotFound(f"bulk run {number}")
    return work


def form_of(way: Way, typed: dict[str, str] | MultiDict[str, str]) -> ActionForm:
    """The action's form as it was typed for all records."""
    return way.declared.form.filled(MultiDict(typed))


def is_right(way: Way, form: ActionForm) -> bool:
    """Whether what is asked for once is right; other fields keep what each record has."""
    if not way.field:
        return bool(form.validate())
    return bool(form._fields[way.field].validate(form))


def _do(way: Way, row: Any, typed: dict[str, str], by: Colleague, at: datetime) -> None:
    """The action with one record, as its own page would do it: the same rules, the same listeners."""
    declared = way.declared
    is_deleted = getattr(row, "deleted_at", None) is not None
    if is_deleted != declared.on_deleted or not declared.shown(row):
        raise Refused("not_now", _("As it stands, this cannot be done with it."))
    form = form_of(way, typed)
    if not is_right(way, form):
        raise Refused("not_right", _("What was typed does not fit this record."))
    values = form.values()
    if way.field:
        values = {**declared.form.prefill(row, by=by, at=at), way.field: values[way.field]}
        values = {name: value for name, value in values.items() if name in form._fields}
    made = declared.function(row, **values, by=by, at=at)
    db.session.flush()
    _hear(declared, row, made, values)


def _hear(declared: Action, row: Any, made: Any, values: dict[str, Any]) -> None:
    """Let those who join the action's event join this one: they see the record and what was done with it."""
    listeners = listeners_during(declared.event)
    if not listeners:
        return
    part = replace(running(), action=declared, record=row, values={**values, "made": made})
    for listener in listeners:
        listener(row, part)


def _what(work: BulkRun) -> tuple[type[InSpace], Way]:
    model = registry.tables().get(work.list_table)
    way = way_of(model, work.way) if model is not None else None
    if model is None or way is None:
        raise Refused("no_bulk_run", _("This cannot be done with many records. Open the list anew."))
    return model, way


def _rows(model: type[InSpace], numbers: list[int]) -> Iterator[InSpace]:
    """The records in their order; what is not in the space is not found."""
    base = current_space().id * BLOCK
    ids = [base + n for n in numbers]
    found = {row.id: row for row in db.session.scalars(every(model, deleted=True).where(model.id.in_(ids)))}
    yield from (found[id_] for id_ in ids if id_ in found)


def _in(language: str, way: Way) -> str:
    from flask_babel import force_locale

    with force_locale(language):
        return str(way.name)
