"""Actions as a page offers them: the buttons of a record, and the address behind each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import g

from sandbox.ledger.perform import rights_of
from sandbox.ledger.registry import Action, registry
from sandbox.spaces import InSpace, current_space
from sandbox.spaces.access import works_here


@dataclass(frozen=True)
class Offer:
    """A button for an action: `record` is the record's key on the page (`deals-7`), if it acts on one."""

    code: str
    title: Any
    icon: str
    url: str
    record: str | None
    kind: str


def address_of(declared: Action, record: InSpace | None, prefix: str = "/s") -> str:
    """Where the action is done: `/s/12/deals/7/win`."""
    end = declared.path(type(record) if record is not None else None)
    if record is not None:
        end = end.replace("<int:n>", str(record.n))
    return f"{prefix}/{current_space().id}/{end}"


def offers_for(record: InSpace) -> list[Offer]:
    """The actions that this colleague's job role has and that make sense on the record as it stands."""
    rights, deleted = _rights(), getattr(record, "deleted_at", None) is not None
    return [
        offer(declared, record)
        for declared in registry.on(type(record))
        if declared.right in rights and declared.on_deleted == deleted and declared.shown(record)
    ]


def offers_to_create(codes: Iterable[str]) -> list[Offer]:
    """The buttons of those creating actions that the job role may use."""
    rights = _rights()
    return [offer(registry[code], None) for code in codes if registry[code].right in rights]


def offer_to_create(code: str) -> Offer | None:
    """The button of a creating action, or None where the job role may not use it."""
    declared = registry[code]
    return offer(declared, None) if declared.right in _rights() else None


def may_do(code: str) -> bool:
    """Whether the job role of the colleague who is played here has the action at all."""
    return registry[code].right in _rights()


def offer(declared: Action, record: InSpace | None) -> Offer:
    """The button for one action."""
    return Offer(
        code=declared.code,
        title=declared.title,
        icon=declared.icon,
        url=address_of(declared, record),
        record=record.key if record is not None else None,
        kind=declared.kind,
    )


def _rights() -> set[str]:
    colleague = g.get("colleague")
    return rights_of(colleague) if colleague is not None and works_here() else set()
