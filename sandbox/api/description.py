"""The interface described as OpenAPI 3.1 and as a page, made from the same registry as its routes."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from sqlalchemy import JSON, Boolean, Date, Integer, Numeric, inspect

from sandbox.api.filters import HIDDEN, fields_of
from sandbox.columns import Money, UtcDateTime
from sandbox.ledger import registry
from sandbox.ledger.forms import DeclaredField, declared_fields
from sandbox.ledger.registry import Action
from sandbox.spaces import InSpace
from sandbox.version import __version__
from sandbox.web.access import allow, anyone, signed_in
from sandbox.web.respond import page

pages = Blueprint("interface", __name__)

SCHEMAS: dict[str, dict[str, Any]] = {
    "money": {"type": "string", "pattern": r"^\d+(\.\d{1,2})?$"},
    "percent": {"type": "string", "pattern": r"^\d{1,3}(\.\d{1,2})?$"},
    "number": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "description": "in the company's zone, such as 2026-11-23T10:30"},
    "bool": {"type": "boolean"},
    "reference": {"type": "integer", "description": "the number of a record of the space"},
    "email": {"type": "string", "format": "email"},
}
_VERSION = {"type": "integer", "description": "the record's version as you read it; an old one is refused"}
_REFERENCE = {"$ref": "#/components/schemas/Reference"}
_FAULT = {"$ref": "#/components/schemas/Fault"}
_AFTER = {"name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0}}
_LIMIT = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}}
_WORDS = {"name": "q", "in": "query", "schema": {"type": "string"}}
_FAULTS = {
    "400": "not understood: the message says what",
    "401": "no valid token",
    "403": "not in this space: one looks on, or plays nobody",
    "404": "not here",
    "409": "refused by a rule, with its code and a sentence; or changed meanwhile",
    "415": "not JSON",
    "422": "the fields that are wrong, each with its sentences",
}


def register(blueprint: Blueprint) -> None:
    """Serve the description for programs."""
    blueprint.add_url_rule("/openapi.json", "describe", describe)


@allow(anyone)
def describe() -> Response:
    """The OpenAPI description of every route of the interface."""
    paths: dict[str, Any] = {}
    models = {model.__table__.name: model for model in registry.records().values()}
    for rule in current_app.url_map.iter_rules():
        name = rule.endpoint.removeprefix("api.")
        if name in (rule.endpoint, "describe"):
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        operation = _operation(name, current_app.view_functions[rule.endpoint].__doc__ or "", path)
        kind, _line, table = name.partition("_")
        if kind == "list":
            operation["parameters"] += [_AFTER, *_filters(models.get(table))]
            operation["responses"]["200"] = _answer(_page(models.get(table)))
        elif kind == "show":
            operation["responses"]["200"] = _answer({"$ref": f"#/components/schemas/{table}"})
        paths.setdefault(path, {})["post" if kind == "do" else "get"] = operation
    for declared in registry:
        for model in declared.on or (None,):
            path = "/api/v1/s/{space}/" + declared.path(model).replace("<int:n>", "{n}")
            paths[path]["post"]["requestBody"] = _body(declared)
            done = "201" if declared.creates else "200"
            paths[path]["post"]["responses"][done] = _answer({"$ref": "#/components/schemas/Done"})
    return jsonify(
        openapi="3.1.0",
        info={"title": "Rehearsal", "version": __version__},
        servers=[{"url": request.host_url.rstrip("/")}],
        components={
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _shared() | {name: _record(model) for name, model in sorted(models.items())},
        },
        security=[{"token": []}],
        paths=dict(sorted(paths.items())),
    )


@pages.get("/interface")
@allow(signed_in)
def reference() -> Response:
    """The same for people: how to call, what can be read and what can be done, kind by kind."""
    kinds = []
    for model in sorted(registry.records().values(), key=lambda one: one.__table__.name):
        made = [one for one in registry if one.creates and one.makes is model]
        kinds.append(
            {
                "table": model.__table__.name,
                "fields": sorted(fields_of(model)),
                "actions": [
                    *(_told(one, None) for one in made),
                    *(_told(one, model) for one in registry.on(model)),
                ],
            }
        )
    others = [_told(one, None) for one in registry if one.creates and one.makes is None]
    return page("api/reference.html", kinds=kinds, others=others, host=request.host_url.rstrip("/"))


def _told(declared: Action, model: type[InSpace] | None) -> dict[str, Any]:
    return {
        "title": declared.title,
        "code": declared.code,
        "path": declared.path(model).replace("<int:n>", "{n}"),
        "fields": declared_fields(declared.form),
        "refusals": declared.refusals,
        "has_version": bool(declared.on) and declared.guards_version,
    }


def _operation(name: str, words: str, path: str) -> dict[str, Any]:
    faults = {code: {**_answer(_FAULT), "description": told} for code, told in _FAULTS.items()}
    return {
        "operationId": name,
        "summary": words.strip().splitlines()[0] if words.strip() else "",
        "parameters": [
            {"name": one, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
            for one in re.findall(r"{(\w+)}", path)
        ],
        "responses": faults,
    }


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "done", "content": {"application/json": {"schema": schema}}}


def _filters(model: type[InSpace] | None) -> list[dict[str, Any]]:
    """The parameters by which the list of a kind of record is narrowed; events have none."""
    if model is None:
        return []
    fields = [
        {"name": name, "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}
        for name in sorted(fields_of(model))
    ]
    return [_LIMIT, *([_WORDS] if hasattr(model, "search_key") else []), *fields]


def _page(model: type[InSpace] | None) -> dict[str, Any]:
    name = "records" if model is not None else "events"
    item = (
        {"$ref": f"#/components/schemas/{model.__table__.name}"} if model is not None else {"type": "object"}
    )
    return {
        "type": "object",
        "required": [name, "next"],
        "properties": {name: {"type": "array", "items": item}, "next": {"type": ["integer", "null"]}},
    }


def _record(model: type[InSpace]) -> dict[str, Any]:
    """A record as it is shown: its number, its title and its fields."""
    mapper = inspect(model)
    fields: dict[str, Any] = {"n": {"type": "integer"}, "title": {"type": ["string", "null"]}}
    for one in mapper.column_attrs:
        if one.key not in HIDDEN and not one.key.endswith("_id"):
            fields[one.key] = _column(one.columns[0].type)
    for name, relation in mapper.relationships.items():
        if not relation.uselist:
            fields[name] = {"oneOf": [_REFERENCE, {"type": "null"}]}
    return {"type": "object", "required": ["n", "version"], "properties": fields}


def _column(kind: Any) -> dict[str, Any]:
    if isinstance(kind, JSON):
        return {}
    for types, told in (
        (Boolean, {"type": ["boolean", "null"]}),
        (UtcDateTime, {"type": ["string", "null"], "format": "date-time"}),
        (Date, {"type": ["string", "null"], "format": "date"}),
        (Integer, {"type": ["integer", "null"]}),
        ((Money, Numeric), {"type": ["string", "null"]}),
    ):
        if isinstance(kind, types):
            return dict(told)
    return {"type": ["string", "null"]}


def _shared() -> dict[str, Any]:
    """What answers are made of besides records."""
    return {
        "Reference": {
            "type": "object",
            "required": ["type", "n"],
            "properties": {
                "type": {"type": ["string", "null"]},
                "n": {"type": "integer"},
                "title": {"type": ["string", "null"]},
            },
        },
        "Done": {
            "type": "object",
            "required": ["event", "record"],
            "properties": {"event": {"type": "integer"}, "record": {"type": ["object", "null"]}},
        },
        "Fault": {
            "type": "object",
            "required": ["error"],
            "properties": {
                "error": {"type": "string"},
                "message": {"type": ["string", "null"]},
                "fields": {"type": "object"},
                "changed": {"type": "object"},
            },
        },
    }


def _body(declared: Action) -> dict[str, Any]:
    fields = declared_fields(declared.form)
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {field.name: _schema(field) for field in fields},
        "required": [field.name for field in fields if field.required],
    }
    if declared.on and declared.guards_version:
        schema["properties"]["version"] = _VERSION
    return {"content": {"application/json": {"schema": schema}}, "required": True}


def _schema(field: DeclaredField) -> dict[str, Any]:
    return {"title": str(field.label), **SCHEMAS.get(field.kind, {"type": "string"})}
