"""The pages and routes of all declared actions: made from the registry, never written by hand."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Blueprint, Flask, Response, flash, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import CombinedMultiDict

from sandbox.kernel.errors import Refused, Stale
from sandbox.ledger.conflicts import meanwhile, settle
from sandbox.ledger.feed import sentence
from sandbox.ledger.forms import ActionForm
from sandbox.ledger.hushing import Hushed
from sandbox.ledger.models import Event
from sandbox.ledger.offers import address_of
from sandbox.ledger.perform import Done, perform
from sandbox.ledger.questions import hear_refusal
from sandbox.ledger.registry import Action, registry
from sandbox.ledger.relocked import of_this_transaction
from sandbox.ledger.taking_back import take_back, undo_address
from sandbox.ledger.undoing import undone
from sandbox.scenarios.language.quotes import nest_quotes
from sandbox.spaces import Colleague, InSpace, current_space, every, fetch
from sandbox.spaces.access import in_space, works_here
from sandbox.spaces.mixin import BLOCK
from sandbox.web.access import allow
from sandbox.web.local_address import local_address
from sandbox.web.respond import page, see_other
from sandbox.web.unit_of_work import unit_of_work

NESTED = "X-Nested"  # sent by static/js/nested.js


def show_form(declared: Action, model: type[InSpace] | None, n: int | None) -> Response:
    """The action's form as a dialog or as a page of its own."""
    record = _record(model, n, declared)
    at = current_space().now()
    form = declared.form.empty(record, by=g.colleague, at=at)
    form.process(None, data={**form.data, **_named_in_address(form)}) if request.args else None
    return _drawn(declared, record, form)


def do(declared: Action, model: type[InSpace] | None, n: int | None) -> Response:
    """Validate, act, and lead on to the record; a refused or stale form comes back as it was typed."""
    record, form = _record_even_deleted(model, n), declared.form.filled(_sent())
    if record is not None and getattr(record, "deleted_at", None) is not None and not declared.on_deleted:
        return _drawn(declared, record, form, status=409, refusal=_deleted_meanwhile())
    if not form.validate():
        return _drawn(declared, record, form, status=422)
    values, typed_version = form.values(), request.form.get("version", type=int)
    try:
        with unit_of_work():
            record = _record(model, n, declared)
            done = perform(
                declared.code,
                record,
                of_this_transaction(values),
                by=_me(),
                person_id=current_user.id,
                version=typed_version,
            )
            destination = _destination(done, model)
            said = sentence(done.event)
            taken_back = undo_address(done.event)
            made = _for_form_beneath(done)
    except Refused as refusal:
        hear_refusal(current_space(), declared, _record(model, n, declared), form.told(), refusal)
        return _drawn(declared, _record(model, n, declared), form, status=409, refusal=refusal)
    except Stale as stale:
        return _drawn(declared, _record(model, n, declared), form, status=409, stale=stale)
    if made:
        return jsonify(**made, said=said)
    told: Any = {"text": said, "undo": taken_back} if taken_back else said
    flash(told, "ok")
    return see_other(destination)


def _for_form_beneath(done: Done) -> dict[str, Any] | None:
    """What was made, for the box of the form over which this one stood; None where it stood on a page."""
    if NESTED not in request.headers or done.record is None:
        return None
    return {"n": done.record.n, "title": str(getattr(done.record, "title", done.record.key))}


def _sent() -> Any:
    """What the form holds, files among it."""
    return CombinedMultiDict([request.form, request.files])


def _me() -> Colleague:
    """The colleague whom the person plays here, read under the lock."""
    if g.colleague is None:
        raise Refused(
            "no_colleague",
            _("Nobody plays a colleague here yet. Start the task again, or open your practice space anew."),
        )
    return fetch(Colleague, g.colleague.n)


@allow(in_space)
def events(space: int) -> Response:
    """What was done in this space, newest first."""
    from sandbox.extensions import db

    before = request.args.get("before", type=int)
    query = every(Event).order_by(Event.id.desc()).limit(51)
    if before and 0 < before < BLOCK:
        query = query.where(Event.id < current_space().id * BLOCK + before)
    found = list(db.session.scalars(query))
    hushed = Hushed(found)
    gone = undone() if any(undo_address(event) for event in found) else set()
    lines = [
        (
            event,
            hushed.sentence(event),
            hushed.title(event),
            None if event.n in gone or not works_here() else undo_address(event),
            event.n in gone,
        )
        for event in found[:50]
    ]
    return page("ledger/events.html", lines=lines, older=found[50].n + 1 if len(found) > 50 else None)


def register(app: Flask) -> None:
    """Give every declared action its routes, on each kind of record that it acts on, and serve the events."""
    blueprint = Blueprint("ledger", __name__, url_prefix="/s/<int:space>")
    blueprint.add_url_rule("/events", view_func=events)
    blueprint.add_url_rule("/events/<int:n>/undo", view_func=take_back, methods=["POST"])
    for declared in registry:
        for model in declared.on or (None,):
            rule = "/" + declared.path(model)
            name = declared.code.replace(".", "_") + (f"_on_{model.__record__}" if model else "")
            for method, view in (("GET", show_form), ("POST", do)):
                blueprint.add_url_rule(
                    rule, f"{method.lower()}_{name}", _view(view, declared, model), methods=[method]
                )
    app.register_blueprint(blueprint)


def _view(view: Any, declared: Action, model: type[InSpace] | None) -> Any:
    @allow(in_space)
    def answer(space: int, n: int | None = None) -> Response:
        return view(declared, model, n)

    answer.__doc__ = declared.sentence
    return answer


def _record(model: type[InSpace] | None, n: int | None, declared: Action) -> InSpace | None:
    if model is None or n is None:
        return None
    return fetch(model, n, deleted=declared.on_deleted)


def _record_even_deleted(model: type[InSpace] | None, n: int | None) -> InSpace | None:
    return fetch(model, n, deleted=True) if model is not None and n is not None else None


def _deleted_meanwhile() -> Refused:
    """What was typed is still in the form: it can be copied, or sent again after a restore."""
    return Refused(
        "deleted",
        _("This record was deleted meanwhile. Restore it on its page, then send this again."),
    )


def _named_in_address(form: ActionForm) -> dict[str, Any]:
    """Values that a link has filled in for the person, such as the stage a card was dropped on."""
    filled = type(form).filled(request.args)
    return {name: field.data for name, field in filled._fields.items() if name in request.args}


def _destination(done: Done, model: type[InSpace] | None) -> str:
    back = request.form.get("return_to")
    record = done.record
    if back and (model is not None or record is None):
        return local_address(back)
    if record is None or getattr(record, "deleted_at", None) is not None:
        table = record.__table__.name if record is not None else "deals"
        return f"/s/{current_space().id}/{table}"
    about = getattr(record, "on", None) if not hasattr(type(record), "page") else record
    record = about or record
    return f"/s/{current_space().id}/{record.__table__.name}/{record.n}"


def _drawn(
    declared: Action,
    record: InSpace | None,
    form: ActionForm,
    *,
    status: int = 200,
    refusal: Refused | None = None,
    stale: Stale | None = None,
) -> Response:
    form.know(record)
    back = local_address(request.values.get("return_to"), otherwise="")
    beneath = _came_from(record)
    told = nest_quotes(str(refusal.message)) if refusal else None
    if refusal and told and refusal.field and refusal.field in form:
        form[refusal.field].errors = [told]
        told = None
    view = {
        "code": declared.code,
        "title": declared.title,
        "submit": declared.submit,
        "icon": declared.icon,
        "sentence": declared.sentence,
        "kind": declared.kind,
        "url": address_of(declared, record),
        "on": record,
        "record": record.key if record is not None else None,
        "record_title": getattr(record, "title", None),
        "version": _version_seen(record),
        "form": form,
        "refusal": told,
        "is_refused": refusal is not None,
        "alike": _alike(refusal) if refusal else [],
        # the way past a warning stands in the form only once there is a warning
        "without": [] if refusal and refusal.code == "duplicate" else ["anyway"],
        "stale_by": (stale.by or _("Somebody")) if stale else None,
        "conflict": settle(form, stale) if stale else [],
        "meanwhile": meanwhile(stale, request.form.get("version", 0, type=int)) if stale else [],
        "return_to": back or (None if declared.opens_made else beneath),
        "cancel": back or beneath,
    }
    return Response(render_template(form.drawn_by, view=view), status)


def _alike(refusal: Refused) -> list[dict[str, str]]:
    """The records that a refusal suspects, each with its page: a title alone tells no namesakes apart."""
    tables = {word: model.__table__.name for word, model in registry.records().items()}
    return [
        {"title": one["title"], "url": f"/s/{current_space().id}/{tables[one['type']]}/{one['n']}"}
        for one in refusal.values.get("records", [])
        if one["type"] in tables
    ]


def _version_seen(record: InSpace | None) -> int | None:
    """The version that the person has before their eyes: a link, such as a card of the board, may name it."""
    if record is None:
        return None
    seen = request.args.get("version", type=int) if request.method == "GET" else None
    return record.version if seen is None else seen


def _came_from(record: InSpace | None) -> str:
    """The page that the form lies on, with its query; the record's own where it has one."""
    page = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    if record is None:
        below = request.headers.get("HX-Current-URL") and page.path.startswith(f"/s/{current_space().id}/")
        return urlunsplit(("", "", page.path, page.query, "")) if below else ""
    address = f"/s/{current_space().id}/{record.__table__.name}/{record.n}"
    return f"{address}?{page.query}" if page.query and page.path == address else address
