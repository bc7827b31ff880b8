"""The interface described as OpenAPI 3.1, made from the same registry as its routes."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, current_app, jsonify

from sandbox.ledger import registry
from sandbox.ledger.forms import DeclaredField, declared_fields
from sandbox.ledger.registry import Action
from sandbox.version import __version__
from sandbox.web.access import allow, anyone

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


def register(blueprint: Blueprint) -> None:
    """Serve the description."""
    blueprint.add_url_rule("/openapi.json", "describe", describe)


@allow(anyone)
def describe() -> Response:
    """The OpenAPI description of every route of the interface."""
    paths: dict[str, Any] = {}
    for rule in current_app.url_map.iter_rules():
        if not rule.endpoint.startswith("api.") or rule.endpoint == "api.describe":
            continue
        view = current_app.view_functions[rule.endpoint]
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        names = re.findall(r"{(\w+)}", path)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            paths.setdefault(path, {})[method.lower()] = _operation(rule.endpoint, view.__doc__ or "", names)
    for declared in registry:
        for model in declared.on or (None,):
            path = "/api/v1/s/{space}/" + declared.path(model).replace("<int:n>", "{n}")
            paths[path]["post"]["requestBody"] = _body(declared)
    return jsonify(
        openapi="3.1.0",
        info={"title": "Rehearsal", "version": __version__},
        components={"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        security=[{"token": []}],
        paths=dict(sorted(paths.items())),
    )


def _operation(endpoint: str, words: str, names: list[str]) -> dict[str, Any]:
    return {
        "operationId": endpoint.removeprefix("api."),
        "summary": words.strip().splitlines()[0] if words.strip() else "",
        "parameters": [
            {"name": name, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
            for name in names
        ],
        "responses": {
            "200": {"description": "done"},
            "401": {"description": "no valid token"},
            "404": {"description": "not here"},
            "409": {"description": "refused by a rule, with its code and a sentence"},
            "422": {"description": "the fields that are wrong"},
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
