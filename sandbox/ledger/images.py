"""Row images: the values of a row as they stand in an event's facts, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Date, Table

from sandbox.columns import Money, UtcDateTime
from sandbox.spaces.mixin import BLOCK, refs

Fact = dict[str, Any]


def encode(column: Column[Any], value: Any) -> Any:
    """A column's value as JSON: a reference as `n`, money as a decimal text, moments in ISO 8601."""
    if value is None:
        return None
    if column.info.get("in_space"):
        return value % BLOCK
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()  # as the row gives it back, whatever zone it was set in
    if isinstance(value, date):
        return value.isoformat()
    return value


def decode(column: Column[Any], value: Any, space_id: int) -> Any:
    """The value for a row of `space_id` that `encode` has written down."""
    if value is None:
        return None
    if column.info.get("in_space"):
        return space_id * BLOCK + value
    if isinstance(column.type, Money):
        return Decimal(value)
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value


def columns_of(table: Table) -> list[Column[Any]]:
    """The columns that an image holds: all but the ids of row and space, which `n` stands for."""
    return [column for column in table.columns if column.name not in ("id", "space_id")]


def merged(facts: list[Fact]) -> list[Fact]:
    """One fact a row: the oldest old values with the newest new ones, without rows that came and went."""
    rows: dict[tuple[str, int], Fact] = {}
    for fact in facts:
        key = (fact["table"], fact["n"])
        rows[key] = _joined(rows[key], fact) if key in rows else dict(fact)
    return [fact for fact in rows.values() if _says_something(fact)]


def inverse(fact: Fact) -> Fact:
    """The fact that takes `fact` back."""
    return {"table": fact["table"], "n": fact["n"], "old": fact["new"], "new": fact["old"]}


def _joined(earlier: Fact, later: Fact) -> Fact:
    old = earlier["old"]
    if old is not None and earlier["new"] is not None:
        # only fields: a field that the later change touches first has its old value there
        old = {**(later["old"] or {}), **old} if later["new"] is not None else {**later["old"], **old}
    if later["new"] is None:
        new = None
    elif earlier["old"] is None or earlier["new"] is not None:
        new = {**(earlier["new"] or {}), **later["new"]}
    else:
        new = later["new"]
    return {"table": earlier["table"], "n": earlier["n"], "old": old, "new": new}


def _says_something(fact: Fact) -> bool:
    if fact["old"] is None or fact["new"] is None:
        return fact["old"] is not fact["new"]
    kept = [name for name in fact["new"] if name != "version" and fact["new"][name] != fact["old"].get(name)]
    if kept:
        for name in [name for name in fact["new"] if fact["new"][name] == fact["old"].get(name)]:
            del fact["new"][name], fact["old"][name]
    # a row whose values came back still carries a new version: that must be undone too
    return bool(kept) or fact["new"].get("version") != fact["old"].get("version")


__all__ = ["Fact", "columns_of", "decode", "encode", "inverse", "merged", "refs"]
