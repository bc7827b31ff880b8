"""The filters of the interface's lists: any field by its value, words, and the company's own fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import request
from flask_babel import gettext as _
from sqlalchemy import Boolean, Date, Integer, Numeric, Select, inspect, or_

from sandbox.columns import Money, UtcDateTime
from sandbox.crm.filters import own_column
from sandbox.spaces import BLOCK, InSpace, current_space, found_by

HIDDEN = {"id", "space_id", "search_key", "sort_key", "deleted_at"}
OWN = "custom."
PLAIN = ("after", "limit", "q")


class BadFilter(Exception):
    """A parameter that is none, or a value that its field cannot have; the message says which."""


def fields_of(model: type[InSpace]) -> dict[str, Any]:
    """What a list may be filtered by: the column behind each name that a record is shown with."""
    mapper = inspect(model)
    plain = {
        one.key: getattr(model, one.key)
        for one in mapper.column_attrs
        if one.key not in HIDDEN and not one.key.endswith("_id") and one.key != "custom"
    }
    referred = {
        name: getattr(model, f"{name}_id")
        for name, relation in mapper.relationships.items()
        if not relation.uselist and hasattr(model, f"{name}_id")
    }
    return plain | referred


def narrowed(query: Select[Any], model: type[InSpace]) -> Select[Any]:
    """The query by the request's parameters; a parameter that is given several times means any of its values.

    Raises BadFilter.
    """
    known = fields_of(model)
    for name in request.args:
        values = request.args.getlist(name)
        if name in PLAIN:
            continue
        if name in known:
            query = query.where(or_(*(_holds(known[name], name, value) for value in values)))
        elif name.startswith(OWN) and (own := _own(model, name.removeprefix(OWN))) is not None:
            query = query.where(or_(*(_own_holds(own, model, name, value) for value in values)))
        else:
            names = ", ".join([*PLAIN, *sorted(known), *(f"{OWN}{own.code}" for own in _own_fields(model))])
            raise BadFilter(_("There is no field %(name)s. Known: %(names)s.", name=name, names=names))
    if words := request.args.get("q", "").strip():
        if not hasattr(model, "search_key"):
            raise BadFilter(_("These records are not found by words: leave out q."))
        query = query.where(found_by(model, words))
    return query


def _holds(column: Any, name: str, value: str) -> Any:
    if value == "":
        return column.is_(None)
    if column.key.endswith("_id"):
        return column == current_space().id * BLOCK + _read(_number, name, value)
    kind = column.type
    if isinstance(kind, Boolean):
        return column.is_(_read(_truth, name, value))
    if isinstance(kind, UtcDateTime):
        return column == _read(_moment, name, value)
    for types, read in (
        (Date, date.fromisoformat),
        (Integer, _number),
        (Money, _amount),
        (Numeric, _decimal),
    ):
        if isinstance(kind, types):
            return column == _read(read, name, value)
    return column == value


def _own_fields(model: type[InSpace]) -> list[Any]:
    return list(current_space().company.fields_of(model.__record__ or ""))


def _own(model: type[InSpace], code: str) -> Any:
    return next((own for own in _own_fields(model) if own.code == code), None)


def _own_holds(own: Any, model: Any, name: str, value: str) -> Any:
    if own.type == "bool":
        held = model.custom[own.code].as_boolean()
        return held.is_(True) if _read(_truth, name, value) else held.is_not(True)
    column = own_column(own, model)
    if value == "":
        return column.is_(None)
    return column == (_read(float, name, value) if own.type == "number" else value)


def _read(read: Callable[[str], Any], name: str, value: str) -> Any:
    try:
        return read(value)
    except (ValueError, InvalidOperation, OverflowError):
        raise BadFilter(_("%(value)s is no value of the field %(name)s.", value=value, name=name)) from None


def _number(text: str) -> int:
    number = int(text)
    if abs(number) >= BLOCK:
        raise ValueError(text)
    return number


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite() or abs(number) >= 10**15:
        raise ValueError(text)
    return number


def _amount(text: str) -> Decimal:
    number = _decimal(text)
    if number != round(number, 2):
        raise ValueError(text)
    return number


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"
