"""Doing an action with many records: each by its own rules, all of them one event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from sandbox.crm.bulk.models import DONE, WAITING, BulkRun
from sandbox.crm.bulk.ways import Way, way_of
from sandbox.extensions import db
from sandbox.kernel.errors import NotFound, Refused
from sandbox.ledger import Action, ActionForm, action, registry, tell
from sandbox.ledger.acting import running
from sandbox.ledger.fields import NumberField
from sandbox.ledger.perform import rights_of
from sandbox.ledger.questions import listeners_during
from sandbox.spaces import BLOCK, Colleague, InSpace, current_space, every

CHUNK = 100
Progress = Callable[[int], None]
_progress: ContextVar[Progress | None] = ContextVar("bulk_progress", default=None)


class BulkForm(ActionForm):
    """The number of a piece of work that was laid out."""

    run = NumberField(_l("Number"), required=True)


@action(
    "bulk.run",
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
    """Do an action with every record that was ticked; what a rule turns down is told, the rest is done."""
    work = run_of(run)
    if work.status != WAITING or work.colleague_n != by.n:
        raise Refused("no_bulk_run", _("This work is over already. Tick the records anew."))
    model, way = _what(work)
    way.declared.permit(by, rights_of(by))
    refused: list[dict[str, Any]] = []
    for place, row in enumerate(_rows(model, work.numbers), start=1):
        title = str(getattr(row, "title", row.key))
        try:
            with db.session.begin_nested():
                _do(way, row, work.typed, by, at)
        except Refused as refusal:
            refused.append({"n": row.n, "title": title, "cause": str(refusal.message), "code": refusal.code})
        if (progress := _progress.get()) is not None:
            progress(place)
    done = len(work.numbers) - len(refused)
    work.refused, work.done, work.status = refused, done, DONE
    titles = {language: _in(language, way) for language in ("en", "ru")}
    tell(what=titles, done=done, refused=len(refused), of=work.list_table)


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


@contextmanager
def tell_progress(progress: Progress) -> Iterator[None]:
    """Have `progress` told how many records are done."""
    token = _progress.set(progress)
    try:
        yield
    finally:
        _progress.reset(token)


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
    """The records in their order, some at a time; what is not in the space is not found."""
    base = current_space().id * BLOCK
    for begin in range(0, len(numbers), CHUNK):
        part = [base + n for n in numbers[begin : begin + CHUNK]]
        found = {
            row.id: row for row in db.session.scalars(every(model, deleted=True).where(model.id.in_(part)))
        }
        yield from (found[id_] for id_ in part if id_ in found)


def _in(language: str, way: Way) -> str:
    from flask_babel import force_locale

    with force_locale(language):
        return str(way.name)
