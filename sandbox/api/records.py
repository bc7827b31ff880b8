"""Reading: every kind of record as a list and one by one, and the events of the space."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import inspect

from sandbox.api.access import by_token
from sandbox.api.filters import HIDDEN, BadFilter, narrowed
from sandbox.extensions import db
from sandbox.ledger import Event, registry
from sandbox.ledger.fields import json_value
from sandbox.ledger.hushing import Hushed
from sandbox.spaces import BLOCK, InSpace, current_space, every, fetch
from sandbox.web.access import allow

PAGE = 100


def shown(record: InSpace) -> dict[str, Any]:
    """A record as JSON: its number, its version and its fields; another record as type, number and title."""
    mapper = inspect(type(record))
    answer: dict[str, Any] = {"n": record.n, "title": getattr(record, "title", None)}
    for column in mapper.column_attrs:
        if column.key not in HIDDEN and not column.key.endswith("_id"):
            answer[column.key] = json_value(getattr(record, column.key))
    for name, relation in mapper.relationships.items():
        if not relation.uselist:
            answer[name] = json_value(getattr(record, name))
    return answer


def register(blueprint: Blueprint) -> None:
    """Routes for every kind of record."""
    for model in registry.records().values():
        table = model.__table__.name
        blueprint.add_url_rule(f"/s/<int:space>/{table}", f"list_{table}", _list(model))
        blueprint.add_url_rule(f"/s/<int:space>/{table}/<int:n>", f"show_{table}", _show(model))
    blueprint.add_url_rule("/s/<int:space>/events", "list_events", events)


@allow(by_token)
def events(space: int) -> Response:
    """What was done in the space, oldest first, after the number `after`."""
    after = max(0, request.args.get("after", 0, type=int))
    query = every(Event).where(Event.id > current_space().id * BLOCK + min(after, BLOCK - 1))
    found = db.session.scalars(query.order_by(Event.id).limit(PAGE)).all()
    hushed = Hushed(found)
    return jsonify(
        events=[
            {
                "n": event.n,
                "code": event.code,
                "action": event.action,
                "record": {"table": event.record_table, "n": event.record_n, "title": hushed.title(event)},
                "at": event.at.isoformat(),
                "origin": event.origin,
                "values": hushed.values(event),
                "says": hushed.sentence(event),
            }
            for event in found
        ],
        next=found[-1].n if len(found) == PAGE else None,
    )


def _list(model: type[InSpace]) -> Any:
    @allow(by_token)
    def answer(space: int) -> Response:
        after = max(0, request.args.get("after", 0, type=int))
        size = min(max(1, request.args.get("limit", PAGE, type=int)), PAGE)
        try:
            query = narrowed(every(model), model)
        except BadFilter as fault:
            return _bad(fault)
        query = query.where(model.id > current_space().id * BLOCK + min(after, BLOCK - 1))
        found = db.session.scalars(query.order_by(model.id).limit(size)).all()
        following = found[-1].n if len(found) == size else None
        return jsonify(records=[shown(record) for record in found], next=following)

    answer.__doc__ = f"The {model.__table__.name} of the space by number, {PAGE} at most, after `after`."
    return answer


def _bad(fault: BadFilter) -> Response:
    answer = jsonify(error="bad_filter", message=str(fault))
    answer.status_code = 400
    return answer


def _show(model: type[InSpace]) -> Any:
    @allow(by_token)
    def answer(space: int, n: int) -> Response:
        return jsonify(shown(fetch(model, n)))

    answer.__doc__ = f"One {model.__record__}."
    return answer
