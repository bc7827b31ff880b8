"""Doing: every declared action as a POST, through the same form, rules and event as on the page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from sandbox.api.access import by_token
from sandbox.api.filters import HIDDEN
from sandbox.api.records import shown
from sandbox.kernel.errors import Refused, Stale
from sandbox.ledger import registry
from sandbox.ledger.perform import perform
from sandbox.ledger.questions import hear_refusal
from sandbox.ledger.registry import Action
from sandbox.ledger.relocked import of_this_transaction
from sandbox.scenarios.language.quotes import nest_quotes
from sandbox.spaces import InSpace, current_space, fetch
from sandbox.web.access import allow
from sandbox.web.unit_of_work import unit_of_work


def register(blueprint: Blueprint) -> None:
    """A route for every action on every kind of record it acts on."""
    for declared in registry:
        for model in declared.on or (None,):
            name = declared.code.replace(".", "_") + (f"_on_{model.__record__}" if model else "")
            rule = "/s/<int:space>/" + declared.path(model)
            blueprint.add_url_rule(rule, f"do_{name}", _do(declared, model), methods=["POST"])


def _body() -> Any:
    """The request's JSON; None where it is none, or so deep that nobody means it."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def typed(body: Any) -> MultiDict[str, str] | None:
    """A JSON object as a form would send it; None when it is not an object of plain values."""
    if not isinstance(body, dict):
        return None
    found: MultiDict[str, str] = MultiDict()
    for name, value in body.items():
        if isinstance(value, (dict, list)):
            return None
        if value is not None and value is not False:
            found[str(name)] = "1" if value is True else str(value)
    return found


def _reached(declared: Action, model: type[InSpace] | None, n: int | None) -> InSpace | None:
    if model is None or n is None:
        return None
    return fetch(model, n, deleted=declared.on_deleted)


def _do(declared: Action, model: type[InSpace] | None) -> Any:
    @allow(by_token)
    def answer(space: int, n: int | None = None) -> tuple[Response, int]:
        posted = typed(_body())
        if posted is None:
            message = _("Send a JSON object with the action's fields as plain values.")
            return jsonify(error="bad_request", message=message), 400
        record = _reached(declared, model, n)
        form = declared.form.filled(posted)
        if not form.validate():
            return jsonify(error="invalid", fields=form.errors), 422
        if g.colleague is None:
            return jsonify(error="no_colleague", message=_("Nobody plays a colleague here.")), 403
        try:
            with unit_of_work():
                record = _reached(declared, model, n)
                done = perform(
                    declared.code,
                    record,
                    of_this_transaction(form.values()),
                    by=fetch(type(g.colleague), g.colleague.n),
                    person_id=g.person.id,
                    version=posted.get("version", type=int),
                )
        except Refused as refusal:
            record = _reached(declared, model, n)
            hear_refusal(current_space(), declared, record, form.told(), refusal)
            return jsonify(error=refusal.code, message=nest_quotes(str(refusal.message))), 409
        except Stale as stale:
            changed = {
                name: {"was": old, "is": new}
                for name, (old, new) in stale.changed.items()
                if name not in HIDDEN
            }
            return jsonify(error="stale", changed=changed, by=stale.by), 409
        body = {"event": done.event.n, "record": shown(done.record) if done.record is not None else None}
        return jsonify(body), 201 if declared.creates else 200

    answer.__doc__ = declared.sentence
    return answer
