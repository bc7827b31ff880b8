"""One field of a record, changed where it stands: by the record's own edit action, as by its form."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, g, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from sandbox.kernel.errors import NotFound, Refused, Stale
from sandbox.ledger import Action, ActionForm, perform, registry
from sandbox.ledger.feed import sentence, shown
from sandbox.ledger.fields import json_value
from sandbox.ledger.perform import may
from sandbox.ledger.questions import hear_refusal
from sandbox.ledger.relocked import of_this_transaction
from sandbox.spaces import Colleague, InSpace, current_space, fetch
from sandbox.spaces.access import in_space, works_here
from sandbox.web.access import allow
from sandbox.web.respond import see_other
from sandbox.web.unit_of_work import unit_of_work

blueprint = Blueprint("inline", __name__, url_prefix="/s/<int:space>/cells")


def editing(model: type[InSpace]) -> Action | None:
    """The edit action of a kind of record, where the colleague who is played may do it here."""
    declared = registry.actions.get(f"{model.__record__}.edit")
    me = g.get("colleague")
    if declared is None or model not in declared.on or me is None or not works_here():
        return None
    return declared if may(me, declared) else None


def fields_of(declared: Action) -> frozenset[str]:
    """The names of the fields of an edit form; they differ from company to company only."""
    return _field_names(declared.form, current_space().recipe_digest)


@lru_cache(maxsize=128)
def _field_names(form: type[ActionForm], _company: str) -> frozenset[str]:
    return frozenset(form()._fields)


def fields_by_label(record: InSpace) -> dict[str, str]:
    """The fields of a record's edit form by their labels: a fact of that name is changed where it stands."""
    declared = editing(type(record))
    if declared is None or not declared.shown(record):
        return {}
    return {str(field.label.text): name for name, field in declared.form()._fields.items()}


@blueprint.get("/<table>/<int:n>/<field>")
@allow(in_space)
def edit(space: int, table: str, n: int, field: str) -> Response:
    """The field alone, with what the record holds."""
    declared, record = _what(table, n, field)
    form = declared.form.empty(record, by=g.colleague, at=current_space().now())
    return _drawn(record, form, field, record.version)


@blueprint.post("/<table>/<int:n>/<field>")
@allow(in_space)
def save(space: int, table: str, n: int, field: str) -> Response:
    """Save it by the edit action, or say at the field why not; then the page shows what follows from it."""
    declared, record = _what(table, n, field)
    form = declared.form.filled(request.form)
    seen = request.form.get("version", type=int)
    if not form._fields[field].validate(form):
        return _drawn(record, form, field, seen, status=422)
    try:
        event = _do(declared, record, form, field, seen)
    except Refused as refusal:
        record = fetch(type(record), n)
        hear_refusal(current_space(), declared, record, form.told(), refusal)
        return _drawn(record, form, field, seen, status=409, refusal=str(refusal.message))
    except Stale as stale:
        return _drawn(stale.record, form, field, stale.record.version, status=409, stale=stale)
    flash(event, "ok")
    return see_other(_came_from(record))


def _do(declared: Action, record: Any, form: ActionForm, field: str, seen: int | None) -> str:
    """The edit with all the record's values but one; what others changed elsewhere on it is no conflict."""
    try:
        return _perform(declared, record, form, field, seen)
    except Stale as stale:
        if _column(form, field) & set(stale.changed):
            raise
    return _perform(declared, record, form, field, None)


def _perform(declared: Action, record: Any, form: ActionForm, field: str, seen: int | None) -> str:
    model, n = type(record), record.n
    with unit_of_work():
        fresh: Any = fetch(model, n)
        me = fetch(Colleague, g.colleague.n)
        held = declared.form.prefill(fresh, by=me, at=current_space().now())
        values = {name: value for name, value in held.items() if name in form._fields}
        values[field] = of_this_transaction({field: form._fields[field].data})[field]
        done = perform(declared.code, fresh, values, by=me, person_id=current_user.id, version=seen)
        return sentence(done.event)


def _what(table: str, n: int, field: str) -> tuple[Action, Any]:
    model = registry.tables().get(table)
    if model is None:
        raise NotFound(f"a table {table}")
    record = fetch(model, n)
    declared = editing(model)
    if declared is None or not declared.shown(record):
        raise Refused("not_allowed", _("Your job role may not change this here."))
    if field not in declared.form()._fields:
        raise NotFound(f"a field {field}")
    return declared, record


def _drawn(
    record: Any,
    form: ActionForm,
    field: str,
    version: int | None,
    status: int = 200,
    refusal: str | None = None,
    stale: Stale | None = None,
) -> Response:
    one: Any = form._fields[field]
    one.errors = [*one.errors, *([refusal] if refusal else [])]
    now = shown(json_value(getattr(record, field, None)), one) if stale else None
    drawn = render_template(
        "crm/cell.html",
        url=request.path,
        field=one,
        version=version,
        stale_by=(stale.by or _("Somebody")) if stale else None,
        now=now or "–",
    )
    return Response(drawn, status)


def _column(form: ActionForm, field: str) -> set[str]:
    """The columns of the record that a field fills."""
    name = getattr(form._fields[field], "sets", "") or field
    return {"custom"} if name.startswith("custom.") else {name, f"{name}_id"}


def _came_from(record: InSpace) -> str:
    """The page on which the field stands: a list as it is filtered, or the record's own."""
    here = f"/s/{current_space().id}/"
    page = urlsplit(request.headers.get("HX-Current-URL") or "")
    if page.path.startswith(here) and "/cells/" not in page.path:
        return f"{page.path}?{page.query}" if page.query else page.path
    return f"{here}{record.__table__.name}/{record.n}"
