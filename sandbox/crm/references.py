"""What points at a record: read off the tables, so that no area is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import ngettext
from sqlalchemy import Column, func, select

from sandbox.extensions import db
from sandbox.kernel.errors import Refused
from sandbox.ledger import Event
from sandbox.spaces import InSpace
from sandbox.spaces.mixin import refs


def pointing_at(table: str) -> Iterator[tuple[type[InSpace], Column[Any]]]:
    """Every column of a table of spaces that refers to rows of `table`, with the kind of row that has it."""
    for model in _tables():
        for column in refs(model.__table__):
            if column.info["in_space"] == table:
                yield model, column


def insist_on_unused(record: InSpace, *, but: tuple[type[InSpace], ...] = ()) -> None:
    """Refuse with `in_use` while other rows refer to a record; `but` are the kinds that go with it.

    What was itself put away counts too: it may come back.
    """
    counts = [
        select(func.count(model.id)).where(column == record.id).scalar_subquery()
        for model, column in pointing_at(record.__table__.name)
        if model not in but
    ]
    used = db.session.scalar(select(sum(counts[1:], start=counts[0]))) if counts else 0
    if used:
        raise Refused(
            "in_use",
            ngettext(
                "%(num)d other record refers to this one, so it stays.",
                "%(num)d other records refer to this one, so it stays.",
                used,
            ),
        )


def _tables() -> list[type[InSpace]]:
    found: dict[str, type[InSpace]] = {}
    waiting: list[type[InSpace]] = [InSpace]
    while waiting:
        for model in waiting.pop().__subclasses__():
            waiting.append(model)
            if "__table__" in model.__dict__ and model is not Event:
                found[model.__table__.name] = model
    return [found[name] for name in sorted(found)]
