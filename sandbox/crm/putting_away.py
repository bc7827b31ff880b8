"""Putting a record away and bringing it back: the two actions that every kind of record declares alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from sandbox.crm.filters import Filter, asked
from sandbox.crm.record import Record, stamp_change
from sandbox.kernel.errors import Refused
from sandbox.ledger import action, registry
from sandbox.spaces import Colleague, every

DELETED, ONLY = "deleted", "only"
Insist = Callable[[Any], object]


def can_be_put_away(
    model: type[Record],
    *,
    right: str,
    deleted: Any,
    restored: Any,
    shown: Callable[[Any], bool] = lambda record: True,
    insist: Insist = lambda record: None,
    refusals: tuple[str, ...] = (),
    fits: Insist = lambda record: None,
    misfits: tuple[str, ...] = (),
) -> None:
    """Declare `<kind>.delete` and `<kind>.restore` for a kind of record; nothing is ever lost.

    `deleted` and `restored` are the sentences of the feed. `insist(record)` refuses to put away what must
    stay, `fits(record)` to bring back what no longer fits beside the others; `refusals` and `misfits`
    are their codes. `shown(record)` says whether there is anything to delete at all.
    """
    kind = model.__record__

    @action(
        f"{kind}.delete",
        on=model,
        event=DELETED,
        right=right,
        kind="danger",
        icon="trash",
        title=_l("Delete"),
        says=deleted,
        shown=lambda record: record.deleted_at is None and shown(record),
        refusals=refusals,
    )
    def delete(record: Any, *, by: Colleague, at: datetime) -> None:
        """Put a record away, out of all lists; it can be restored."""
        insist(record)
        record.deleted_at = at
        stamp_change(record, by, at)

    @action(
        f"{kind}.restore",
        on=model,
        event="restored",
        right=right,
        icon="arrow-back-up",
        title=_l("Restore"),
        says=restored,
        shown=lambda record: record.deleted_at is not None and merged_into(record) is None,
        refusals=(*misfits, *(("was_merged",) if hasattr(model, "merged_into") else ())),
        on_deleted=True,
    )
    def restore(record: Any, *, by: Colleague, at: datetime) -> None:
        """Bring a deleted record back as it was."""
        if merged_into(record) is not None:
            raise Refused("was_merged", _("This card was merged into another one. Work with that one."))
        record.deleted_at = None
        fits(record)
        stamp_change(record, by, at)


def among(model: type[Any]) -> Any:
    """What a list of a kind of record looks through: those that stand, or those that were put away."""
    if asked().get(DELETED) != ONLY or not comes_back(model):
        return every(model)
    return every(model, deleted=True).where(model.deleted_at.is_not(None))


def deleted_filter(model: type[Any]) -> list[Filter]:
    """The filter by which a list shows what was put away; `among` has narrowed it already."""
    if not comes_back(model):
        return []
    options = [(ONLY, _("only what was deleted"))]
    return [Filter(DELETED, _("Deleted"), options, lambda codes: model.deleted_at.is_not(None))]


def merged_into(record: Any) -> Any:
    """The card that took this one over; None where it stands for itself."""
    return getattr(record, "merged_into", None)


def comes_back(model: type[Any]) -> bool:
    """Whether records of a kind can be put away and brought back."""
    return f"{model.__record__}.restore" in registry.actions
